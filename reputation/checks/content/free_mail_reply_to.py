"""Answers go to a free mailbox.

Why: A company From with a Reply-To at Gmail or QQ is how fraud redirects answers; SpamAssassin scores it.
Bad:
    From: anna@example.com, Reply-To: anna.example@gmail.com
Good:
    Reply-To: sales@example.com
Fix: Take answers at your own domain.
Source: SpamAssassin 4.0.1 FREEMAIL_FORGED_REPLYTO (1.2)
"""

from __future__ import annotations

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder, shown
from reputation.checks.content._needs import (
    FREE_MAIL,
    value,
    whole,
)
from reputation.facts.draft import DraftFacts
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.text import say

FOUND = Finder(__doc__, Evidence.FILTER, Severity.MINOR)


def judge(known: Known[DraftFacts]) -> list[Finding] | None:
    """Only when the From itself is a company's."""
    if isinstance(known, Absent):
        return None
    origin, back = value(known.value.sender), value(known.value.reply_to)
    if origin is None or back is None:
        return None
    if back.mailbox.domain not in FREE_MAIL or origin.mailbox.domain in FREE_MAIL:
        return []
    message = say("answers go to the free mailbox {address}", address=shown(back.mailbox.address))
    return [FOUND.finding(message, back.line.where, back.line.text)]


CHECK = Check(
    id="free-mail-reply-to", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("answers do not go to a free mailbox"), needs=whole, judge=judge,
)  # fmt: skip
