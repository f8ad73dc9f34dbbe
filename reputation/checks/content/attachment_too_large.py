"""Attachments near or above the limit.

Why: Gmail and Outlook take 20 to 25 MB for the whole message, and sending makes files a third larger. Many company
servers stop at 10 MB.
Bad:
    one attachment of 20 MB
Good:
    a link to a download page
Fix: Keep the files below 10 MB together, or link to a download page on your site.
Source: Google, Send attachments (25 MB, support.google.com/mail/answer/6584); base64 adds 37 %
"""

from __future__ import annotations

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder
from reputation.checks.content._needs import (
    message,
)
from reputation.facts.draft import DraftFacts
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.text import say

FOUND = Finder(__doc__, Evidence.DOCUMENTED, Severity.MINOR)

LIMIT = 14 * 1024 * 1024  # encoded: about 10 MB of files


def judge(known: Known[DraftFacts]) -> list[Finding] | None:
    """All attachments together, as encoded."""
    if isinstance(known, Absent) or not known.value.attachments:
        return None
    size = sum(item.size for item in known.value.attachments)
    if size <= LIMIT:
        return []
    message = say("the attachments need {size} MB of the message", size=size // (1024 * 1024))
    return [FOUND.finding(message, known.value.attachments[0].where)]


CHECK = Check(
    id="attachment-too-large", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("the attachments are small enough"), needs=message, judge=judge,
)  # fmt: skip
