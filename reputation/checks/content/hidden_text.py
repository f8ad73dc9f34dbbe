"""Hidden text beyond a preheader.

Why: One hidden line at the top, the preheader, is normal. More hidden text is what filters look for, and Gmail's
sender rules forbid it.
Bad:
    <div style="display:none">words words words</div> in the middle of the mail
Good:
    one preheader of up to 200 characters right after <body>
Fix: Delete the hidden text, or show it.
Source: Google, Email sender guidelines (read 2026-11); rspamd 3.4 ZERO_FONT, MANY_INVISIBLE_PARTS (1.0);
SpamAssassin 4.0.1 HTML_FONT_LOW_CONTRAST (0.7)
"""

from __future__ import annotations

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder
from reputation.checks.content._needs import (
    html,
)
from reputation.facts.draft import Body
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.records.later import later
from reputation.text import say

FOUND = Finder(__doc__, Evidence.FILTER, Severity.INFORMATIONAL)

_PREHEADER = 250
_FILLER = later("[\\s\u00a0\u00ad\u034f\u200b-\u200f\u2007\u2060\u2800\ufeff]+")


def judge(known: Known[Body]) -> list[Finding] | None:
    """Hidden text is counted without filler; the first run near the top may be as long as a preheader."""
    if isinstance(known, Absent) or known.value.html is None:
        return None
    hidden = known.value.html.hidden
    if not hidden.text:
        return []
    runs = [_FILLER.sub(" ", run).strip() for run in _runs(hidden.text, hidden.starts)]
    lengths = [len(run) for run in runs if run]
    if not lengths:
        return []
    count = sum(lengths) - min(sum(lengths), _PREHEADER)
    total = count + len(_FILLER.sub(" ", known.value.visible.text))
    if 10 * count <= total:
        return []
    message = say(
        "{count} characters of text are hidden, {percent} % of all", count=count, percent=100 * count // total
    )
    first = hidden.origin(0)
    return [FOUND.finding(message, known.value.where(first, first + 1), hidden.text[:80])]


def _runs(text: str, starts: tuple[int, ...]) -> list[str]:
    return [text[a:b] for a, b in zip(starts, (*starts[1:], len(text)), strict=True)]


CHECK = Check(
    id="hidden-text", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("no hidden text beyond a preheader"), needs=html, judge=judge,
)  # fmt: skip
