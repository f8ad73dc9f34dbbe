"""A report from the first question to the files: the way of every command that ends in a Report."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reputation.bad_input import problem_of
from reputation.cli.frame.options import Options
from reputation.cli.frame.output import COULD_NOT_WRITE, check_formats, deliver, exit_code
from reputation.cli.frame.telling import tell
from reputation.cli.frame.wrap import WIDEST
from reputation.text import say

if TYPE_CHECKING:
    from reputation.catalogue import Selection
    from reputation.cli.frame.asking import Asking
    from reputation.formats import RenderOptions
    from reputation.model import Report
    from reputation.policy import Policy
    from reputation.run import Request


UNREAD_DRAFT: Final = 2
SUFFIXES: Final = {"table": "txt", "markdown": "md", "json-lines": "jsonl"}


def check_report_formats(options: Options) -> None:
    """Raises BadInput for a format that no report has."""
    from reputation.formats import format_names

    check_formats(options, format_names())


def run_and_deliver(request: Request, options: Options) -> int:
    """The whole of `check`: everything that can be wrong is looked at before the first question."""
    from reputation.cli.frame.asking import asking, policy_of, selection

    chosen, policy = selection(options), policy_of(options)
    with asking(options) as ask:
        report = checked(request, chosen, ask, policy)
    return deliver_report(report, options)


def checked(request: Request, chosen: Selection, ask: Asking, policy: Policy) -> Report:
    """Gather, judge and score."""
    from reputation.run import Examined, Means, examine, report

    means = Means(lookup=ask.lookup, lists=chosen.lists, listing=ask.listing_options(), policy=policy)
    examined = examine(request, means)
    return report(request, Examined(examined.results, (*chosen.notes, *examined.notes)), policy, ask.run())


def deliver_report(report: Report, options: Options) -> int:
    """Writes every format, keeps a copy where --save wants it, and gives the exit code of the report."""
    from reputation.formats import format_names

    not_written = deliver(lambda name: render_report(report, name, options), options, format_names())
    plain = options._replace(color="never")
    not_saved = save_copies(report, lambda name: render_report(report, name, plain), options)
    unread = UNREAD_DRAFT if report.problems else 0
    if options.wants("nagios"):
        from reputation.formats.report_nagios import UNKNOWN, report_code

        code = report_code(report, render_options("nagios", options))
        return code or (UNKNOWN if not_written or not_saved else 0)
    return unread or exit_code(report.results, options) or not_written or not_saved


def render_report(report: Report, name: str, options: Options) -> str:
    """The report in one format, fit for the terminal or for a file."""
    from reputation.formats import render

    return render(name, report, render_options(name, options))


def render_options(name: str, options: Options) -> RenderOptions:
    """How this format is to be rendered here."""
    from reputation.cli.frame.terminal import has_unicode, wants_color
    from reputation.cli.frame.wrap import terminal_width
    from reputation.formats import RenderOptions
    from reputation.gather.folders import working_folder

    to_file = options.output is not None or any(one.name == name and one.file for one in options.formats)
    return RenderOptions(
        language=options.language, width=WIDEST if to_file else terminal_width(), verbose=options.verbose > 0,
        color=wants_color(options.color, to_file=to_file), unicode=to_file or has_unicode(), strict=options.strict,
        warning=options.warning, critical=options.critical, folder=working_folder(),
    )  # fmt: skip


def save_copies(report: Report, render_as: Callable[[str], str | Iterable[str]], options: Options) -> int:
    """Where --save wants it: JSON, from which everything else can be rendered again, and each other format asked for.

    0, or 2 when it could not be written. `render_as` gets a format name and returns the text, in one or in pieces.
    """
    if options.save is None:
        return 0
    from reputation.gather.reports import save

    stem = _stem(report)
    wanted = dict.fromkeys(["json", *(request.name for request in options.formats)])
    try:
        for name in wanted:
            save(options.save, f"{stem}.{SUFFIXES.get(name, name)}", render_as(name))
    except OSError as error:
        sentence = say(
            "Error: the report could not be saved in {folder} ({problem}).",
            folder=str(options.save), problem=problem_of(error),
        )  # fmt: skip
        tell(sentence, options.language)
        return COULD_NOT_WRITE
    return 0


def _stem(report: Report) -> str:
    """What the report is about and when, such as example.com-20261124-120000."""
    from reputation.formats.clean import file_stem

    drafts = (Path(name).name.strip("<>") for name in report.subject.drafts)
    about = [*report.subject.domains, *report.subject.ips, *drafts, "report"][0]
    digits = "".join(character for character in report.run.started_at if character.isdigit())
    return f"{file_stem(about)[:70]}-{digits[:8]}-{digits[8:14]}"
