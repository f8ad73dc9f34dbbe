"""The report for a terminal: verdict, score, what to fix first, the areas, what could not be checked and why."""

from __future__ import annotations

from collections.abc import Iterator

from reputation.formats import RenderOptions
from reputation.formats.clean import one_line
from reputation.formats.columns import columns, pad, wrap
from reputation.formats.summary import (
    OUTCOMES,
    SCORE_MEANS,
    VERDICTS,
    AreaView,
    UnknownView,
    area_counts,
    areas,
    headline,
    score_sentence,
    subject_names,
    top_fixes,
    unknowns,
)
from reputation.model import Fix, Outcome, Range, Remedy, Report, Result, Verdict
from reputation.text import Text, say, say_plural
from reputation.text import render as words

_COLORS = {Outcome.FAIL: "31;1", Outcome.WARN: "33", Outcome.INFO: "36", Outcome.UNKNOWN: "35"}
_VERDICT_COLORS = {Verdict.READY: "32;1", Verdict.FIX_FIRST: "33;1", Verdict.STOP: "31;1", Verdict.UNDECIDED: "35;1"}
_TITLE = 16
_MANY = 6


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
        for view in areas(self.report):
            yield from self._area(view)
        yield from self._unknown()
        for note in self.report.notes:
            yield from self._wrapped(note, "", first=self._say(say("Note:")) + " ")

    def _head(self) -> Iterator[str]:
        name = one_line(self._say(say("{names}", names=subject_names(self.report))))
        label = self._say(VERDICTS[self.report.verdict]).upper()
        yield from wrap(name, self.options.width)
        yield f"{self._paint(label, _VERDICT_COLORS[self.report.verdict])}  " + self._lines_after(
            headline(self.report), columns(label) + 2
        )
        total = self.report.score.total
        if total is not None:
            yield f"[{_bar(total)}] {self._say(score_sentence(self.report))}"
            yield from self._wrapped(SCORE_MEANS, "")
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
        target = f"{one_line(fix.target)}: " if self.several else ""
        text = target + one_line(self._say(fix.message)) + (f"  ({gain})" if gain else "")
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

    def _area(self, view: AreaView) -> Iterator[str]:
        found = self.report.score.areas.get(view.area)
        score = f"{found.low}-{found.high}" if found and found.low != found.high else str(found.low) if found else "-"
        yield ""
        title = pad(self._say(view.title), _TITLE)
        yield f"{self._paint(title, '1')}{pad(score, 8)}" + self._lines_after(area_counts(view), _TITLE + 8)
        shown = {f: number for number, fix in enumerate(top_fixes(self.report)[0], 1) for f in fix.results}
        for result in view.findings:
            yield from self._finding(result, shown.get(result.fingerprint, 0))

    def _finding(self, result: Result, above: int) -> Iterator[str]:
        """One finding; of one that stands among the fixes above, only enough to know it again."""
        label = self._say(OUTCOMES[result.outcome])
        place = f"{result.where.file}:{result.where.line}:{result.where.column}" if result.where else result.target
        prefix = f"{one_line(place)}: " if self.several or result.where else ""
        text = prefix + one_line(self._say(result.message))
        suffix = self._say(say("... (see {n} above)", n=above)) if above else ""
        rows = wrap(text, self.options.width - columns(suffix), "        ")
        yield f"  {self._paint(pad(label, 5), _COLORS.get(result.outcome, '0'))} " + rows[0].lstrip() + suffix
        if above:
            return
        yield from rows[1:]
        if result.remedy and result.outcome is not Outcome.INFO:
            yield from self._remedy(result.remedy, "        ")

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
        names = view.names[:_MANY]
        rest = len(view.names) - len(names)
        listed: Text = say("{cause}: {names}", cause=view.title, names=names)
        if rest:
            listed = say_plural("{start} and {n} more", "{start} and {n} more", rest, start=listed)
        rows = wrap(one_line(self._say(listed)), self.options.width, "        ")
        yield f"  {self._paint(pad('?', 5), _COLORS[Outcome.UNKNOWN])} " + rows[0].lstrip()
        yield from rows[1:]
        if view.remedy:
            yield from self._remedy(view.remedy, "        ")

    def _wrapped(self, text: Text, indent: str, first: str = "") -> Iterator[str]:
        yield from wrap(first + one_line(self._say(text)), self.options.width, indent)

    def _say(self, text: Text) -> str:
        return words(text, self.options.language)

    def _bold(self, text: Text) -> str:
        return self._paint(self._say(text), "1")

    def _paint(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.options.color else text


def _bar(total: Range) -> str:
    """Twenty marks: # is sure, ? is open, a dot is missing."""
    low, high = round(total.low / 5), round(total.high / 5)
    return "#" * low + "?" * (high - low) + "." * (20 - high)
