"""A link with a name before an @.

Why: https://shop.example.com@other.example/ leads to other.example: an old trick of phishing. Browsers and filters
warn.
Bad:
    https://www.example.com@203.0.113.7/
Good:
    https://www.example.com/
Fix: Remove everything up to the @.
Source: RFC 3986 section 7.6; SpamAssassin 4.0.1 HTTP userinfo rules
"""

from __future__ import annotations

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder, apart, shown
from reputation.checks.content._needs import (
    every_link,
)
from reputation.facts.draft import DraftLink
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.text import say

FOUND = Finder(__doc__, Evidence.FILTER, Severity.MAJOR)


def judge(known: Known[tuple[DraftLink, ...]]) -> list[Finding] | None:
    """Each such host once."""
    if isinstance(known, Absent):
        return None
    links = (link for link in known.value if link.target.is_web and link.target.user)
    return [_finding(link, times) for link, times in apart(links, lambda link: link.target.host)]


def _finding(link: DraftLink, times: int) -> Finding:
    message = say(
        "the link names {user} but leads to {host}", user=shown(link.target.user), host=shown(link.target.host)
    )
    return FOUND.finding(message, link.where, link.target.written, times=times)


CHECK = Check(
    id="link-with-user", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("no link hides its host behind an @"), needs=every_link, judge=judge,
)  # fmt: skip
