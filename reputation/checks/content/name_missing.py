"""No sender's name.

Why: A bare address tells the reader less than a name: 32 % of measured spam, 10 % of other mail.
Bad:
    From: anna@example.com
Good:
    From: "Anna Li, Best Pumps" <anna@example.com>
Fix: Put your name, or the company's, before the address.
Source: Own measurement on the public SpamAssassin corpus and CSDMC2010: 32.4 % of spam, 10.0 % of other mail
"""

from __future__ import annotations

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder
from reputation.checks.content._needs import (
    sender,
)
from reputation.facts.draft import Sender
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.text import say

FOUND = Finder(__doc__, Evidence.MEASURED_OLD, Severity.INFORMATIONAL)


def judge(known: Known[Sender]) -> list[Finding] | None:
    """An address that can be read, and no words beside it."""
    if isinstance(known, Absent):
        return None
    box = known.value.mailbox
    if box.name.strip() or not box.domain:
        return []
    return [
        FOUND.finding(say("the From is a bare address without a name"), known.value.line.where, known.value.line.text)
    ]


CHECK = Check(
    id="name-missing", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("the sender has a name"), needs=sender, judge=judge,
)  # fmt: skip
