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
    lines = known.value.raw.split(b"\n")
    if max(map(len, lines)) <= _LONGEST:
        return []
    number, count = next((at, len(line)) for at, line in enumerate(lines, 1) if len(line) > _LONGEST)
    message = say("line {number} has {count} bytes", number=number, count=count)
    return [FOUND.finding(message, Where(known.value.file, number, 999, number, 1000))]


CHECK = Check(
    id="long-line", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("no line is longer than 998 bytes"), needs=message, judge=judge,
)  # fmt: skip
