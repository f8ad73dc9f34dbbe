"""Links with http instead of https.

Why: Most links without encryption: 62 % of recent spam, 3 % of recent campaigns, and it was so on old mail too.
Browsers warn the customer before such a page. It is the cheapest thing to repair.
Bad:
    http://www.example.com/
Good:
    https://www.example.com/
Fix: Write https:// in each link and check that the page opens; `reputation lint --fix` does it for your own domain.
Source: Own measurement on old and on recent mail: 58.0 % of spam, 2.6 % of other mail, 27.9 % of commercial mail
"""

from __future__ import annotations

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder
from reputation.checks.content._hosts import is_internal
from reputation.checks.content._needs import (
    links,
)
from reputation.facts.draft import DraftLink
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.text import say, say_plural

FOUND = Finder(__doc__, Evidence.MEASURED, Severity.MINOR)


def judge(known: Known[tuple[DraftLink, ...]]) -> list[Finding] | None:
    """Reported once, at the first such link, when more than half are so; internal ones are another check."""
    if isinstance(known, Absent):
        return None
    web = [link for link in known.value if link.target.is_web and not is_internal(link.target) and not _is_bare(link)]
    plain = [link for link in web if link.target.scheme == "http"]
    if not plain or 2 * len(plain) <= len(web):
        return []
    message = say_plural(
        "the only link uses http without encryption", "{count} of {n} links use http without encryption", len(web),
        count=len(plain),
    )  # fmt: skip
    return [FOUND.finding(message, plain[0].where, *(link.target.written for link in plain[:5]))]


def _is_bare(link: DraftLink) -> bool:
    """Written without http or https, such as www.example.com: the mail program makes the link, and chooses."""
    return link.body.source[link.start : link.start + 4].lower() == "www."


CHECK = Check(
    id="insecure-links", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("most links use https"), needs=links, judge=judge,
)  # fmt: skip
