"""A picture character in the subject.

Why: Said to be a sign of spam. Recent honest campaigns use them more often than spam does.
Bad:
    banning all of them
Good:
    one that fits
Fix: Nothing to do; one is enough.
Source: Own measurement on recent campaigns (2025-26)
"""

from __future__ import annotations

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder
from reputation.checks.content._needs import (
    subject,
)
from reputation.facts.draft import Line
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.records.later import later
from reputation.text import say

FOUND = Finder(__doc__, Evidence.FOLKLORE, Severity.INFORMATIONAL)

_EMOJI = later("[\U0001f300-\U0001faff\u2600-\u27bf\u2b50\u2b55]")


def judge(known: Known[Line]) -> list[Finding] | None:
    """Any of the common blocks."""
    if isinstance(known, Absent):
        return None
    message = say("a picture character in the subject; filters do not mind")
    return [FOUND.finding(message, known.value.where)] if _EMOJI.search(known.value.text) else []


CHECK = Check(
    id="subject-emoji", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("no picture character, which does not matter"), needs=subject, judge=judge, default=False,
)  # fmt: skip
