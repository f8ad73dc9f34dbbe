"""`reputation lint`."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from reputation.cli._lint_settings import configured, tell_mistyped
from reputation.cli._paste import invite
from reputation.cli.frame import Argument, BadInput, Option, Options, deliver, exit_code
from reputation.cli.frame.output import check_formats
from reputation.gather.draft_names import is_draft_name
from reputation.lint_settings import LintSettings, no_such_check
from reputation.text import render, say
from reputation.whole_number import whole_number

if TYPE_CHECKING:
    from reputation.formats.lint_table import LintedDraft
    from reputation.gather.second_filter import LocalFilter
    from reputation.lint_run import Linted
    from reputation.model import DraftProblem, Json, Report, Result
    from reputation.risk.model import Risk

HELP = say("Lint drafts: what filters, receivers and good practice hold against a text, by line and column.")
OFFLINE = True
USED = {"timeout": say("How long a filter of --with may take for each draft.")}
FORMATS = ("table", "json", "json-lines", "sarif", "junit", "github", "html", "markdown", "csv")
_FILES = Argument(
    metavar="[FILE...]", help=str(say("Drafts or folders; - or nothing reads a pasted text.")), wanted=is_draft_name
)


def command(  # noqa: PLR0913 - one parameter an option
    options: Options,
    files: Annotated[list[str] | None, _FILES] = None,
    *,
    fix: Annotated[
        bool, Option("--fix", help=str(say("Show the safe repairs as a diff instead of the findings.")))
    ] = False,
    write: Annotated[bool, Option("--write", help=str(say("With --fix: write the repairs into the files.")))] = False,
    learn: Annotated[
        str | None,
        Option(
            "--learn",
            metavar="FOLDER",
            help=str(say("Fit the risk to your own delivered campaigns in FOLDER; kept on this machine.")),
        ),
    ] = None,
    beside: Annotated[
        list[str] | None,
        Option(
            "--with",
            metavar="FILTER",
            help=str(say("Ask a filter on this machine too: spamassassin or rspamd, with :PORT if needed.")),
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        Option("--ignore", metavar="CHECK", help=str(say("Leave this check out. May be repeated."))),
    ] = None,
    only: Annotated[
        list[str] | None,
        Option("--only", metavar="CHECK", help=str(say("Ask only this check. May be repeated."))),
    ] = None,
    skip_empty: Annotated[
        bool, Option("--skip-empty", help=str(say("Pass over empty files, as a commit hook must.")))
    ] = False,
) -> int:
    """Lints each draft; a draft that can not be read is said on standard error and the others are still linted."""
    check_formats(options, FORMATS)
    given = {"--learn": learn is not None, "--fix": fix, "--write": write, "--with": bool(beside)}
    _refuse_together(files or (), given, options)
    if learn is not None:
        return _learned(Path(learn), options)
    begun = time.monotonic()
    filters = [_filter(words, options.timeout) for words in beside or ()]
    chosen, settings = _chosen(_asked_only(only), _names(ignore)), LintSettings() if only else configured(options)
    invite(files or (), options)
    linted, problems = _linted(files or (), chosen, settings, options)
    problems = _told(problems, options, skip_empty=skip_empty)
    for one in linted:
        tell_mistyped(one.facts, options)
    linted = [_asked(one, filters) for one in linted]
    if fix:
        return _fixed(linted, chosen, options, write=write) or (2 if problems else 0)
    return _Page(linted, problems, options, begun).delivered()


def _refuse_together(files: Sequence[str], own: Mapping[str, bool], options: Options) -> None:
    """Raises a sentence for words that would be ignored beside others."""
    given = {**own, "--save": options.origins.get("save") == "command line"}
    if given["--learn"] and files:
        raise BadInput(say("--learn reads its folder alone; lint {file} in a second call", file=files[0]))
    if given["--write"] and not given["--fix"]:
        raise BadInput(say("--write writes what --fix repairs; name both"))
    if given["--fix"]:
        from reputation.cli._lint_fix import check_fix

        check_fix(options, [name for name in ("--learn", "--with", "--save") if given[name]])
    for other in ("--save", "--with"):
        if given["--learn"] and given[other]:
            raise BadInput(say("--learn makes no report, so {other} has no use; leave it away", other=other))


def _names(given: Sequence[str] | None) -> list[str]:
    """The ids of checks; several may stand in one word, parted by commas as in the configuration."""
    return [name for words in given or () for part in words.split(",") if (name := part.strip())]


def _asked_only(given: Sequence[str] | None) -> list[str]:
    """The ids of --only. Raises a sentence for an empty one, which would ask every check and drop the configuration."""
    names = _names(given)
    if given and not names:
        raise BadInput(say("{option} needs the id of a check", option="--only"))
    return names


def _fixed(linted: Sequence[Linted], checks: frozenset[str], options: Options, *, write: bool) -> int:
    from reputation.cli._lint_fix import fix_drafts

    return fix_drafts([one.facts for one in linted], checks, options, write=write)


def _chosen(only: Sequence[str], ignored: Sequence[str]) -> frozenset[str]:
    """The ids of the checks to ask. Raises a sentence for an id that no check of drafts has, or when none is left."""
    from reputation.checks.registry import checks_of

    known = {check.id for check in checks_of("content")}
    for name in (*only, *ignored):
        if name not in known:
            raise BadInput(no_such_check(name, known))
    by_default = {check.id for check in checks_of("content") if check.default}
    left = frozenset(set(only) or by_default) - set(ignored)
    if not left:
        raise BadInput(say("no check is left to ask: --ignore names all of them"))
    return left


def _filter(words: str, timeout: float) -> LocalFilter:
    """A filter to ask, at its usual port where none is named; `timeout` is in seconds for each draft."""
    from reputation.gather.second_filter import LocalFilter

    name, _, port = words.partition(":")
    number = whole_number(port, 1, 65_535) if port else 0
    if name not in ("spamassassin", "rspamd") or number is None:
        raise BadInput(say("--with {words}: expected spamassassin or rspamd, with :PORT if needed", words=words[:80]))
    return LocalFilter(name, number, timeout)


def _asked(one: Linted, filters: Sequence[LocalFilter]) -> Linted:
    """The draft with the opinions of the other filters beside ours."""
    if not filters:
        return one
    from reputation.checks.second_filter import filter_result
    from reputation.gather.as_sent import as_sent

    sent = as_sent(one.facts)
    rows = [filter_result(each.name, one.facts.file, each.opinion(sent)) for each in filters]
    return one._replace(results=(*one.results, *rows))


def _learned(folder: Path, options: Options) -> int:
    """Learns from the delivered campaigns of a folder. 0, or 2 when there are too few or some can not be read."""
    from reputation.facts.draft import DraftFacts
    from reputation.gather.drafts import read_drafts
    from reputation.gather.learned import save_learned
    from reputation.risk.learning import LEAST_MAILS, learn

    if not folder.is_dir():
        raise BadInput(say("{file}: there is no such folder", file=str(folder)))
    found = list(read_drafts([str(folder)]))
    drafts = [one for one in found if isinstance(one, DraftFacts)]
    problems = _told([one for one in found if not isinstance(one, DraftFacts)], options, skip_empty=True)
    learned = learn(drafts)
    if learned is None:
        sentence = say(
            "{file}: {count} campaigns can be read there; at least {least} are needed", file=str(folder),
            count=len(drafts), least=LEAST_MAILS,
        )  # fmt: skip
        raise BadInput(sentence)
    from reputation.formats.clean import one_line

    path = save_learned(learned)
    sentence = say(
        "learned from {count} delivered campaigns: the risk is shifted by {offset}; kept in {file}",
        count=learned.mails, offset=learned.offset, file=str(path),
    )  # fmt: skip
    print(one_line(render(sentence, options.language)))
    return 2 if problems else 0


def _linted(
    files: Sequence[str], checks: frozenset[str], settings: LintSettings, options: Options
) -> tuple[list[Linted], list[DraftProblem]]:
    """What could be linted, and the drafts that could not be read."""
    from reputation.lint_run import Linted, lint
    from reputation.policy import with_changes

    found = list(lint(files, with_changes(options.policy), checks, settings))
    return [one for one in found if isinstance(one, Linted)], [one for one in found if not isinstance(one, Linted)]


def _told(problems: Sequence[DraftProblem], options: Options, *, skip_empty: bool) -> list[DraftProblem]:
    """The problems that count, each said on standard error; of an empty draft that may be skipped only that it was."""
    from reputation.formats.clean import one_line

    counted = [one for one in problems if not (skip_empty and one.is_empty)]
    for one in problems:
        sentence = say("Error: {what}", what=one.message) if one in counted else one.message
        print(one_line(render(sentence, options.language)), file=sys.stderr)
    return counted


class _Page:
    """The drafts of one run in each format."""

    def __init__(
        self, linted: Sequence[Linted], problems: Sequence[DraftProblem], options: Options, begun: float
    ) -> None:
        self._linted = linted
        self._problems = problems
        self._options = options
        self._begun = begun
        self.results: list[Result] = [result for one in linted for result in one.results]

    def delivered(self) -> int:
        """Writes all drafts in each format that was asked for; the exit code."""
        undelivered = deliver(self.rendered, self._options, FORMATS)
        unsaved = self._unsaved()
        if self._problems or unsaved or undelivered:
            return 2
        return exit_code(self.results, self._options) if self._linted else 0

    def _unsaved(self) -> int:
        """Keeps a copy where --save wants it. 0, or 2 when it could not be written."""
        if self._options.save is None:
            return 0
        from reputation.cli.frame.reporting import save_copies

        plain = _Page(self._linted, self._problems, self._options._replace(color="never"), self._begun)
        return save_copies(plain._report(), plain.rendered, plain._options)

    def rendered(self, name: str) -> str:
        """All drafts in one format."""
        if name == "table":
            return "\n".join(self._table(one) for one in self._linted)
        if name == "json-lines":
            return "\n".join([*map(self._line, self._linted), *map(self._unread, self._problems)])
        if name == "json":
            return self._json()
        if name == "html":
            from reputation.formats.lint_html import lint_html

            drafts = [self._draft(one) for one in self._linted]
            return lint_html(drafts, self._options.language, [one.message for one in self._problems])
        from reputation.cli.frame.reporting import render_report

        return render_report(self._report(), name, self._options)

    def _table(self, one: Linted) -> str:
        from reputation.cli.frame.terminal import wants_color
        from reputation.cli.frame.wrap import terminal_width
        from reputation.formats.lint_table import lint_table

        options = self._options
        to_file = options.output is not None or any(one.file and one.name == "table" for one in options.formats)
        color = wants_color(options.color, to_file=to_file)
        return lint_table(self._draft(one), options.language, min(80, terminal_width()), color=color)

    def _draft(self, one: Linted) -> LintedDraft:
        from reputation.formats.lint_table import LintedDraft
        from reputation.risk.sentences import risk_lines

        return LintedDraft(one.facts.file, one.results, one.facts.lines(), risk_lines(one.risk))

    def _line(self, one: Linted) -> str:
        from reputation.formats.lint_lines import lint_line

        return lint_line(one.facts.file, one.results, self._risk(one.risk), self._options.language)

    def _unread(self, one: DraftProblem) -> str:
        """The line of a draft that could not be read: no results, no risk, and why."""
        from reputation.formats.lint_lines import lint_line

        language = self._options.language
        return lint_line(one.file, (), {**self._risk(None), "problem": render(one.message, language)}, language)

    def _json(self) -> str:
        from reputation.formats.report_json import report_object

        files: list[Json] = [{"file": one.facts.file, **self._risk(one.risk)} for one in self._linted]
        whole = {**report_object(self._report(), self._options.language), "files": files}
        return json.dumps(whole, indent=2, allow_nan=False)

    def _risk(self, risk: Risk | None) -> dict[str, Json]:
        """The fields about the risk; null where it could not be told."""
        if risk is None:
            return {"risk": None, "risk_score": None, "risk_reasons": {"up": [], "down": []}, "wording_judged": None}
        language = self._options.language
        up: list[Json] = [render(text, language) for text in risk.up]
        down: list[Json] = [render(text, language) for text in risk.down]
        return {
            "risk": risk.band.value, "risk_score": risk.score, "risk_reasons": {"up": up, "down": down},
            "wording_judged": risk.wording_judged,
        }  # fmt: skip

    def _report(self) -> Report:
        """The drafts as a report, for the formats that all commands share."""
        import secrets

        from reputation.model import Run
        from reputation.policy import with_changes
        from reputation.risk.sentences import risk_lines
        from reputation.run import Examined, Request, report

        now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")  # noqa: TID251 - the clock of this run
        run = Run(
            id=secrets.token_hex(8), started_at=now, duration_s=round(time.monotonic() - self._begun, 2), offline=True,
            language=self._options.language,
        )  # fmt: skip
        notes = tuple(
            say("{file}: {risk}", file=one.facts.file, risk=sentence)
            for one in self._linted
            for sentence in risk_lines(one.risk)
        )
        request = Request(drafts=tuple(one.facts for one in self._linted), problems=tuple(self._problems))
        return report(request, Examined(tuple(self.results), notes), with_changes(self._options.policy), run)
