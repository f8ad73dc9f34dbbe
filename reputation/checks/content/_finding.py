"""How a content check words a finding: severity, the label of its evidence, the place, the remedy of its page."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple, TypeVar

from reputation.checks.page import parse_page
from reputation.model import Confidence, Finding, Remedy, Severity, Where
from reputation.records.message import Header
from reputation.records.position import HeaderIndex
from reputation.text import Text, say

T = TypeVar("T")
MAX_FINDINGS = 10
MAX_NAMED = 5


class Evidence(StrEnum):
    """How good the evidence behind a check is; shown with each of its findings."""

    MEASURED = "measured"  # separates spam from other mail where we measured, and nothing recent speaks against it
    MEASURED_OLD = "measured-old"  # did so on mail of 2002 to 2010, weak or reversed today
    FILTER = "filter"  # a filter in use scores it
    DOCUMENTED = "documented"  # a provider, a standard or a law says so
    FOLKLORE = "folklore"  # often repeated, never measured, or measured and wrong


class Finder(NamedTuple):
    """Makes the findings of one check. `page` is the module's docstring; its section Fix becomes the remedy."""

    page: str | None
    evidence: Evidence
    severity: Severity
    group: str = ""

    def finding(self, message: Text, where: Where | None = None, *seen: str, times: int = 1) -> Finding:
        """One finding; `seen` is what stands in the draft, cleaned here; `times` is in how many places it stands."""
        if times > 1:
            message = say("{what} ({count} times)", what=message, count=times)
        details = {"evidence_label": self.evidence.value, **({"group": self.group} if self.group else {})}
        confidence = Confidence.HIGH if self.evidence is not Evidence.MEASURED_OLD else Confidence.LOW
        return Finding(
            severity=self.severity, message=message, evidence=tuple(shown(words) for words in seen), where=where,
            remedy=Remedy(_fix(self.page or "")), confidence=confidence, details=dict(details),
        )  # fmt: skip


@lru_cache(maxsize=256)
def _fix(page: str) -> Text:
    return say(parse_page(page).fix)


def shown(words: str, limit: int = 80) -> str:
    """Words of the draft on one line, without control and direction characters, cut to `limit`."""
    line = words[: 4 * limit]
    if not line.isprintable():
        line = "".join(c if c.isprintable() else " " for c in line)
    line = " ".join(line.split())
    return line if len(line) <= limit else line[: limit - 3] + "..."


def header_where(file: str, header: Header | None) -> Where:
    """A header with its name, over all its lines; the file alone when there is no such header."""
    if header is None:
        return Where(file)
    index = HeaderIndex(header)
    return Where(file, header.line, 1, *index.end(max(0, len(header.value) - 1)))


def apart(items: Iterable[T], key: Callable[[T], Hashable]) -> list[tuple[T, int]]:
    """The first item of each key and how many there are of it: the same fault in many places is one finding."""
    found: dict[Hashable, tuple[T, int]] = {}
    for item in items:
        first, count = found.get(key(item), (item, 0))
        found[key(item)] = first, count + 1
    return list(found.values())[:MAX_FINDINGS]


def named(words: Iterable[str]) -> tuple[str, ...]:
    """The first few different words as a sentence lists them, and dots for the rest."""
    found = list(dict.fromkeys(shown(word, 40) for word in words))
    return (*found[:MAX_NAMED], "...") if len(found) > MAX_NAMED else tuple(found)
