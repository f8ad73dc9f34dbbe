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
from reputation.checks.content._bare import Bare, bare_addresses
from reputation.checks.content._finding import MAX_FINDINGS, Evidence, Finder, apart, shown
from reputation.checks.content._hosts import is_public_address
from reputation.checks.content._needs import (
    whole,
)
from reputation.facts.draft import DraftFacts, DraftLink
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.records.later import later
from reputation.records.link import parse_target
from reputation.text import say

FOUND = Finder(__doc__, Evidence.MEASURED, Severity.MAJOR)
WITHOUT_SCHEME = FOUND._replace(severity=Severity.INFORMATIONAL)  # a link where a mail program makes one of it

_NUMBER = r"(?:[1-9]?\d|1\d\d|2[0-4]\d|25[0-5])"
_FOUR_NUMBERS = later(rf"(?!0){_NUMBER}(?:\.{_NUMBER}){{3}}")


def judge(known: Known[DraftFacts]) -> list[Finding] | None:
    """Each such host once; an address without a scheme is a link in few mail programs."""
    if isinstance(known, Absent):
        return None
    links = (link for link in known.value.every_link if is_public_address(link.target))
    found = [_finding(link, times) for link, times in apart(links, lambda link: link.target.host)]
    return [*found, *map(_finding_bare, _bare(known.value))][:MAX_FINDINGS]


def _bare(facts: DraftFacts) -> list[Bare]:
    """A number behind the stroke is the size of a network."""
    return [bare for bare in bare_addresses(facts, _is_bare_address) if not bare.written.rpartition("/")[2].isdigit()]


def _is_bare_address(host: str) -> bool:
    return bool(_FOUR_NUMBERS.fullmatch(host)) and is_public_address(parse_target(f"http://{host}/"))


def _finding(link: DraftLink, times: int) -> Finding:
    message = say("a link leads to the bare address {host}", host=shown(link.target.host))
    return FOUND.finding(message, link.where, link.target.written, times=times)


def _finding_bare(bare: Bare) -> Finding:
    message = say("a link leads to the bare address {host}", host=shown(bare.host))
    return WITHOUT_SCHEME.finding(message, bare.where, bare.written)


CHECK = Check(
    id="ip-address-link", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("no link leads to a bare IP address"), needs=whole, judge=judge,
)  # fmt: skip
