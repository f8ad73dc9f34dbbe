"""A tag that is never closed.

Why: An unclosed table or link swallows what follows in some programs, so readers see another mail than you. Filters
score unbalanced tags a little.
Bad:
    <b>Price list
Good:
    <b>Price list</b>
Fix: Close the tag.
Source: SpamAssassin 4.0.1 HTML_TAG_BALANCE_* (0.1 to 0.5)
"""

from __future__ import annotations

from itertools import islice

from reputation.checks import Check
from reputation.checks.content._finding import MAX_FINDINGS, Evidence, Finder
from reputation.checks.content._needs import (
    html,
)
from reputation.facts.draft import Body
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.text import say

FOUND = Finder(__doc__, Evidence.FILTER, Severity.INFORMATIONAL)

_HARMFUL = frozenset(
    {"a", "b", "i", "strong", "em", "table", "div", "center", "font", "span", "h1", "h2", "h3", "ul", "ol"}
)


def judge(known: Known[Body]) -> list[Finding] | None:
    """Tags that may close themselves (p, li, td...) do not count."""
    if isinstance(known, Absent) or known.value.html is None:
        return None
    tags = [tag for tag in known.value.html.unclosed if tag.name in _HARMFUL]
    where = known.value.where
    found = (FOUND.finding(say("<{tag}> is never closed", tag=t.name), where(t.start, t.end)) for t in tags)
    return list(islice(found, MAX_FINDINGS))


CHECK = Check(
    id="unclosed-tag", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("every tag is closed"), needs=html, judge=judge,
)  # fmt: skip
