"""Where the report goes: standard output, a file, several files. A report that cannot be filed reaches the terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reputation.bad_input import BadInput, problem_of
from reputation.cli.frame.options import FormatRequest, Options
from reputation.text import render, say

if TYPE_CHECKING:
    from reputation.model import Result

Renderer = Callable[[str], str]
COULD_NOT_WRITE = 2
READ_ON_SCREEN = ("table", "nagios", "github")


def check_formats(options: Options, known: Sequence[str]) -> None:
    """Raises BadInput for a format that this command does not have; call it before any work."""
    without_file = sum(request.file is None for request in options.formats)
    if options.output is not None and without_file > 1:
        raise BadInput(say("--output takes one format; give each further one its own file, as in -f json=report.json"))
    if options.output is not None and not without_file:
        raise BadInput(say("--output has nothing to write, because each format has a file of its own"))
    for request in options.formats:
        if request.name not in known:
            import difflib

            near = difflib.get_close_matches(request.name, known, 1)
            raise BadInput(
                say("There is no format {name} here; did you mean {near}?", name=request.name, near=near[0])
                if near
                else say("There is no format {name} here; known are {known}", name=request.name, known=tuple(known))
            )


def deliver(render_as: Renderer, options: Options, known: Sequence[str] = ("table", "json")) -> int:
    """Renders each format asked for and writes it where it was asked to go. 0, or 2 when a file could not be written.

    `render_as` gets a format name and returns the text.
    """
    check_formats(options, known)
    codes = [
        _write(request.name, render_as(request.name), _target(request, options), options) for request in options.formats
    ]
    return max(codes, default=0)


def _target(request: FormatRequest, options: Options) -> Path | None:
    return request.file or options.output


def _write(name: str, text: str, file: Path | None, options: Options) -> int:
    if file is not None and str(file) != "-":
        return _write_file(name, text, file, options)
    _print(text if text.endswith("\n") or not text else text + "\n", to_read=name in READ_ON_SCREEN)
    return 0


def _print(text: str, *, to_read: bool) -> None:
    """What a person reads takes the terminal's encoding; a document sent into a file or pipe says UTF-8 of itself and
    has its own line ends, whatever a redirected console would make of them (GBK on a Chinese Windows)."""
    raw = getattr(sys.stdout, "buffer", None)
    if to_read or raw is None or sys.stdout.isatty():
        sys.stdout.write(text)
    else:
        sys.stdout.flush()
        raw.write(text.encode("utf-8", errors="replace"))
    sys.stdout.flush()


def _write_file(name: str, text: str, file: Path, options: Options) -> int:
    from reputation.gather.reports import write_whole

    try:
        write_whole(file, text)
    except OSError as error:
        _write(name, text, None, options)
        sentence = say(
            "Error: {file} could not be written ({problem}); the report is above.",
            file=str(file), problem=problem_of(error),
        )  # fmt: skip
        from reputation.formats.clean import one_line

        print(one_line(render(sentence, options.language)), file=sys.stderr)
        return COULD_NOT_WRITE
    return 0


def exit_code(results: Sequence[Result], options: Options) -> int:
    """0 nothing at or above --fail-on, 1 something, 3 could not tell: nothing known, or --strict and any unknown."""
    from reputation.model import Outcome

    outcomes = {r.outcome for r in results if r.outcome is not Outcome.SKIPPED}
    worst = {"warn": {Outcome.WARN, Outcome.FAIL}, "fail": {Outcome.FAIL}, "never": set()}[options.fail_on]
    if outcomes & worst:
        return 1
    if outcomes <= {Outcome.UNKNOWN} or (options.strict and Outcome.UNKNOWN in outcomes):
        return 3
    return 0
