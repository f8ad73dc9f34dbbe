"""What the history formats share: one target's past, and its score as a row of blocks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reputation.formats.clean import one_line
from reputation.formats.digest import moment, sentence
from reputation.history.changes import NO_LONGER_APPLIES
from reputation.text import Text, render, say

if TYPE_CHECKING:
    from reputation.history.queries import Difference, Point, Span

BLOCKS: Final = "▁▂▃▄▅▆▇█"
PLAIN_BLOCKS: Final = "_.:-=+*#"
UNKNOWN_BLOCK: Final = "?"
WIDEST_LINE: Final = 40
STILL: Final = say("still")


@dataclass(frozen=True, slots=True)
class TargetHistory:
    """One target: its runs, oldest first, and what was or is wrong, newest first."""

    target: str
    points: tuple[Point, ...]
    spans: tuple[Span, ...]

    @property
    def open(self) -> int:
        """How many things are wrong now."""
        return sum(span.until is None for span in self.spans)


def sparkline(points: Sequence[Point], *, unicode: bool, width: int = WIDEST_LINE) -> str:
    """The low end of the score over time, a block a run; long histories are thinned, "?" is a run without a score."""
    blocks = BLOCKS if unicode else PLAIN_BLOCKS
    return "".join(
        UNKNOWN_BLOCK if point.low is None else blocks[min(len(blocks) - 1, point.low * len(blocks) // 101)]
        for point in thinned(points, width)
    )


def thinned(points: Sequence[Point], width: int) -> list[Point]:
    """At most `width` of the points, evenly spread, the last one always among them."""
    if len(points) <= width:
        return list(points)
    step = len(points) / width
    return [points[min(len(points) - 1, int((n + 1) * step) - 1)] for n in range(width)]


def score_of(point: Point) -> str:
    """ "80", "60-80", or "?" for none."""
    if point.low is None or point.high is None:
        return UNKNOWN_BLOCK
    return str(point.low) if point.low == point.high else f"{point.low}-{point.high}"


def until(span: Span, language: str) -> str:
    """When it ended, or "still"; what was not mended says so."""
    if span.until is None:
        return render(STILL, language)
    if span.ending == NO_LONGER_APPLIES:
        return render(say("{at} (no longer applies)", at=moment(span.until)), language)
    if span.ending:
        return render(say("{at} (last look; no longer asked about)", at=moment(span.until)), language)
    return moment(span.until)


def message(span: Span, language: str) -> str:
    """The sentence that was kept, on one line."""
    return one_line(render(sentence(span.message), language))


def changes_text(found: Sequence[Difference], language: str) -> str:
    """What two runs answered differently, a line each."""
    if not found:
        return render(say("Both runs answered the same."), language) + "\n"
    nothing = render(say("(not asked)"), language)
    rows = [f"{one_line(d.question)}: {d.before or nothing} -> {d.after or nothing}" for d in found]
    return "\n".join(rows) + "\n"


def changes_json(found: Sequence[Difference]) -> str:
    """The same for machines."""
    rows = [{"question": d.question, "before": d.before, "after": d.after} for d in found]
    return json.dumps({"changes": rows}, indent=2) + "\n"


def nothing_yet(file: str) -> Text:
    """What to say where nothing was watched."""
    return say("No history yet in {file}: `reputation watch` writes it; --state names another file.", file=file)
