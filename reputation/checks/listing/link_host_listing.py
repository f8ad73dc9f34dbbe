"""A link leads to a listed domain.

Why: Filters look up every domain that a mail links to. One link to a listed domain is enough to have the mail refused
    or put into the junk folder, even if the sender is spotless. Link shorteners and tracking hosts are often listed.
Bad:
    the draft links to bad.example, which is on Spamhaus DBL with 127.0.1.4: phishing
Good:
    every host that the draft links to was asked, and none is listed
Fix: Take the link out or replace it by one to your own domain. If the listed domain is your own, look for pages that
    somebody else put on your site, then ask the operator for removal.
Source: RFC 5782 section 2.2; the page of each list's operator, see `reputation lists`
"""

from __future__ import annotations

from reputation.checks import Check
from reputation.checks.listing._judge import judge, observed
from reputation.model import Area, Severity
from reputation.text import say

CHECK = Check(
    id="link-host-listing",
    area=Area.LISTING,
    severity=Severity.CRITICAL,
    passed=say("links to no listed domain"),
    needs=observed,
    judge=judge,
)
