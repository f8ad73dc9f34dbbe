"""A link to an example domain.

Why: example.com, yourdomain.com and the like come from a template. The reader lands nowhere.
Bad:
    https://www.yourdomain.com/
Good:
    https://www.mycompany.de/
Fix: Put your own address in its place.
Source: RFC 2606 (reserved names); mail-merge practice
"""

from __future__ import annotations

from itertools import islice

from reputation.checks import Check
from reputation.checks.content._finding import MAX_FINDINGS, Evidence, Finder, shown
from reputation.checks.content._needs import (
    links,
)
from reputation.facts.draft import DraftLink
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.text import say

FOUND = Finder(__doc__, Evidence.DOCUMENTED, Severity.MINOR)

_EXAMPLES = frozenset(
    ("yourdomain.com", "yoursite.com", "yourcompany.com", "yourwebsite.com", "mydomain.com", "domain.com",
     "website.com", "url.com", "link.com", "placeholder.com", "yourstore.com", "company.com", "test.com")
)  # fmt: skip


def judge(known: Known[tuple[DraftLink, ...]]) -> list[Finding] | None:
    """Each such link once."""
    if isinstance(known, Absent):
        return None
    return list(islice((_finding(link) for link in known.value if link.target.domain in _EXAMPLES), MAX_FINDINGS))


def _finding(link: DraftLink) -> Finding:
    message = say("{host} is an example name from a template", host=shown(link.target.host))
    return FOUND.finding(message, link.where, link.target.written)


CHECK = Check(
    id="example-domain", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("no link leads to an example domain"), needs=links, judge=judge,
)  # fmt: skip
