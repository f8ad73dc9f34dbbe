"""Listed on a blocklist.

Why: Receivers ask blocklists before they accept a mail. If your sending address or your domain is on a list that large
    mailbox providers use, they refuse your mail, or put it into the junk folder, whatever it says.
Bad:
    203.0.113.5 is on Spamhaus ZEN with 127.0.0.4: the machine is infected or open to abuse
Good:
    every list was asked, passed its own test entries, and holds neither the address nor the domain
Fix: Find out why the list holds you and stop that first: an infected computer, a stolen mailbox password, a bought
    address list. Then follow the operator's own removal procedure, which the report links. Do not pay for removal.
Source: RFC 5782 sections 2 and 5; the page of each list's operator, see `reputation lists`
"""

from __future__ import annotations

from reputation.checks import Check
from reputation.checks.listing._judge import judge, observed
from reputation.model import Area, Severity
from reputation.text import say

CHECK = Check(
    id="blocklist-listing",
    area=Area.LISTING,
    severity=Severity.CRITICAL,
    passed=say("on no blocklist"),
    needs=observed,
    judge=judge,
)
