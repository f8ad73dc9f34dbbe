"""The charset is not declared.

Why: A part with letters outside ASCII must say in which charset. Without it the reader may see signs instead of
letters, and rspamd scores it.
Bad:
    Content-Type: text/plain
Good:
    Content-Type: text/plain; charset=utf-8
Fix: Send everything as UTF-8 and declare it.
Source: RFC 2046 section 4.1.2; rspamd 3.4 R_MISSING_CHARSET (0.5)
"""

from __future__ import annotations

from itertools import islice

from reputation.checks import Check
from reputation.checks.content._finding import MAX_FINDINGS, Evidence, Finder, header_where
from reputation.checks.content._needs import (
    message,
    value,
)
from reputation.facts.draft import DraftFacts
from reputation.model import Absent, Area, Finding, Found, Known, Severity
from reputation.records.message import Part, first_header
from reputation.text import say

FOUND = Finder(__doc__, Evidence.FILTER, Severity.MINOR)


def judge(known: Known[DraftFacts]) -> list[Finding] | None:
    """Text parts that are shown."""
    message = value(known.value.message) if isinstance(known, Found) else None
    if isinstance(known, Absent) or message is None:
        return None
    parts = [part for part in message.walk() if part.content_type.startswith("text/") and not part.is_attachment]
    return list(
        islice(
            (_finding(known.value.file, part) for part in parts if not part.charset and part.decoded.guessed),
            MAX_FINDINGS,
        )
    )


def _finding(file: str, part: Part) -> Finding:
    message = say("a text part has letters outside ASCII but declares no charset")
    return FOUND.finding(message, header_where(file, first_header(part.headers, "Content-Type")))


CHECK = Check(
    id="charset-missing", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("every part declares its charset"), needs=message, judge=judge,
)  # fmt: skip
