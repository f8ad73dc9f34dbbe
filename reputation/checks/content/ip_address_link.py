"""A link to a bare IP address.

Why: Companies link to names. Links to numbers stood in 6.1 % of measured spam and in no legitimate campaign, and
filters score them.
Bad:
    <a href="http://203.0.113.7/offer">
Good:
    <a href="https://www.example.com/offer">
Fix: Link to a host name of your own domain.
Source: SpamAssassin 4.0.1 NORMAL_HTTP_TO_IP, NUMERIC_HTTP_ADDR (up to 1.2), rspamd 3.4 HTTP_TO_IP (1.0); own
measurement
"""

from __future__ import annotations

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder, apart, shown
from reputation.checks.content._hosts import is_public_address
from reputation.checks.content._needs import (
    every_link,
)
from reputation.facts.draft import DraftLink
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.text import say

FOUND = Finder(__doc__, Evidence.MEASURED, Severity.MAJOR)


def judge(known: Known[tuple[DraftLink, ...]]) -> list[Finding] | None:
    """Each such host once."""
    if isinstance(known, Absent):
        return None
    links = (link for link in known.value if is_public_address(link.target))
    return [_finding(link, times) for link, times in apart(links, lambda link: link.target.host)]


def _finding(link: DraftLink, times: int) -> Finding:
    message = say("a link leads to the bare address {host}", host=shown(link.target.host))
    return FOUND.finding(message, link.where, link.target.written, times=times)


CHECK = Check(
    id="ip-address-link", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("no link leads to a bare IP address"), needs=every_link, judge=judge,
)  # fmt: skip
