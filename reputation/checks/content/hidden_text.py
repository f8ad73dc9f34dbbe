"""Hidden text beyond a preheader.

Why: One hidden line at the top, the preheader, is normal. More hidden text is how today's spam feeds honest words to
the filters: a tenth of the text and more is hidden in 26 % of recent spam, in none of 231 campaigns and templates.
Gmail's sender rules forbid it.
Bad:
    <div style="display:none">words words words</div> in the middle of the mail
Good:
    one preheader of up to 200 characters right after <body>
Fix: Delete the hidden text, or show it; keep one preheader at the top.
Source: Google, Email sender guidelines (read 2026-11); rspamd 3.4 ZERO_FONT, MANY_INVISIBLE_PARTS (1.0);
SpamAssassin 4.0.1 HTML_FONT_LOW_CONTRAST (0.7)
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder
from reputation.checks.content._needs import (
    html,
)
from reputation.facts.draft import Body
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.records.later import later
from reputation.records.mapped_text import MappedText
from reputation.text import say

FOUND = Finder(__doc__, Evidence.MEASURED, Severity.MAJOR)
SOME = Finder(__doc__, Evidence.MEASURED, Severity.MINOR)

_PREHEADER = 250
_FEW = 60  # characters that may stand above a preheader, such as "View in browser"
_LEAST = 120  # below the top; what small screens alone show, such as a second footer, is shorter or a small share
_WORDS = later("[^\\s\u00a0\u00ad\u034f\u200b-\u200f\u2007\u2060\u2800\ufeff]")
_FILLER = later("[\\s\u00a0\u00ad\u034f\u200b-\u200f\u2007\u2060\u2800\ufeff]+")


def judge(known: Known[Body]) -> list[Finding] | None:
    """Hidden text is counted without filler, and less a preheader at the top; shown at its longest run."""
    if isinstance(known, Absent) or known.value.html is None:
        return None
    hidden = known.value.html.hidden
    if not hidden.text:
        return []
    runs = list(_runs(hidden.text, hidden.starts))
    top, total = _top(known.value.visible), sum(len(run.words) for run in runs)
    above = sum(len(run.words) for run in runs if hidden.origin(run.start) < top)
    shown = len(_FILLER.sub(" ", known.value.visible.text))
    count = total - min(above, _PREHEADER)
    percent = _percent(count, shown)
    if _percent(total - _PREHEADER, shown) < 10 and (percent < 20 or count < _LEAST):
        return []
    longest = max(runs, key=lambda run: len(run.words))
    message = say("{count} characters of text are hidden, {percent} % of all", count=count, percent=percent)
    finder = FOUND if percent >= 20 else SOME
    return [finder.finding(message, known.value.where(*hidden.span(longest.start, longest.end)), longest.words)]


def _percent(hidden: int, shown: int) -> int:
    return 100 * max(0, hidden) // max(1, hidden + shown)


def _top(text: MappedText) -> int:
    """The offset in the source up to which hidden text is a preheader: few words stand above it."""
    seen = list(islice(_WORDS.finditer(text.text), _FEW + 1))
    return text.origin(seen[-1].start()) if len(seen) > _FEW else 1 << 60


class _Run(NamedTuple):
    """Words hidden in one stretch, without filler, and where they begin and end in the hidden text."""

    words: str
    start: int
    end: int


def _runs(text: str, starts: tuple[int, ...]) -> Iterator[_Run]:
    for start, end in zip(starts, (*starts[1:], len(text)), strict=True):
        first = _WORDS.search(text, start, end)
        if first:
            words = _FILLER.sub(" ", text[first.start() : end]).strip()
            yield _Run(words, first.start(), min(end, first.start() + 80))


CHECK = Check(
    id="hidden-text", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("no hidden text beyond a preheader"), needs=html, judge=judge,
)  # fmt: skip
