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

import re

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder, named
from reputation.checks.content._needs import (
    links,
)
from reputation.facts.draft import DraftLink
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.records.later import later
from reputation.text import say, say_plural

_NOWHERE = frozenset(("", "#", "http://", "https://", "mailto:", "tel:"))
_MEANT_SO = later(r"cursor\s*:\s*(?:text|default)|pointer-events\s*:\s*none", re.IGNORECASE)

FOUND = Finder(__doc__, Evidence.DOCUMENTED, Severity.MINOR)


def _is_empty(link: DraftLink) -> bool:
    """Without a target; a link that only keeps mail programs from marking an address shows no hand, so is meant so."""
    target = link.target
    if target.written.lower() not in _NOWHERE and target.path != "[object Object]":
        return False
    return not _MEANT_SO.search(link.body.source, link.start, link.end)


def judge(known: Known[tuple[DraftLink, ...]]) -> list[Finding] | None:
    """Reported once, at the first such link."""
    if isinstance(known, Absent):
        return None
    empty = [link for link in known.value if _is_empty(link)]
    if not empty:
        return []
    message = say_plural(
        "{n} link leads nowhere: {texts}", "{n} links lead nowhere: {texts}", len(empty),
        texts=named(link.text.strip() or "#" for link in empty),
    )  # fmt: skip
    return [FOUND.finding(message, empty[0].where, *(link.target.written for link in empty[:5]))]


CHECK = Check(
    id="empty-link", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("every link has a target"), needs=links, judge=judge,
)  # fmt: skip
