"""Where the report goes: standard output, a file, several files. A report that cannot be filed reaches the terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reputation.bad_input import BadInput, problem_of
from reputation.cli.frame.options import FormatRequest, Options
from reputation.text import render, say

if TYPE_CHECKING:
    from reputation.gather.reports import Spool
    from reputation.model import Result

Renderer = Callable[[str], str]
COULD_NOT_WRITE = 2
_BLOCK = 1 << 16  # characters
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
    codes = [_written(request, render_as(request.name), options) for request in options.formats]
    return max(codes, default=0)


def _written(request: FormatRequest, text: str, options: Options) -> int:
    return WayOut(request, options).finish(lambda: (text,))


def ways_out(options: Options) -> list[WayOut]:
    """One for each format that was asked for. What comes before the end is shown at once by the first of those that go
    to standard output; the others wait for their turn."""
    files = [_target(request, options) for request in options.formats]
    first = files.index(None) if None in files else -1
    return [WayOut(request, options, at_once=at == first) for at, request in enumerate(options.formats)]


def _target(request: FormatRequest, options: Options) -> Path | None:
    file = request.file or options.output
    return None if str(file) == "-" else file


class Waiting:
    """Parts of a text, with a line end between two of them, that wait on disk for what stands behind them."""

    def __init__(self, becomes: Path | None = None) -> None:
        self._becomes = becomes
        self._spool: Spool | None = None

    def write(self, part: str) -> None:
        """Appends a part."""
        from reputation.gather.reports import Spool

        between = "\n" if self._spool else ""
        self._spool = self._spool or Spool(self._becomes)
        self._spool.write(between + part)

    def pieces(self, rest: Iterable[str]) -> Iterator[str]:
        """All parts and the rest."""
        yield from self._spool.pieces() if self._spool else ()
        yield from rest


class WayOut:
    """Where one format goes, which may come in parts before its end: a file gets all of it or nothing."""

    def __init__(self, request: FormatRequest, options: Options, *, at_once: bool = False) -> None:
        self._name = request.name
        self._options = options
        self._file = _target(request, options)
        self._waiting = None if at_once else Waiting(self._file)
        self._is_alone = len(options.formats) == 1
        self._refused: OSError | None = None
        self._between = ""
        self._last = "\n"

    def write(self, part: str) -> None:
        """A part before the end. OSError when standard output takes no more and nothing else is to be written."""
        if self._waiting:
            self._waiting.write(part)
            return
        ended = part if part.endswith("\n") else part + "\n"  # whoever reads lines need not wait for the next
        try:
            if self._refused is None:
                self._print(self._between + ended)
        except OSError as error:
            if self._is_alone:
                raise
            self._refused = error  # raised when it is its turn: the formats before it are written all the same
        self._between = "\n" if ended is part else ""

    def finish(self, rest: Callable[[], Iterable[str]]) -> int:
        """Writes what stands behind the parts. 0, or 2 when a file could not be written. OSError as `write`."""
        if self._refused:
            raise self._refused
        if self._file is not None:
            return self._write_file(self._file, rest)
        self._print_all(rest)
        return 0

    def _pieces(self, rest: Callable[[], Iterable[str]]) -> Iterable[str]:
        return self._waiting.pieces(rest()) if self._waiting else rest()

    def _print_all(self, rest: Callable[[], Iterable[str]]) -> None:
        for block in _blocks(self._pieces(rest)):
            self._print(block)
        if self._last != "\n":
            self._print("\n")

    def _print(self, text: str) -> None:
        _print(text, to_read=self._name in READ_ON_SCREEN)
        self._last = text[-1:] or self._last

    def _write_file(self, file: Path, rest: Callable[[], Iterable[str]]) -> int:
        from reputation.gather.reports import write_whole

        try:
            write_whole(file, self._pieces(rest))
        except OSError as error:
            self._print_all(rest)
            _say_unwritten(file, error, self._options)
            return COULD_NOT_WRITE
        return 0


def _blocks(pieces: Iterable[str]) -> Iterator[str]:
    """The same text in longer pieces: each that is printed is also flushed."""
    waiting, size = [], 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size >= _BLOCK:
            yield "".join(waiting)
            waiting, size = [], 0
    yield "".join(waiting)


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


def _say_unwritten(file: Path, error: OSError, options: Options) -> None:
    from reputation.formats.clean import one_line

    sentence = say(
        "Error: {file} could not be written ({problem}); the report is above.",
        file=str(file), problem=problem_of(error),
    )  # fmt: skip
    print(one_line(render(sentence, options.language)), file=sys.stderr)


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
