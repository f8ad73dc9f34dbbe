"""The report for a terminal: verdict, score, what to fix first, the areas, what could not be checked and why."""

from __future__ import annotations

from collections.abc import Iterator

from reputation.formats import RenderOptions
from reputation.formats.clean import one_line
from reputation.formats.colors import COLORS, painted
from reputation.formats.columns import columns, pad, wrap
from reputation.formats.evidence import label_of, labelled
from reputation.formats.summary import (
    OUTCOMES,
    SCORE_MEANS,
    VERDICTS,
    AreaView,
    FindingView,
    UnknownView,
    above,
    also,
    area_counts,
    areas,
    beside,
    grouped,
    headline,
    place_of,
    placed,
    remarks,
    score_of,
    score_sentence,
    subjects,
    top_fixes,
    unknowns,
)
from reputation.model import Fix, Outcome, Range, Remedy, Report, Result, Verdict
from reputation.text import Text, say, say_plural, verbatim
from reputation.text import render as words

_VERDICT_COLORS = {Verdict.READY: "32;1", Verdict.FIX_FIRST: "33;1", Verdict.STOP: "31;1", Verdict.UNDECIDED: "35;1"}
_TITLE, _SCORE, _MARKS = 16, 13, 20
_HANG, _CUT = " " * 9, "..."
_MANY = 8


def render(report: Report, options: RenderOptions) -> str:
    """Lines of at most `options.width` columns, except where a record or an address must stay whole."""
    return "\n".join(_Page(report, options).lines()) + "\n"


class _Page:
    def __init__(self, report: Report, options: RenderOptions) -> None:
        self.report, self.options = report, options
        self.several = len({r.target for r in report.results}) > 1

    def lines(self) -> Iterator[str]:
        yield from self._head()
        yield from self._fixes()
        yield from self._areas()
        yield from self._unknown()
        for note in remarks(self.report):
            yield from self._wrapped(say("Note: {note}", note=note))

    def _head(self) -> Iterator[str]:
        name = one_line(self._say(subjects(self.report)))
        label = self._say(VERDICTS[self.report.verdict]).upper()
        yield from wrap(name, self.options.width)
        yield f"{self._paint(label, _VERDICT_COLORS[self.report.verdict])}  " + self._lines_after(
            headline(self.report), columns(label) + 2
        )
        total = self.report.score.total
        if total is not None:
            yield f"[{_bar(total)}] " + self._lines_after(score_sentence(self.report), _MARKS + 3)
            yield from self._wrapped(SCORE_MEANS)
        else:
            yield self._say(score_sentence(self.report))

    def _lines_after(self, text: Text, used: int) -> str:
        """The text beside a label of `used` columns; later lines hang under it."""
        rows = wrap(one_line(self._say(text)), self.options.width - used)
        return ("\n" + " " * used).join(rows)

    def _fixes(self) -> Iterator[str]:
        shown, more = top_fixes(self.report)
        if not shown:
            return
        yield ""
        yield self._bold(say("Fix first"))
        for number, fix in enumerate(shown, 1):
            yield from self._fix(number, fix)
        if more:
            yield "   " + self._say(say_plural("and {n} more below", "and {n} more below", more))

    def _fix(self, number: int, fix: Fix) -> Iterator[str]:
        gain = self._say(say("+{n} points", n=fix.gain)) if fix.gain else ""
        message = one_line(self._say(fix.message))
        target = one_line(beside(message, fix.target)) if self.several else ""
        text = (f"({gain}) " if gain else "") + (self._placed(target, message) if target else message)
        rows = wrap(text, self.options.width, "    ")
        yield f"{number:>2}. " + rows[0].lstrip()
        yield from rows[1:]
        if fix.remedy:
            yield from self._remedy(fix.remedy, "    ")

    def _remedy(self, remedy: Remedy, indent: str) -> Iterator[str]:
        arrow = "-> "
        rows = wrap(one_line(self._say(remedy.text)), self.options.width, indent + "   ")
        yield indent + arrow + rows[0].lstrip()
        yield from rows[1:]
        for whole in (remedy.record, remedy.url):
            if whole:
                yield f"{indent}   {one_line(whole)}"

    def _areas(self) -> Iterator[str]:
        """A blank line parts the areas only where one of them has findings."""
        open_line = True
        for view in areas(self.report):
            if open_line or view.findings:
                yield ""
            open_line = bool(view.findings)
            yield from self._area(view)

    def _area(self, view: AreaView) -> Iterator[str]:
        score = score_of(self.report.score.areas.get(view.area))
        title = pad(self._say(view.title), _TITLE)
        yield f"{self._paint(title, '1')}{pad(score, _SCORE)}" + self._lines_after(area_counts(view), _TITLE + _SCORE)
        for finding in grouped(view, self._top()):
            yield from self._finding(finding)
        if self.options.verbose:
            for result in view.passed:
                yield from self._passed(result)

    def _passed(self, result: Result) -> Iterator[str]:
        """What is in order, and what was seen."""
        message = self._say(result.message)
        names = (result.target, str(result.details.get("list", "")) or result.check)
        seen = f" ({'; '.join(result.evidence)})" if result.evidence else ""
        message = one_line(": ".join([*(name for name in names if beside(message, name)), message]) + seen)
        rows = wrap(message, self.options.width, _HANG)
        yield self._label(result.outcome) + rows[0].lstrip()
        yield from rows[1:]

    def _finding(self, view: FindingView) -> Iterator[str]:
        """One finding; of one that stands among the fixes above, only enough to know it again."""
        result, pointer = view.result, " " + self._say(above(view.fix)) if view.fix else ""
        message = one_line(self._say(result.message if pointer else labelled(result)))
        place = one_line(place_of(result) if result.where else beside(message, result.target) if self.several else "")
        room = self.options.width - (columns(pointer) + len(_CUT) if pointer else 0)
        rows = wrap(self._placed(place, message) if place else message, room, _HANG)
        if pointer:
            rows = [rows[0] + (_CUT if len(rows) > 1 else "") + pointer]
        yield self._label(result.outcome) + rows[0].lstrip()
        yield from rows[1:]
        label = label_of(result)
        if label and pointer:
            yield from wrap(self._say(say("({label})", label=label)), self.options.width, _HANG)
        if view.others:
            yield from wrap(one_line(also(view.others, self.options.language)), self.options.width, _HANG)
        if result.remedy and not view.fix and result.outcome is not Outcome.INFO:
            yield from self._remedy(result.remedy, _HANG)

    def _placed(self, place: str, message: str) -> str:
        return self._say(placed(place, verbatim(message)))

    def _label(self, outcome: Outcome) -> str:
        return f"  {self._paint(pad(self._say(OUTCOMES[outcome]), len(_HANG) - 3), COLORS.get(outcome, '0'))} "

    def _top(self) -> tuple[Fix, ...]:
        return top_fixes(self.report)[0]

    def _unknown(self) -> Iterator[str]:
        views = unknowns(self.report)
        if not views:
            return
        coverage = self.report.coverage
        yield ""
        yield self._bold(say("Not checked: {n} of {asked}", n=coverage.unknown, asked=coverage.asked))
        for view in views:
            yield from self._cause(view)

    def _cause(self, view: UnknownView) -> Iterator[str]:
        names = view.names if self.options.verbose or len(view.names) <= _MANY else view.counts
        listed = say("{cause}: {names}", cause=view.title, names=names)
        rows = wrap(one_line(self._say(listed)), self.options.width, _HANG)
        yield self._label(Outcome.UNKNOWN) + rows[0].lstrip()
        yield from rows[1:]
        if view.remedy:
            yield from self._remedy(view.remedy, _HANG)

    def _wrapped(self, text: Text) -> Iterator[str]:
        yield from wrap(one_line(self._say(text)), self.options.width)

    def _say(self, text: Text) -> str:
        return words(text, self.options.language)

    def _bold(self, text: Text) -> str:
        return self._paint(self._say(text), "1")

    def _paint(self, text: str, code: str) -> str:
        return painted(text, code) if self.options.color else text


def _bar(total: Range) -> str:
    """Twenty marks: # is sure, ? is open, a dot is missing."""
    low, high = (round(end * _MARKS / 100) for end in (total.low, total.high))
    return "#" * low + "?" * (high - low) + "." * (_MARKS - high)
