"""`reputation lint`."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

from reputation.cli._lint_output import UNREAD, LintOutput
from reputation.cli._lint_settings import configured, tell_mistyped
from reputation.cli._paste import invite
from reputation.cli.frame import Argument, BadInput, Option, Options
from reputation.cli.frame.output import check_formats
from reputation.cli.frame.telling import tell, tell_error
from reputation.gather.draft_names import is_draft_name
from reputation.lint_settings import LintSettings, no_such_check
from reputation.text import render, say
from reputation.whole_number import whole_number

if TYPE_CHECKING:
    from reputation.gather.second_filter import LocalFilter
    from reputation.lint_run import Linted
    from reputation.model import DraftProblem

T = TypeVar("T")
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
    output = LintOutput(options, time.monotonic())
    filters = [_filter(words, options.timeout) for words in beside or ()]
    chosen, settings = _chosen(_asked_only(only), _names(ignore)), LintSettings() if only else configured(options)
    invite(files or (), options)
    problems = _Problems(options, skip_empty=skip_empty)
    linted = _linted(files or (), chosen, settings, problems)
    if fix:
        return _fixed(list(linted), chosen, options, write=write) or (UNREAD if problems.counted else 0)
    for one in linted:
        output.take(_asked(one, filters))
    return output.finished(problems.counted)


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
    from reputation.gather.drafts import read_drafts
    from reputation.gather.learned import save_learned
    from reputation.risk.learning import LEAST_MAILS, learn

    if not folder.is_dir():
        raise BadInput(say("{file}: there is no such folder", file=str(folder)))
    problems = _Problems(options, skip_empty=True)
    drafts = list(problems.told(read_drafts([str(folder)])))
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
    return UNREAD if problems.counted else 0


def _linted(
    files: Sequence[str], checks: frozenset[str], settings: LintSettings, problems: _Problems
) -> Iterator[Linted]:
    """Each draft that can be read, linted; of what is wrong with the others, and with what a draft says of itself,
    standard error is told."""
    from reputation.lint_run import lint
    from reputation.policy import with_changes

    options = problems.options
    for one in problems.told(lint(files, with_changes(options.policy), checks, settings)):
        tell_mistyped(one.facts, options)
        yield one


class _Problems:
    """The drafts that can not be read, each said on standard error; of an empty one that may be skipped only that it
    was. `counted` are those told so far that make the exit code 2."""

    def __init__(self, options: Options, *, skip_empty: bool) -> None:
        self.options = options
        self.counted: list[DraftProblem] = []
        self._skip_empty = skip_empty

    def told(self, found: Iterable[T | DraftProblem]) -> Iterator[T]:
        """What is no problem."""
        from reputation.model import DraftProblem

        for one in found:
            if not isinstance(one, DraftProblem):
                yield one
            elif one.is_empty and self._skip_empty:
                tell(one.message, self.options.language)
            else:
                self.counted.append(one)
                tell_error(one.message, self.options.language)
