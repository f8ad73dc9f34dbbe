"""`reputation lint`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from reputation.cli.frame import Options, deliver, exit_code
from reputation.cli.frame.output import check_formats
from reputation.text import render, say

if TYPE_CHECKING:
    from reputation.lint_run import Linted

HELP = say("Lint drafts: what filters, receivers and good practice hold against a text, by line and column.")
OFFLINE = True
FORMATS = ("table", "json-lines")


def command(
    options: Options,
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FILE...]", help=str(say("Drafts or folders; - or nothing reads a pasted text."))),
    ] = None,
) -> int:
    """Lints each draft; a draft that can not be read is said on standard error and the others are still linted."""
    from reputation.gather.drafts import DraftProblem
    from reputation.lint_run import lint
    from reputation.policy import with_changes

    check_formats(options, FORMATS)
    linted, problems = [], 0
    for one in lint(files or (), with_changes(options.policy)):
        if isinstance(one, DraftProblem):
            problems += 1
            print(render(say("Error: {what}", what=one.message), options.language), file=sys.stderr)
        else:
            linted.append(one)
    if not linted:
        return 2
    undelivered = deliver(lambda name: _rendered(name, linted, options.language), options, FORMATS)
    return 2 if problems or undelivered else exit_code([r for one in linted for r in one.results], options)


def _rendered(name: str, linted: Sequence[Linted], language: str) -> str:
    from reputation.formats.lint_lines import lint_line
    from reputation.formats.lint_table import lint_table

    if name == "json-lines":
        return "\n".join(lint_line(one.facts.file, one.results, language) for one in linted)
    return "\n".join(lint_table(one.facts.file, one.results, one.facts.lines(), language) for one in linted)
