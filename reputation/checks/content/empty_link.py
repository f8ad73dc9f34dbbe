"""A link that leads nowhere.

Why: A link with # or nothing as its target was forgotten. The reader clicks and nothing happens.
Bad:
    <a href="#">Order</a>
Good:
    <a href="https://www.example.com/order">Order</a>
Fix: Fill in the target, or remove the link.
Source: Mail-merge practice: a target left out is the commonest accident in templates
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


def judge(known: Known[tuple[DraftLink, ...]]) -> list[Finding] | None:
    """Each such link once."""
    if isinstance(known, Absent):
        return None
    return list(
        islice(
            (
                _finding(link)
                for link in known.value
                if link.target.written in ("", "#", "http://", "https://") or link.target.path == "[object Object]"
            ),
            MAX_FINDINGS,
        )
    )


def _finding(link: DraftLink) -> Finding:
    message = say("the link {text} leads nowhere", text=shown(link.text) or "#")
    return FOUND.finding(message, link.where, link.target.written)


CHECK = Check(
    id="empty-link", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("every link has a target"), needs=links, judge=judge,
)  # fmt: skip
