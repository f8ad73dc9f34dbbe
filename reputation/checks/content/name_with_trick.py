"""A sender's name that plays a trick.

Why: Re:, check marks, message counters or pictures in the name imitate the mail program itself. Gmail's sender
rules forbid it.
Bad:
    From: "(1) Re: Anna ✓" <anna@example.com>
Good:
    From: "Anna Li" <anna@example.com>
Fix: Write only the name.
Source: Google, Email sender guidelines (support.google.com/mail/answer/81126, read 2026-11)
"""

from __future__ import annotations

import re

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder, shown
from reputation.checks.content._needs import (
    sender,
)
from reputation.facts.draft import Sender
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.records.later import holds, later
from reputation.text import say

FOUND = Finder(__doc__, Evidence.DOCUMENTED, Severity.MINOR)

_SIGNS = "\u2705\u2713\u2714\u2611\u2709\U0001f4e7\U0001f4e9\U0001f514\U0001f534\U0001f512"
_TRICK = later(rf"^\s*(?:re|fwd?)\s*:|^\s*\(\d{{1,3}}\)|[{_SIGNS}]", re.IGNORECASE, when=holds(":", "(", *_SIGNS))


def judge(known: Known[Sender]) -> list[Finding] | None:
    """Signs that stand for read, verified, unread or answered."""
    if isinstance(known, Absent):
        return None
    name = known.value.mailbox.name
    if not _TRICK.search(name):
        return []
    message = say("the name {seen} imitates signs of a mail program", seen=shown(name))
    return [FOUND.finding(message, known.value.line.where, name)]


CHECK = Check(
    id="name-with-trick", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("the sender's name is a plain name"), needs=sender, judge=judge,
)  # fmt: skip
