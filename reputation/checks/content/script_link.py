"""A link that is no link.

Why: javascript:, data:, vbscript: and file: links are removed by mail programs and treated as an attack by filters.
Bad:
    <a href="javascript:open()">
Good:
    <a href="https://www.example.com/">
Fix: Link to a web page with https.
Source: Removed by every large mail program; rspamd 3.4 html module
"""

from __future__ import annotations

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder, apart
from reputation.checks.content._needs import (
    every_link,
)
from reputation.facts.draft import DraftLink
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.text import say

FOUND = Finder(__doc__, Evidence.FILTER, Severity.MAJOR)

_DANGEROUS = frozenset({"javascript", "vbscript", "data", "file", "blob", "about", "ms-word", "search-ms"})


def judge(known: Known[tuple[DraftLink, ...]]) -> list[Finding] | None:
    """Each such target once."""
    if isinstance(known, Absent):
        return None
    links = (link for link in known.value if link.target.scheme in _DANGEROUS)
    return [_finding(link, times) for link, times in apart(links, lambda link: link.target.written)]


def _finding(link: DraftLink, times: int) -> Finding:
    message = say("a link with {scheme}: works in no mail program", scheme=link.target.scheme)
    return FOUND.finding(message, link.where, link.target.written, times=times)


CHECK = Check(
    id="script-link", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("links lead to web pages, addresses or telephones"), needs=every_link, judge=judge,
)  # fmt: skip
