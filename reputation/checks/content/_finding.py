"""How a content check words a finding: severity, the label of its evidence, the place, the remedy of its page."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from reputation.checks.page import parse_page
from reputation.model import Confidence, Finding, Remedy, Severity, Where
from reputation.text import Text, say

MAX_FINDINGS = 10


class Evidence(StrEnum):
    """How good the evidence behind a check is; shown with each of its findings."""

    MEASURED = "measured"  # separates spam from other mail where we measured, and nothing recent speaks against it
    MEASURED_OLD = "measured-old"  # did so on mail of 2002 to 2010, weak or reversed today
    FILTER = "filter"  # a filter in use scores it
    DOCUMENTED = "documented"  # a provider, a standard or a law says so
    FOLKLORE = "folklore"  # often repeated, never measured, or measured and wrong


@dataclass(frozen=True, slots=True)
class Finder:
    """Makes the findings of one check. `page` is the module's docstring; its section Fix becomes the remedy."""

    page: str | None
    evidence: Evidence
    severity: Severity
    group: str = ""

    def finding(self, message: Text, where: Where | None = None, *seen: str) -> Finding:
        """One finding; `seen` is what stands in the draft, cleaned here."""
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
    line = "".join(c if c.isprintable() else " " for c in words[: 4 * limit])
    line = " ".join(line.split())
    return line if len(line) <= limit else line[: limit - 3] + "..."
