"""A line longer than 998 bytes.

Why: RFC 5322 allows 998 bytes in a line. Servers cut longer ones where they like, which breaks links and the DKIM
signature.
Bad:
    the whole HTML in one line, sent as 8bit
Good:
    the same HTML as quoted-printable
Fix: Let the mailer send the part as quoted-printable or base64.
Source: RFC 5322 section 2.1.1
"""

from __future__ import annotations

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder
from reputation.checks.content._needs import (
    message,
)
from reputation.facts.draft import DraftFacts
from reputation.model import Absent, Area, Finding, Known, Severity, Where
from reputation.text import say

FOUND = Finder(__doc__, Evidence.DOCUMENTED, Severity.MINOR)

_LONGEST = 999  # 998 and the carriage return


def judge(known: Known[DraftFacts]) -> list[Finding] | None:
    """The first such line of the file."""
    if isinstance(known, Absent):
        return None
    raw = known.value.raw
    start = _first(raw)
    if start is None:
        return []
    number, end = raw.count(b"\n", 0, start) + 1, raw.find(b"\n", start)
    message = say("line {number} has {count} bytes", number=number, count=(len(raw) if end < 0 else end) - start)
    return [FOUND.finding(message, Where(known.value.file, number, 999, number, 1000))]


def _first(raw: bytes) -> int | None:
    """Where the first such line begins. All lines that end within the longest one are passed over in one step."""
    start = 0
    while len(raw) - start > _LONGEST:
        behind = raw.rfind(b"\n", start, start + _LONGEST + 1) + 1
        if not behind:
            return start
        start = behind
    return None


CHECK = Check(
    id="long-line", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("no line is longer than 998 bytes"), needs=message, judge=judge,
)  # fmt: skip
