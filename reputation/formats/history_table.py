"""The history on a terminal: a line a target, or one target with everything that was wrong with it."""

from __future__ import annotations

from collections.abc import Sequence

from reputation.formats import RenderOptions
from reputation.formats.clean import one_line
from reputation.formats.columns import columns, pad, wrap
from reputation.formats.digest import moment
from reputation.formats.history_view import TargetHistory, message, score_of, sparkline, until
from reputation.formats.summary import VERDICTS
from reputation.model import Verdict
from reputation.text import Text, say
from reputation.text import render as words

_SHOWN = 20


def render(histories: Sequence[TargetHistory], options: RenderOptions) -> str:
    """One target in full, several as a table."""
    lines = _one(histories[0], options) if len(histories) == 1 else _many(histories, options)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _many(histories: Sequence[TargetHistory], options: RenderOptions) -> list[str]:
    heads = (say("Target"), say("Last run"), say("Verdict"), say("Score"), say("Wrong now"), say("Over time"))
    rows = [tuple(words(head, options.language) for head in heads), *(_row(one, options) for one in histories)]
    return _aligned(rows)


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(columns(cell) for cell in column) for column in zip(*rows, strict=True)]
    return ["  ".join(pad(cell, width) for cell, width in zip(row, widths, strict=True)) for row in rows]


def _row(one: TargetHistory, options: RenderOptions) -> tuple[str, ...]:
    last = one.points[-1]
    return (
        one_line(one.target), moment(last.at), _verdict(last.verdict, options), score_of(last), str(one.open),
        sparkline(one.points, unicode=options.unicode, width=20),
    )  # fmt: skip


def _verdict(name: str, options: RenderOptions) -> str:
    return words(VERDICTS[Verdict(name)], options.language) if name in set(Verdict) else name


def _one(one: TargetHistory, options: RenderOptions) -> list[str]:
    lines = [one_line(one.target)]
    if one.points:
        last = one.points[-1]
        lines += [
            _say(say("{n} runs, the last {at}: {verdict}, score {score}", n=len(one.points), at=moment(last.at),
                     verdict=_verdict(last.verdict, options), score=score_of(last)), options),
            _say(say("Score over time: {line}", line=sparkline(one.points, unicode=options.unicode)), options),
        ]  # fmt: skip
    lines += ["", *_spans(one, options), "", *_runs(one, options)]
    return lines


def _spans(one: TargetHistory, options: RenderOptions) -> list[str]:
    if not one.spans:
        return [_say(say("Nothing was ever confirmed as wrong here."), options)]
    lines = [_say(say("What was or is wrong, newest first:"), options)]
    for span in one.spans[:_SHOWN]:
        period = f"{moment(span.since)} .. {until(span, options.language)}"
        lines.append(f"  {period}  {one_line(span.target)}  {span.zone or span.check}")
        lines += wrap(message(span, options.language), options.width, "    ")
    if len(one.spans) > _SHOWN:
        lines.append("  " + _say(say("and {n} more", n=len(one.spans) - _SHOWN), options))
    return lines


def _runs(one: TargetHistory, options: RenderOptions) -> list[str]:
    """The last runs with the ids that --compare takes."""
    lines = [_say(say("Last runs:"), options)]
    lines += [
        f"  {point.run_id}  {moment(point.at)}  {_verdict(point.verdict, options)}  {score_of(point)}"
        for point in one.points[-5:]
    ]
    return lines


def _say(text: Text, options: RenderOptions) -> str:
    return words(text, options.language)
