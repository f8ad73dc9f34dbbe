"""The built-in world: stories from reputation/demo/*.toml, and what its name server answers.

Every zone of the catalogue exists in it with its test entries, so that the real code finds working lists.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any, Final

from reputation.records.dnsxl import Blocklist, Code, CodeSense, Kind
from reputation.records.dnsxl_names import reversed_labels
from reputation.records.target import kind_of

FOLDER: Final = Path(__file__).parent.parent / "demo"
REFUSAL: Final = "127.255.255.254"
EVERYTHING: Final = "everything"


class Failure(Enum):
    """Answers that carry no record."""

    NXDOMAIN = "nxdomain"
    NODATA = "nodata"
    SILENCE = "silence"


@dataclass(frozen=True, slots=True)
class Story:
    """One invented sender: what to tell, what to check, and the facts of the world. Texts are English message ids."""

    name: str
    title: str
    story: str
    targets: tuple[str, ...]
    ips: tuple[str, ...] = ()
    selectors: tuple[str, ...] = ()
    draft: Path | None = None
    timeout: float = 10.0
    records: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    listings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    refusing: frozenset[str] = frozenset()
    silent: frozenset[str] = frozenset()
    listing_everything: frozenset[str] = frozenset()


def stories() -> tuple[Story, ...]:
    """All stories, in the order of their file names."""
    return tuple(_story(path) for path in sorted(FOLDER.glob("*.toml")))


def _story(path: Path) -> Story:
    raw: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    faults = raw.get("faults", {})
    records = {name.lower(): table for name, table in raw.get("names", {}).items()}
    records |= {_reverse_name(address): {"PTR": [name]} for address, name in raw.get("reverse", {}).items()}
    return Story(
        name=path.stem.partition("-")[2], title=raw["title"], story=raw["story"], targets=tuple(raw["targets"]),
        ips=tuple(raw.get("ips", ())), selectors=tuple(raw.get("selectors", ())),
        draft=FOLDER / raw["draft"] if "draft" in raw else None, timeout=raw.get("timeout", 10.0), records=records,
        listings=raw.get("blocklists", {}), refusing=frozenset(faults.get("refuses_the_resolver", ())),
        silent=frozenset(faults.get("never_answers", ())),
        listing_everything=frozenset(faults.get("lists_everything", ())),
    )  # fmt: skip


def _reverse_name(address: str) -> str:
    return f"{reversed_labels(address)}.{'ip6' if ':' in address else 'in-addr'}.arpa"


class World:
    """What the name server says. `answer` is called from its threads and changes nothing."""

    def __init__(self, story: Story, lists: Iterable[Blocklist]) -> None:
        self._story = story
        self._lists = {one.zone: one for one in lists}
        self._listed = {one.zone: _entries(one, story.listings.get(one.zone, {})) for one in self._lists.values()}

    def answer(self, name: str, rdtype: str) -> list[str] | Failure:
        """The records of `name` as text, or why there are none. Names are lower case without the final dot."""
        if EVERYTHING in self._story.silent:
            return Failure.SILENCE
        zone = self._zone_of(name)
        if zone is not None:
            return self._of_list(zone, name, rdtype)
        table = self._story.records.get(name)
        if table is None:
            inner = any(other.endswith("." + name) for other in self._story.records)
            return Failure.NODATA if inner else Failure.NXDOMAIN
        return list(table.get(rdtype, ())) or Failure.NODATA

    def _zone_of(self, name: str) -> str | None:
        labels = name.split(".")
        suffixes = (".".join(labels[at:]) for at in range(len(labels)))
        return next((suffix for suffix in suffixes if suffix in self._lists), None)

    def _of_list(self, zone: str, name: str, rdtype: str) -> list[str] | Failure:
        if zone in self._story.silent:
            return Failure.SILENCE
        if zone in self._story.refusing:
            return [REFUSAL] if rdtype == "A" else Failure.NODATA
        if name == zone:
            return Failure.NODATA
        entry = self._listed[zone].get(name.removesuffix("." + zone))
        if entry is None and zone in self._story.listing_everything:
            entry = "127.0.0.2"
        if entry is None:
            return Failure.NXDOMAIN
        address, _, reason = entry.partition(" ")
        shown = {"A": [address], "TXT": [reason] if reason else []}.get(rdtype, [])
        return shown or Failure.NODATA


def _entries(one: Blocklist, listings: Mapping[str, str]) -> dict[str, str]:
    """Left part of the name -> "address reason": the test entries and what the story lists."""
    entries = {_left(point): _code(one, point) for point in one.test_listed}
    return entries | {_left(subject): code for subject, code in listings.items()}


def _left(subject: str) -> str:
    return subject.lower() if kind_of(subject) is Kind.DOMAIN else reversed_labels(subject)


def _code(one: Blocklist, point: str) -> str:
    """A code with which the list could answer its own test entry."""
    if kind_of(point) is Kind.IP4 and point.startswith("127.0.0.") and not one.codes:
        return point
    return next((address for code in one.codes if (address := _address(code))), "127.0.0.2")


def _address(code: Code) -> str:
    """The first address that a line of the code table stands for."""
    if code.sense is CodeSense.REFUSED:
        return ""
    if code.pattern.startswith("&"):
        return f"127.0.0.{code.pattern[1:]}"
    return code.pattern.partition("/")[0].partition("-")[0]
