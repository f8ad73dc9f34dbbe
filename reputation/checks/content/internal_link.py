"""A link into your own network.

Why: The reader can not open localhost, a private address, a file path or a name of your office network.
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
from reputation.checks.content._hosts import is_internal
from reputation.checks.content._needs import (
    every_link,
)
from reputation.facts.draft import DraftLink
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.text import say

FOUND = Finder(__doc__, Evidence.DOCUMENTED, Severity.MAJOR)


def judge(known: Known[tuple[DraftLink, ...]]) -> list[Finding] | None:
    """Each such target once."""
    if isinstance(known, Absent):
        return None
    links = (link for link in known.value if is_internal(link.target))
    return [_finding(link, times) for link, times in apart(links, lambda link: link.target.host or link.target.written)]


def _finding(link: DraftLink, times: int) -> Finding:
    message = say(
        "{host} can be reached only inside your own network", host=shown(link.target.host or link.target.written)
    )
    return FOUND.finding(message, link.where, link.target.written, times=times)


CHECK = Check(
    id="internal-link", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("no link leads into an internal network"), needs=every_link, judge=judge,
)  # fmt: skip
