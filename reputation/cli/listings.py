"""`reputation listings`."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Annotated

from reputation.cli.frame import Argument, BadInput, Option, Options, deliver, exit_code
from reputation.cli.frame.output import check_formats
from reputation.text import Text, render, say

if TYPE_CHECKING:
    from reputation.cli.frame.asking import Asking
    from reputation.formats.json_lines import ListingLines
    from reputation.listing_run import JudgedSubject
    from reputation.model import Outcome, Result
    from reputation.policy import Policy
    from reputation.records.target import Target

HELP = say("Ask the blocklists, and nothing else, about domains, e-mail addresses, IP addresses and blocks of them.")
LINES = "json-lines"
_TARGETS = say("Domains, e-mail addresses, IP addresses, or blocks such as 203.0.113.0/24.")
_RARELY = 1_000_000  # allocations between collections: a bulk run makes no cycles, and looking costs a fifth of it
_FILE = say("Read one target a line from this file; - is standard input.")


def command(
    options: Options,
    targets: Annotated[list[str] | None, Argument(metavar="TARGET...", help=str(_TARGETS))] = None,
    targets_file: Annotated[str | None, Option("--targets", metavar="FILE", help=str(_FILE))] = None,
) -> int:
    """Each target is asked about once, whatever the number of formats."""
    from reputation.cli.frame.asking import asking, policy_of, selection
    from reputation.formats import format_names
    from reputation.listing_run import ListingRun, subjects_of

    check_formats(options, sorted({LINES, *format_names()}))
    gc.set_threshold(_RARELY)
    subjects = subjects_of(_targets(targets or [], targets_file))
    chosen, policy = selection(options), policy_of(options)
    with asking(options) as ask:
        run = ListingRun(ask.lookup, chosen.lists, ask.listing_options(), policy.severities)
        if not _only_lines(options):
            return _report(run.judged(subjects), lambda: (*chosen.notes, *run.notes), ask, policy)
        code = _stream(run.judged(subjects), options)
        _tell((*chosen.notes, *run.notes), options)
    return code


def _only_lines(options: Options) -> bool:
    plain = [(request.name, request.file) for request in options.formats] == [(LINES, None)]
    return plain and options.output is None and options.save is None


def _targets(typed: Sequence[str], file: str | None) -> list[Target]:
    from reputation.gather.target_file import read_targets
    from reputation.records.target import parse_target

    found = [parse_target(text) for text in typed] + (read_targets(file) if file else [])
    if not found:
        raise BadInput(say("Nothing to ask about: name a domain, an address or an IP, or give --targets FILE."))
    return found


def _stream(judged: Iterable[JudgedSubject], options: Options) -> int:
    """A line as soon as its subject is known; for the exit code one result of each outcome is kept."""
    from reputation.formats.json_lines import ListingLines

    lines = ListingLines(options.language)
    outcomes: dict[Outcome, Result] = {}
    for one in judged:
        sys.stdout.write(_line(lines, one))
        outcomes.update((template.outcome, template) for template in one.templates)
    sys.stdout.flush()
    return exit_code(tuple(outcomes.values()), options)


def _line(lines: ListingLines, one: JudgedSubject) -> str:
    return lines.line(one.subject.text, one.templates, one.verdict, one.coverage) + "\n"


def _report(
    one_by_one: Iterable[JudgedSubject], notes: Callable[[], Sequence[Text]], ask: Asking, policy: Policy
) -> int:
    """The usual report over all subjects, and the lines beside it where they were asked for too."""
    from reputation.cli.frame.reporting import deliver_report
    from reputation.listing_run import listing_report

    judged, options = tuple(one_by_one), ask.options
    as_lines = tuple(request for request in options.formats if request.name == LINES)
    others = tuple(request for request in options.formats if request.name != LINES)
    code = deliver_report(listing_report(judged, notes(), policy, ask.run()), options._replace(formats=others))
    return max(code, deliver(lambda _: _all_lines(judged, options), options._replace(formats=as_lines), (LINES,)))


def _all_lines(judged: Sequence[JudgedSubject], options: Options) -> str:
    from reputation.formats.json_lines import ListingLines

    lines = ListingLines(options.language)
    return "".join(_line(lines, one) for one in judged)


def _tell(notes: Sequence[Text], options: Options) -> None:
    """What concerns the run and not one subject goes to standard error, so that the lines stay lines."""
    if not options.quiet:
        for note in notes:
            print(render(note, options.language), file=sys.stderr)
