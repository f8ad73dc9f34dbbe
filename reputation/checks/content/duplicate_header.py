"""A header that occurs twice.

Why: From, Subject, To, Date and Message-ID may stand once. Gmail and Yahoo refuse messages with duplicates,
Microsoft answers 5.7.512.
Bad:
    Subject: a
    Subject: b
Good:
    Subject: a
Fix: Remove the second header, or the setting of the mailer that adds it.
Source: RFC 5322 section 3.6; Google, Email sender guidelines; Yahoo Sender Hub (read 2026-11)
"""

from __future__ import annotations

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder
from reputation.checks.content._needs import (
    message,
    value,
)
from reputation.facts.draft import DraftFacts
from reputation.model import Absent, Area, Finding, Found, Known, Severity, Where
from reputation.records.message import Header
from reputation.text import say

FOUND = Finder(__doc__, Evidence.DOCUMENTED, Severity.MAJOR)

_ONCE = ("From", "Sender", "Reply-To", "To", "Cc", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type")


def judge(known: Known[DraftFacts]) -> list[Finding] | None:
    """Headers that RFC 5322 and RFC 2045 allow once."""
    message = value(known.value.message) if isinstance(known, Found) else None
    if isinstance(known, Absent) or message is None:
        return None
    found = [(name, message.all_headers(name)) for name in _ONCE]
    return [_finding(known.value.file, name, headers) for name, headers in found if len(headers) > 1]


def _finding(file: str, name: str, headers: tuple[Header, ...]) -> Finding:
    line = headers[1].line
    message = say("{name} occurs {count} times", name=name, count=len(headers))
    return FOUND.finding(message, Where(file, line, 1, line, len(name) + 1))


CHECK = Check(
    id="duplicate-header", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("each header stands once"), needs=message, judge=judge,
)  # fmt: skip
