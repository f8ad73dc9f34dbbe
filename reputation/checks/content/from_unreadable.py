"""The From can not be read.

Why: A message needs exactly one readable From address. Receivers refuse others, and DMARC can not pass without it.
Bad:
    From: Anna Li
Good:
    From: "Anna Li" <anna@example.com>
Fix: Write one address: "Name" <name@yourdomain>.
Source: RFC 5322 section 3.6.2; Google, Email sender guidelines (read 2026-11)
"""

from __future__ import annotations

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder, shown
from reputation.checks.content._needs import (
    message,
    value,
)
from reputation.facts.draft import DraftFacts
from reputation.model import Absent, Area, Finding, Known, Severity, Where
from reputation.records.later import later
from reputation.text import say

FOUND = Finder(__doc__, Evidence.DOCUMENTED, Severity.MAJOR)

_NO_ADDRESS = later(r'"(?:[^"\\]|\\.)*+"|\([^()]*+\)')


def judge(known: Known[DraftFacts]) -> list[Finding] | None:
    """Missing, without an address, or with several."""
    if isinstance(known, Absent):
        return None
    origin = value(known.value.sender)
    if origin is None:
        missing = isinstance(known.value.sender, Absent)
        return [FOUND.finding(say("the message has no From"), Where(known.value.file))] if missing else []
    text = origin.line.text
    if origin.mailbox.domain and _addresses(origin.line.written) == 1:
        return []
    message = say("the From {seen} holds no single readable address", seen=shown(text))
    return [FOUND.finding(message, origin.line.where, text)]


def _addresses(written: str) -> int:
    """How many addresses the header names; what stands in quotation marks or brackets is a name or a comment."""
    bare = _NO_ADDRESS.sub("", written)
    return max(bare.count("<"), sum("@" in piece for piece in bare.split(",")))


CHECK = Check(
    id="from-unreadable", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("the From is one readable address"), needs=message, judge=judge,
)  # fmt: skip
