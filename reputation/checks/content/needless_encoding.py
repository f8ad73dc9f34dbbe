"""A plain subject or sender written in code.

Why: Words in plain ASCII need no encoding. Spam encodes them to hide them, so rspamd scores it.
Bad:
    Subject: =?utf-8?B?T3VyIG9mZmVy?=
Good:
    Subject: Our offer
Fix: Let the mailer encode only what is not plain ASCII.
Source: rspamd 3.4 SUBJ_EXCESS_BASE64, FROM_EXCESS_BASE64 (1.5), _QP (1.2)
"""

from __future__ import annotations

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder, shown
from reputation.checks.content._needs import (
    message,
    value,
)
from reputation.facts.draft import DraftFacts, Line
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.text import say

FOUND = Finder(__doc__, Evidence.FILTER, Severity.INFORMATIONAL)


def judge(known: Known[DraftFacts]) -> list[Finding] | None:
    """Subject and From: encoded words in the file that decode to ASCII."""
    if isinstance(known, Absent):
        return None
    origin = value(known.value.sender)
    lines = [line for line in (value(known.value.subject), origin.line if origin else None) if line]
    return [_finding(line) for line in lines if "=?" in line.written and "?=" in line.written and line.text.isascii()]


def _finding(line: Line) -> Finding:
    message = say("the words {words} are plain ASCII and yet encoded", words=shown(line.text))
    return FOUND.finding(message, line.where, line.written)


CHECK = Check(
    id="needless-encoding", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("subject and sender are encoded only where they must be"), needs=message, judge=judge,
)  # fmt: skip
