"""A very long subject.

Why: From about 200 characters rspamd scores the length, and every program cuts the line long before. Below that,
length is a matter of display alone.
Bad:
    a subject of three lines
Good:
    Subject: Price list June: pumps, valves, seals
Fix: Say the point in the first 50 characters and leave the rest to the text.
Source: rspamd 3.4 LONG_SUBJ (1.6 to 3.0)
"""

from __future__ import annotations

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder
from reputation.checks.content._needs import (
    subject,
)
from reputation.facts.draft import Line
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.text import say

FOUND = Finder(__doc__, Evidence.FILTER, Severity.MINOR)

LIMIT = 200


def judge(known: Known[Line]) -> list[Finding] | None:
    """Counted after decoding."""
    if isinstance(known, Absent):
        return None
    count = len(known.value.text)
    return (
        [FOUND.finding(say("the subject has {count} characters", count=count), known.value.where)]
        if count > LIMIT
        else []
    )


CHECK = Check(
    id="subject-long", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("the subject is not overlong"), needs=subject, judge=judge,
)  # fmt: skip
