"""A link into your own network.

Why: The reader can not open localhost, a private address, a file path or a name of your office network. A private
address that the text itself shows is only a note: so the manual of a device names it.
Bad:
    http://192.168.1.20/catalogue.pdf
Good:
    https://www.example.com/catalogue.pdf
Fix: Publish the page and link to its public address.
Source: RFC 1918, RFC 6761, RFC 6762
"""

from __future__ import annotations

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder, apart, shown
from reputation.checks.content._hosts import is_internal, is_private_number
from reputation.checks.content._needs import (
    every_link,
)
from reputation.facts.draft import DraftLink
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.text import say

FOUND = Finder(__doc__, Evidence.DOCUMENTED, Severity.MAJOR)
TOLD = Finder(__doc__, Evidence.DOCUMENTED, Severity.INFORMATIONAL)


def judge(known: Known[tuple[DraftLink, ...]]) -> list[Finding] | None:
    """Each such target once, those that the reader does not see first."""
    if isinstance(known, Absent):
        return None
    links = sorted((link for link in known.value if is_internal(link.target)), key=_is_told)
    return [_finding(link, times) for link, times in apart(links, lambda link: link.target.host or link.target.written)]


def _is_told(link: DraftLink) -> bool:
    """A private address that the text shows, as the manual of a device does."""
    return is_private_number(link.target) and link.target.host in link.text


def _finding(link: DraftLink, times: int) -> Finding:
    if _is_told(link):
        message = say(
            "{host} is an address of a private network: right for a device beside the reader, else nobody can open it",
            host=shown(link.target.host),
        )
        return TOLD.finding(message, link.where, link.target.written, times=times)
    message = say(
        "{host} can be reached only inside your own network", host=shown(link.target.host or link.target.written)
    )
    return FOUND.finding(message, link.where, link.target.written, times=times)


CHECK = Check(
    id="internal-link", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("no link leads into an internal network"), needs=every_link, judge=judge,
)  # fmt: skip
