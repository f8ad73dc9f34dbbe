"""The history as one page: the score over time as a drawing, what was wrong as a table. No script, nothing remote."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Final

from reputation.formats import RenderOptions
from reputation.formats.clean import one_line
from reputation.formats.digest import moment
from reputation.formats.history_view import TargetHistory, message, score_of, thinned, until
from reputation.text import Text, say
from reputation.text import render as words

if TYPE_CHECKING:
    from reputation.history.queries import Point

WIDTH, HEIGHT, MOST_POINTS = 640, 120, 320
CSS: Final = (
    "body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem;color:#1c1c1c;"
    "background:#fff}table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;"
    "padding:.3rem .6rem;border-bottom:1px solid #ccc}svg{width:100%;height:auto}.range{fill:#b9cfe8}"
    ".low{fill:none;stroke:#14508c;stroke-width:2}.axis{stroke:#777}text{font-size:11px;fill:#444}"
    "@media(prefers-color-scheme:dark){body{background:#161616;color:#eee}td,th{border-color:#444}.range{fill:#24425f}"
    ".low{stroke:#8cc0f5}text{fill:#bbb}}"
)
_HEADS: Final = (say("Since"), say("Until"), say("Target"), say("Where"), say("What was seen"))


def render(histories: Sequence[TargetHistory], options: RenderOptions) -> str:
    """A whole HTML document."""
    digest = base64.b64encode(hashlib.sha256(CSS.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    title = _say(say("History of the reputation"), options)
    body = "\n".join(_section(one, options) for one in histories)
    return (
        f'<!DOCTYPE html>\n<html lang="{"zh-Hans" if options.language == "zh" else "en"}">\n<head>\n'
        f'<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
        f"<style>{CSS}</style>\n</head>\n<body>\n<h1>{title}</h1>\n{body}\n</body>\n</html>\n"
    )


def _section(one: TargetHistory, options: RenderOptions) -> str:
    rows = "\n".join(
        "<tr>" + "".join(f"<td>{_text(value)}</td>" for value in cells) + "</tr>"
        for cells in (
            (moment(s.since), until(s, options.language), s.target, s.zone or s.check, message(s, options.language))
            for s in one.spans
        )
    )
    heads = "".join(f'<th scope="col">{_say(head, options)}</th>' for head in _HEADS)
    table = f"<table><thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody></table>" if one.spans else ""
    return f"<section>\n<h2>{_text(one.target)}</h2>\n{drawing(one, options)}\n{table}\n</section>"


def drawing(one: TargetHistory, options: RenderOptions) -> str:
    """The score as SVG: a band from its low to its high end, a line along the low one, gaps where nothing is known."""
    points = thinned(one.points, MOST_POINTS)
    if not points:
        return ""
    first, last = points[0], points[-1]
    label = _say(
        say("Score from {first} to {last}, at the end {score}", first=moment(first.at), last=moment(last.at),
            score=score_of(last)), options,
    )  # fmt: skip
    step = WIDTH / max(1, len(points) - 1)
    shapes = "".join(_stretch(stretch, step) for stretch in _stretches(points))
    return (
        f'<svg viewBox="0 -4 {WIDTH} {HEIGHT + 24}" role="img" aria-label="{label}"><title>{label}</title>{shapes}'
        f'<line class="axis" x1="0" y1="{HEIGHT}" x2="{WIDTH}" y2="{HEIGHT}"></line>'
        f'<text x="0" y="{HEIGHT + 14}">{_text(moment(first.at))}</text>'
        f'<text x="{WIDTH}" y="{HEIGHT + 14}" text-anchor="end">{_text(moment(last.at))}</text></svg>'
    )


Spot = tuple[int, int, int]


def _stretches(points: Sequence[Point]) -> list[list[Spot]]:
    """Runs of neighbouring points that have a score: (place, low, high)."""
    found: list[list[Spot]] = [[]]
    for place, point in enumerate(points):
        if point.low is None or point.high is None:
            found.append([])
        else:
            found[-1].append((place, point.low, point.high))
    return [stretch for stretch in found if stretch]


def _stretch(stretch: Sequence[Spot], step: float) -> str:
    upper = [f"{place * step:.1f},{_y(high)}" for place, _, high in stretch]
    lower = [f"{place * step:.1f},{_y(low)}" for place, low, _ in stretch]
    band = " ".join([*upper, *reversed(lower)])
    area = f'<polygon class="range" points="{band}"></polygon>'
    return f'{area}<polyline class="low" points="{" ".join(lower)}"></polyline>'


def _y(score: int) -> int:
    return HEIGHT - max(0, min(100, score)) * HEIGHT // 100


def _text(value: str) -> str:
    return escape(one_line(value), quote=True)


def _say(text: Text, options: RenderOptions) -> str:
    return _text(words(text, options.language))
