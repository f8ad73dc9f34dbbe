"""No subject.

Why: A message without a subject is scored by every filter we know and looks like an accident to the reader.
Bad:
    From: Anna <anna@example.com>
Good:
    Subject: Offer 2026-114 for 40 pumps
Fix: Write a subject that says what the message is about.
Source: SpamAssassin 4.0.1 MISSING_SUBJECT (up to 1.8), rspamd 3.4 EMPTY_SUBJECT (1.0)
"""

from __future__ import annotations

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder
from reputation.checks.content._needs import (
    message,
    value,
)
from reputation.facts.draft import DraftFacts
from reputation.model import Absent, Area, Finding, Known, Severity, Where
from reputation.text import say

FOUND = Finder(__doc__, Evidence.FILTER, Severity.MAJOR)


def judge(known: Known[DraftFacts]) -> list[Finding] | None:
    """Only a whole message can lack a subject; the mailer asks for that of a bare text later."""
    if isinstance(known, Absent):
        return None
    line = value(known.value.subject)
    if line is None and isinstance(known.value.subject, Absent):
        return [FOUND.finding(say("the message has no subject"), Where(known.value.file))]
    if line is not None and not line.text.strip():
        return [FOUND.finding(say("the subject is empty"), line.where)]
    return []


CHECK = Check(
    id="subject-missing", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("there is a subject"), needs=message, judge=judge,
)  # fmt: skip
