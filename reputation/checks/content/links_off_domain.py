"""No link leads to your own domain.

Why: Honest companies link to their own site. In 49 % of old spam every link led elsewhere, in 1 % of other mail.
Today the tracking domain of a mail service does the same to honest campaigns (46 % of them, 27 % of recent spam), so
this is a note: a domain that the sender shares with others brings their reputation along.
Bad:
    From: anna@example.com, links: https://track.mailer.example.net/...
Good:
    From: anna@example.com, links: https://news.example.com/...
Fix: Link at least once to your own site, and set up a branded tracking domain (such as click.yourdomain) at your
mail service.
Source: Own measurement on the public SpamAssassin corpus and CSDMC2010: 48.9 % of spam, 1.0 % of other mail, 10.4 %
of commercial mail; on 150 mails of 2025-26
"""

from __future__ import annotations

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder
from reputation.checks.content._needs import (
    FREE_MAIL,
    whole,
)
from reputation.facts.draft import DraftFacts
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.records.link import organizational
from reputation.text import say, say_plural

FOUND = Finder(__doc__, Evidence.MEASURED_OLD, Severity.INFORMATIONAL)


def judge(known: Known[DraftFacts]) -> list[Finding] | None:
    """Compares registrable domains; needs a From and at least one web link."""
    if isinstance(known, Absent):
        return None
    facts = known.value
    web = [link for link in facts.links if link.target.is_web]
    own = organizational(facts.from_domain) if facts.from_domain else ""
    if not web or not own or own in FREE_MAIL:
        return None
    if any(link.target.domain == own for link in web):
        return []
    message = say_plural(
        "the only link does not lead to {domain}, the domain of the sender",
        "none of the {n} links leads to {domain}, the domain of the sender", len(web), domain=own,
    )  # fmt: skip
    hosts = dict.fromkeys(link.target.host for link in web)
    return [FOUND.finding(message, web[0].where, *list(hosts)[:5])]


CHECK = Check(
    id="links-off-domain", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("at least one link leads to the sender's domain"), needs=whole, judge=judge,
)  # fmt: skip
