"""Bulk mail from a free mailbox.

Why: Gmail, Yahoo, QQ and others protect their names with DMARC: a campaign sent in such a name through another
service is refused or put into the junk folder. A letter from the mailbox itself arrives and is
left alone.
Bad:
    From: bestpumps@gmail.com
Good:
    From: anna@bestpumps.com
Fix: Send from an address of your own domain.
Source: Google, Email sender guidelines (support.google.com/mail/answer/81126, read 2026-11); own measurement: 19.9
% of spam, 3.6 % of other mail
"""

from __future__ import annotations

from reputation.checks import Check
from reputation.checks.content._campaign import campaign_text
from reputation.checks.content._finding import Evidence, Finder
from reputation.checks.content._needs import (
    FREE_MAIL,
    value,
    whole,
)
from reputation.facts.draft import DraftFacts
from reputation.model import Area, Finding, Found, Known, Severity
from reputation.text import say

FOUND = Finder(__doc__, Evidence.DOCUMENTED, Severity.MINOR)


def judge(known: Known[DraftFacts]) -> list[Finding] | None:
    """By the domain of the From; only for what looks like a campaign."""
    origin = value(known.value.sender) if isinstance(known, Found) else None
    if origin is None:
        return None
    domain = origin.mailbox.domain
    if domain not in FREE_MAIL or campaign_text(known) is None:
        return []
    message = say(
        "{domain} is a free mailbox; a campaign in its name from another service is refused or ends in junk",
        domain=domain,
    )
    return [FOUND.finding(message, origin.line.where, origin.mailbox.address)]


CHECK = Check(
    id="free-mail-from", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("the From is no free mailbox, or it is no campaign"), needs=whole, judge=judge,
)  # fmt: skip
