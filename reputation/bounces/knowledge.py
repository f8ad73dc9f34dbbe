"""What is known of bounces, as data: reasons/*.toml and dialects/*.toml, read once.

A reason says what happened, whose side it is on and what to do; its phrases are found in any reply. A dialect holds
what one provider means by its texts and codes: one line a row. Phrases and rows are in lower case; "*" stands for any
run of characters, " | " divides alternatives.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from reputation.records.providers import provider_name
from reputation.text import Text

_FOLDER: Final = Path(__file__).parent
ANY_PROVIDER: Final = "any"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One finer reason. `under` is the reason of the contract that it belongs to; texts are message ids.

    `verdict` is the usual one. `precedence` is added to the length of a phrase when two reasons match one reply.
    """

    name: str
    under: str
    verdict: str
    permanent: bool
    precedence: int
    retry_after_hours: int
    template: str
    title: Text
    what: Text
    whose: Text
    next: Text
    advice: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table: `kind` is text, status or reply; `match` what it is looked up by.

    `strong` rows may outrank a status code. `trap` marks the rows on which "5xx = hard" fails. `seen` are
    the codes that a text was seen with; the text decides, whatever the code.
    """

    kind: str
    match: str
    provider: str
    verdict: str
    detail: str
    meaning: Text
    advice: Text
    source: str
    checked: str
    strong: bool = True
    bound: bool = False
    trap: bool = False
    dialect: str = ""
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Dialect:
    """A provider's file: its name and the hosts and mail domains that it answers for."""

    name: str
    provider: str
    hosts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything at once. `table` are the rows people look up; `phrases` those of the reasons, without a meaning."""

    reasons: Mapping[str, Reason]
    dialects: Mapping[str, Dialect]
    table: tuple[Row, ...]
    phrases: tuple[Row, ...]


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    """All reasons and dialects of the package."""
    reasons: dict[str, Reason] = {}
    phrases: list[Row] = []
    for path in sorted((_FOLDER / "reasons").glob("*.toml")):
        data = tomllib.loads(path.read_text("utf-8"))
        reason = _reason(path.stem.replace("_", "-"), data)
        reasons[reason.name] = reason
        phrases += [_phrase(reason, text, group) for group in data.get("phrases", ()) for text in group["texts"]]
    dialects: dict[str, Dialect] = {}
    table: list[Row] = []
    for path in sorted((_FOLDER / "dialects").glob("*.toml")):
        data = tomllib.loads(path.read_text("utf-8"))
        dialects[path.stem] = Dialect(path.stem, data["provider"], tuple(data["hosts"]))
        table += [_row(path.stem, data, row, reasons) for row in data["rows"]]
    return Knowledge(reasons, dialects, tuple(table), tuple(phrases))


def _reason(name: str, data: Mapping[str, Any]) -> Reason:
    return Reason(
        name=name, under=data["under"], verdict=data["verdict"], permanent=data["permanent"],
        precedence=data["precedence"], retry_after_hours=data["retry_after_hours"], template=data["template"],
        title=Text(data["title"]), what=Text(data["what"]), whose=Text(data["whose"]), next=Text(data["next"]),
        advice=Text(data["advice"]),
    )  # fmt: skip


def _phrase(reason: Reason, text: str, group: Mapping[str, Any]) -> Row:
    return Row(
        kind="text", match=text, provider=ANY_PROVIDER, verdict=reason.verdict, detail=reason.name,
        meaning=reason.title, advice=reason.advice, source=group["source"], checked=str(group["checked"]),
        strong=not group.get("weak", False) and _weight(text) >= group.get("strong_from", _STRONG_LENGTH),
    )  # fmt: skip


_STRONG_LENGTH: Final = 9
_HAN: Final = re.compile("[\u3400-\u9fff]")


def _weight(text: str) -> int:
    """How much a phrase says, in letters: one Han character says as much as three of them."""
    return len(text) + 2 * len(_HAN.findall(text))


def _row(dialect: str, data: Mapping[str, Any], row: Mapping[str, Any], reasons: Mapping[str, Reason]) -> Row:
    kind = next(kind for kind in ("text", "status", "reply") if kind in row)
    advice = Text(row["advice"]) if "advice" in row else reasons[row["detail"]].advice
    return Row(
        kind=kind, match=row[kind], provider=row.get("provider", data["provider"]), verdict=row["verdict"],
        detail=row["detail"], meaning=Text(row["meaning"]), advice=advice, source=row["source"],
        checked=str(data["checked"]), strong=not row.get("weak", False), bound=row.get("bound", False),
        trap=row.get("trap", False), dialect=dialect, seen=row.get("seen", ""),
    )  # fmt: skip


@lru_cache(maxsize=1)
def _hosts() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for dialect in knowledge().dialects.values():
        for host in dialect.hosts:
            found[host] = (*found.get(host, ()), dialect.name)
    return found


@lru_cache(maxsize=4096)
def dialects_of(host: str) -> frozenset[str]:
    """The dialects that a host or mail domain speaks, by its name alone; empty for a host nobody described."""
    labels = host.lower().rstrip(".").split(".")
    known = _hosts()
    return frozenset(name for at in range(len(labels) - 1) for name in known.get(".".join(labels[at:]), ()))


@lru_cache(maxsize=4096)
def provider_of(host: str) -> str:
    """The name of the provider behind a host or mail domain, by its name alone, or ""."""
    known = knowledge().dialects
    spoken = [known[name].provider for name in dialects_of(host)]
    return min(spoken, default="", key=lambda p: ("(old)" in p, p)) or provider_name("mx", host)
