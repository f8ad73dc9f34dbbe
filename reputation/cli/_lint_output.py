"""What `reputation lint` writes: each format takes the drafts one by one and keeps of each only what it still needs."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from reputation.cli.frame import Options, exit_code
from reputation.cli.frame.output import Waiting, WayOut, ways_out
from reputation.text import render, say

if TYPE_CHECKING:
    from reputation.formats.lint_table import LintedDraft
    from reputation.lint_run import Linted
    from reputation.model import DraftProblem, Json, Outcome, Report, Result
    from reputation.risk.model import Risk

UNREAD: Final = 2


class LintOutput:
    """All formats of one run, which began at `begun` (time.monotonic)."""

    def __init__(self, options: Options, begun: float) -> None:
        self._options = options
        self._kept = _Kept(options, begun)
        forms = [_form(request.name, options, self._kept) for request in options.formats]
        self._shown = list(zip(forms, ways_out(options), strict=True))
        self._copies = _copies(options, self._kept)
        self._outcomes: dict[Outcome, Result] = {}  # one result of each, which is all that the exit code asks for
        self._count = 0

    def take(self, one: Linted) -> None:
        """Writes what can be written of a draft. OSError when nobody takes it any more."""
        self._count += 1
        self._outcomes.update((result.outcome, result) for result in one.results)
        if any(form.shows_all_together for form, _ in self._written()):
            self._kept.take(one)
        for form, way in self._written():
            if part := form.taken(one):
                way.write(part)

    def finished(self, problems: list[DraftProblem]) -> int:
        """Writes the rest; the exit code. `problems` are the drafts that could not be read."""
        self._kept.problems = problems
        for form, way in self._written():
            for part in filter(None, map(form.unread, problems)):
                way.write(part)
        codes = [way.finish(form.rest) for form, way in self._shown]
        if any(codes) or self._unsaved() or problems:
            return UNREAD
        return exit_code(tuple(self._outcomes.values()), self._options) if self._count else 0

    def _written(self) -> Iterator[tuple[_Form, WayOut | Waiting]]:
        yield from self._shown
        yield from self._copies.values()

    def _unsaved(self) -> int:
        """Keeps a copy where --save wants it. 0, or 2 when it could not be written."""
        if self._options.save is None:
            return 0
        from reputation.cli.frame.reporting import save_copies

        return save_copies(self._kept.report(), self._copy, self._options)

    def _copy(self, name: str) -> Iterable[str]:
        form, waiting = self._copies[name]
        return waiting.pieces(form.rest())


def _copies(options: Options, kept: _Kept) -> dict[str, tuple[_Form, Waiting]]:
    """What --save keeps: JSON, and each format that was asked for."""
    plain = options._replace(color="never")
    names = dict.fromkeys(["json", *(request.name for request in options.formats)]) if options.save else {}
    return {name: (_form(name, plain, kept), Waiting()) for name in names}


class _Form:
    """One format over all drafts. `shows_all_together`: it needs what `_Kept` keeps of them."""

    shows_all_together = False

    def __init__(self, options: Options, kept: _Kept) -> None:
        self._options = options
        self._kept = kept

    def taken(self, one: Linted) -> str | None:
        """Takes a draft; the part that can be written at once."""

    def unread(self, problem: DraftProblem) -> str | None:
        """The part for a draft that could not be read."""

    def rest(self) -> Iterable[str]:
        """What stands behind the parts; may be asked again."""
        return ()

    def _draft(self, one: Linted, lines: Iterable[int]) -> LintedDraft:
        from reputation.formats.lint_table import LintedDraft
        from reputation.risk.sentences import risk_lines

        return LintedDraft(one.facts.file, one.results, one.facts.lines(lines), risk_lines(one.risk))


class _Tables(_Form):
    def taken(self, one: Linted) -> str:
        from reputation.cli.frame.terminal import wants_color
        from reputation.cli.frame.wrap import terminal_width
        from reputation.formats.lint_table import lines_in_table, lint_table

        draft, options = self._draft(one, lines_in_table(one.results)), self._options
        to_file = options.output is not None or any(each.file and each.name == "table" for each in options.formats)
        color = wants_color(options.color, to_file=to_file)
        return lint_table(draft, options.language, min(80, terminal_width()), color=color)


class _Lines(_Form):
    def taken(self, one: Linted) -> str:
        from reputation.formats.lint_lines import lint_line

        language = self._options.language
        return lint_line(one.facts.file, one.results, _risk_fields(one.risk, language), language)

    def unread(self, problem: DraftProblem) -> str:
        """No results, no risk, and why."""
        from reputation.formats.lint_lines import lint_line

        language = self._options.language
        fields = {**_risk_fields(None, language), "problem": render(problem.message, language)}
        return lint_line(problem.file, (), fields, language)


class _Page(_Form):
    def __init__(self, options: Options, kept: _Kept) -> None:
        super().__init__(options, kept)
        self._drafts: list[str] = []

    def taken(self, one: Linted) -> None:
        """Kept as HTML: what could not be read stands before it."""
        from reputation.formats.lint_html import LINES, draft_html

        self._drafts.append(draft_html(self._draft(one, LINES), self._options.language))

    def rest(self) -> Iterable[str]:
        from reputation.formats.lint_html import lint_html

        return lint_html(self._drafts, self._options.language, [one.message for one in self._kept.problems])


class _Json(_Form):
    shows_all_together = True

    def rest(self) -> Iterable[str]:
        from reputation.formats.json_pieces import json_pieces
        from reputation.formats.report_json import report_fields

        language = self._options.language
        files = ({"file": file, **_risk_fields(risk, language)} for file, risk in self._kept.files)
        return json_pieces({**report_fields(self._kept.report(), language), "files": files})


class _Report(_Form):
    """A format that all commands share."""

    shows_all_together = True

    def __init__(self, options: Options, kept: _Kept, name: str) -> None:
        super().__init__(options, kept)
        self._name = name

    def rest(self) -> Iterable[str]:
        from reputation.cli.frame.reporting import render_report

        yield render_report(self._kept.report(), self._name, self._options)


class _Kept:
    """What is left of the drafts for the formats that show all of them together: no byte and no text of a draft."""

    def __init__(self, options: Options, begun: float) -> None:
        self._options = options
        self._begun = begun
        self.files: list[tuple[str, Risk | None]] = []
        self.problems: list[DraftProblem] = []
        self._results: list[Result] = []

    def take(self, one: Linted) -> None:
        self.files.append((one.facts.file, one.risk))
        self._results += one.results

    def report(self) -> Report:
        """The drafts as a report, for the formats that all commands share."""
        import secrets
        from datetime import UTC, datetime

        from reputation.model import Run, Subject
        from reputation.policy import with_changes
        from reputation.risk.sentences import risk_lines
        from reputation.run import Examined, report_on

        now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")  # noqa: TID251 - the clock of this run
        run = Run(
            id=secrets.token_hex(8), started_at=now, duration_s=round(time.monotonic() - self._begun, 2), offline=True,
            language=self._options.language,
        )  # fmt: skip
        said = ((file, sentence) for file, risk in self.files for sentence in risk_lines(risk))
        notes = tuple(say("{file}: {risk}", file=file, risk=sentence) for file, sentence in said)
        names = (*(file for file, _ in self.files), *(problem.file for problem in self.problems))
        examined = Examined(tuple(self._results), notes)
        problems, policy = tuple(self.problems), with_changes(self._options.policy)
        return report_on(Subject(drafts=names), examined, policy, run, problems)


def _form(name: str, options: Options, kept: _Kept) -> _Form:
    own = {"table": _Tables, "json-lines": _Lines, "html": _Page, "json": _Json}
    return own[name](options, kept) if name in own else _Report(options, kept, name)


def _risk_fields(risk: Risk | None, language: str) -> dict[str, Json]:
    """The fields about the risk; null where it could not be told."""
    if risk is None:
        return {"risk": None, "risk_score": None, "risk_reasons": {"up": [], "down": []}, "wording_judged": None}
    up: list[Json] = [render(text, language) for text in risk.up]
    down: list[Json] = [render(text, language) for text in risk.down]
    return {
        "risk": risk.band.value, "risk_score": risk.score, "risk_reasons": {"up": up, "down": down},
        "wording_judged": risk.wording_judged,
    }  # fmt: skip
