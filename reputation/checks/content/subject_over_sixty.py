"""A subject longer than 60 characters.

Why: Said to bring mail into the spam folder. Spam and other mail have long subjects equally often; only the display
is cut.
Bad:
    cutting a clear subject to fit
Good:
    the point first
Fix: Put the point first; the length itself does no harm.
Source: Own measurement on the public SpamAssassin corpus and CSDMC2010: over 60 characters in 9.2 % of spam, 11.6 %
of commercial mail
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

FOUND = Finder(__doc__, Evidence.FOLKLORE, Severity.INFORMATIONAL)


def judge(known: Known[Line]) -> list[Finding] | None:
    """Counted after decoding."""
    if isinstance(known, Absent):
        return None
    if len(known.value.text) <= 60:
        return []
    return [FOUND.finding(say("the subject is longer than 60 characters; only the display suffers"), known.value.where)]


CHECK = Check(
    id="subject-over-sixty", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("at most 60 characters, which does not matter"), needs=subject, judge=judge, default=False,
)  # fmt: skip
