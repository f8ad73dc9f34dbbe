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

from itertools import islice

from reputation.checks import Check
from reputation.checks.content._finding import MAX_FINDINGS, Evidence, Finder, shown
from reputation.checks.content._needs import (
    links,
)
from reputation.facts.draft import DraftLink
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.text import say

FOUND = Finder(__doc__, Evidence.DOCUMENTED, Severity.INFORMATIONAL, group="wording")

_VAGUE = frozenset(
    ("here", "click here", "click", "click me", "this link", "link", "read more", "more", "hier", "klicken sie hier",
     "ici", "cliquez ici", "aquí", "haga clic aquí", "clique aqui", "здесь", "нажмите здесь", "点击这里", "点击此处",
     "这里")
)  # fmt: skip


def judge(known: Known[tuple[DraftLink, ...]]) -> list[Finding] | None:
    """Each such link once."""
    if isinstance(known, Absent):
        return None
    return list(
        islice((_finding(link) for link in known.value if link.text.strip(" .!>»→").lower() in _VAGUE), MAX_FINDINGS)
    )


def _finding(link: DraftLink) -> Finding:
    message = say("the link only says {text}", text=shown(link.text))
    return FOUND.finding(message, link.where, link.target.written)


CHECK = Check(
    id="vague-link-text", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("link texts say what they lead to"), needs=links, judge=judge,
)  # fmt: skip
