"""A link that is no whole address.

Why: "www.example.com" without https:// is taken for a file name, "/news" has no site to belong to, and no program
knows "htp://": in a mail none of them opens anything.
Bad:
    <a href="www.example.com">
Good:
    <a href="https://www.example.com">
Fix: Write the whole address, from https:// on.
Source: RFC 3986 section 4.2: a mail has no base address to resolve it against
"""

from __future__ import annotations

import re

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder, apart, shown
from reputation.checks.content._needs import (
    links,
)
from reputation.facts.draft import DraftLink
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.records.later import later
from reputation.text import say

FOUND = Finder(__doc__, Evidence.DOCUMENTED, Severity.MINOR)

_MISTYPED = frozenset(("htp", "htpp", "hhtp", "hhttp", "htttp", "httpp", "htps", "htpps", "htpss", "hhtps",
                       "hhttps", "htttps", "httpss", "httpps", "ttp", "ttps", "htt", "htts", "hppt", "hppts", "hptt",
                       "hptts", "thtp", "thtps", "httsp", "httpd"))  # fmt: skip
_ONE_SLASH = later(r"https?:/?[^/\\{\[%*$<\s]", re.IGNORECASE)  # with a page around it, a path on the same site


def _is_relative(link: DraftLink) -> bool:
    target = link.target
    if target.scheme in _MISTYPED or target.host in ("http", "https") or _ONE_SLASH.match(target.written):
        return True
    merged = target.written[:1] in ("", "#", "{", "[", "*", "%", "$", "<", "?")
    return not target.scheme and not target.host and not merged


def judge(known: Known[tuple[DraftLink, ...]]) -> list[Finding] | None:
    """Each such target once."""
    if isinstance(known, Absent):
        return None
    links = (link for link in known.value if _is_relative(link))
    return [_finding(link, times) for link, times in apart(links, lambda link: link.target.written)]


def _finding(link: DraftLink, times: int) -> Finding:
    message = say("the link {target} is no whole web address and will not open", target=shown(link.target.written))
    return FOUND.finding(message, link.where, link.target.written, times=times)


CHECK = Check(
    id="relative-link", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("every link has its https://"), needs=links, judge=judge,
)  # fmt: skip
