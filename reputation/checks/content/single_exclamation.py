"""A single exclamation mark.

Why: Often repeated as a trigger. Half of all commercial mail has one, and no filter scores it.
Bad:
    fear of one mark
Good:
    Thank you!
Fix: Nothing to do.
Source: Own measurement on the public SpamAssassin corpus and CSDMC2010: 61.8 % of spam, 48.9 % of commercial mail
"""

from __future__ import annotations

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder
from reputation.checks.content._needs import (
    body,
)
from reputation.facts.draft import Body
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.text import say

FOUND = Finder(__doc__, Evidence.FOLKLORE, Severity.INFORMATIONAL)


def judge(known: Known[Body]) -> list[Finding] | None:
    """The first mark."""
    if isinstance(known, Absent):
        return None
    start = known.value.visible.text.find("!")
    if start < 0:
        return []
    return [FOUND.finding(say("an exclamation mark; filters do not mind"), known.value.where_visible(start, start + 1))]


CHECK = Check(
    id="single-exclamation", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("no exclamation mark, which does not matter"), needs=body, judge=judge, default=False,
)  # fmt: skip
