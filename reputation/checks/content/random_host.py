"""A link to a name that looks like chance.

Why: Hosts such as a8f3k29d7q.example stand for machines that make names. Filters count it against the message.
Bad:
    https://a8f3k29d7qx1.example.net/
Good:
    https://news.example.com/
Fix: Use a name that a person would choose.
Source: SpamAssassin 4.0.1 URI_HEX (0.1), RAND_* URI rules
"""

from __future__ import annotations

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder, apart, shown
from reputation.checks.content._needs import (
    every_link,
)
from reputation.facts.draft import DraftLink
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.records.later import has_digit, later
from reputation.text import say

FOUND = Finder(__doc__, Evidence.FILTER, Severity.INFORMATIONAL)

_CHANGES = later(r"[0-9][a-z]|[a-z][0-9]", when=has_digit)


def _looks_random(host: str) -> bool:
    """A label of ten and more characters that changes between letters and digits at least four times."""
    return any(len(label) >= 10 and len(_CHANGES.findall(label)) >= 4 for label in host.split("."))


def judge(known: Known[tuple[DraftLink, ...]]) -> list[Finding] | None:
    """Each such host once."""
    if isinstance(known, Absent):
        return None
    links = (link for link in known.value if link.target.is_web and _looks_random(link.target.host))
    return [_finding(link, times) for link, times in apart(links, lambda link: link.target.host)]


def _finding(link: DraftLink, times: int) -> Finding:
    message = say("the host {host} looks like a product of chance", host=shown(link.target.host))
    return FOUND.finding(message, link.where, link.target.written, times=times)


CHECK = Check(
    id="random-host", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("no link host looks like chance"), needs=every_link, judge=judge,
)  # fmt: skip
