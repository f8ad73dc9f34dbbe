"""Several exclamation marks in the subject.

Why: Two or more exclamation marks in the subject stood in 5.4 % of old spam and in 0.2 % of other mail. On recent mail
campaigns have them more often than spam (4 % to 1 %). One mark alone is no sign.
Bad:
    Subject: New! Only today!
Good:
    Subject: New pumps in stock from Monday
Fix: Keep at most one exclamation mark in the subject.
Source: Own measurement on the public SpamAssassin corpus and CSDMC2010: 5.4 % of spam, 0.2 % of other mail
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

FOUND = Finder(__doc__, Evidence.MEASURED_OLD, Severity.INFORMATIONAL)


def judge(known: Known[Line]) -> list[Finding] | None:
    """Counts both kinds of the mark."""
    if isinstance(known, Absent):
        return None
    count = known.value.text.count("!") + known.value.text.count("！")
    if count < 2:
        return []
    return [
        FOUND.finding(
            say("the subject has {count} exclamation marks", count=count), known.value.where, known.value.text
        )
    ]


CHECK = Check(
    id="subject-exclamations", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("at most one exclamation mark in the subject"), needs=subject, judge=judge,
)  # fmt: skip
