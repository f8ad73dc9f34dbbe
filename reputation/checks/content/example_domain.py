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

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder, apart, shown
from reputation.checks.content._needs import (
    whole,
)
from reputation.facts.draft import DraftFacts, DraftLink
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.records.link import organizational
from reputation.text import say

FOUND = Finder(__doc__, Evidence.DOCUMENTED, Severity.MINOR)

_EXAMPLES = frozenset(
    ("example.com", "example.net", "example.org", "yourdomain.com", "yoursite.com", "yourcompany.com",
     "yourwebsite.com", "mydomain.com", "domain.com", "website.com", "url.com", "link.com", "placeholder.com",
     "yourstore.com", "company.com", "test.com")
)  # fmt: skip


def judge(known: Known[DraftFacts]) -> list[Finding] | None:
    """Each such host once; who writes from such a name does so on purpose."""
    if isinstance(known, Absent) or not known.value.every_link:
        return None
    own = organizational(known.value.from_domain)
    links = (link for link in known.value.every_link if organizational(_host(link)) in _EXAMPLES - {own})
    return [_finding(link, times) for link, times in apart(links, _host)]


def _host(link: DraftLink) -> str:
    """Where a page is, or where the first address of a mailto: is."""
    if link.target.scheme != "mailto":
        return link.target.host
    return link.target.path.partition("?")[0].partition(",")[0].rpartition("@")[2].strip().lower()


def _finding(link: DraftLink, times: int) -> Finding:
    message = say("{host} is an example name from a template", host=shown(_host(link)))
    return FOUND.finding(message, link.where, link.target.written, times=times)


CHECK = Check(
    id="example-domain", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("no link leads to an example domain"), needs=whole, judge=judge,
)  # fmt: skip
