"""A link that only says here.

Why: "Click here" tells a screen reader nothing, and it stood in a third of old spam. Say what is behind the link.
Bad:
    <a href="...">click here</a>
Good:
    <a href="...">price list of June (PDF)</a>
Fix: Write what the link shows.
Source: WCAG 2.2, 2.4.4; Own measurement on the public SpamAssassin corpus and CSDMC2010: "click here" in 846 of
2,209 spam mails and 54 of 5,186 others
"""

from __future__ import annotations

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder, named
from reputation.checks.content._needs import (
    links,
)
from reputation.checks.content._wording import is_vague
from reputation.facts.draft import DraftLink
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.text import say, say_plural

FOUND = Finder(__doc__, Evidence.DOCUMENTED, Severity.INFORMATIONAL, group="wording")


def judge(known: Known[tuple[DraftLink, ...]]) -> list[Finding] | None:
    """Reported once, at the first such link."""
    if isinstance(known, Absent):
        return None
    vague = [link for link in known.value if is_vague(link.text)]
    if not vague:
        return []
    message = say_plural(
        "{n} link only says: {texts}", "{n} links only say: {texts}", len(vague),
        texts=named(link.text for link in vague),
    )  # fmt: skip
    return [FOUND.finding(message, vague[0].where, *(link.target.written for link in vague[:5]))]


CHECK = Check(
    id="vague-link-text", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("link texts say what they lead to"), needs=links, judge=judge,
)  # fmt: skip
