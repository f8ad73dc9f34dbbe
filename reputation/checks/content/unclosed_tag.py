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

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder, named
from reputation.checks.content._needs import (
    html,
)
from reputation.facts.draft import Body
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.text import say, say_plural

FOUND = Finder(__doc__, Evidence.FILTER, Severity.INFORMATIONAL)

_HARMFUL = frozenset(
    {"a", "b", "i", "strong", "em", "table", "div", "center", "font", "span", "h1", "h2", "h3", "ul", "ol"}
)


def judge(known: Known[Body]) -> list[Finding] | None:
    """Reported once, at the first; tags that may close themselves (p, li, td...) do not count."""
    if isinstance(known, Absent) or known.value.html is None:
        return None
    tags = sorted((tag for tag in known.value.html.unclosed if tag.name in _HARMFUL), key=lambda tag: tag.start)
    if not tags:
        return []
    message = say_plural(
        "{n} tag is never closed: {tags}", "{n} tags are never closed: {tags}", len(tags),
        tags=named(f"<{tag.name}>" for tag in tags),
    )  # fmt: skip
    return [FOUND.finding(message, known.value.where(tags[0].start, tags[0].end))]


CHECK = Check(
    id="unclosed-tag", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("every tag is closed"), needs=html, judge=judge,
)  # fmt: skip
