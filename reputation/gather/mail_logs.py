"""Mail logs read line by line, packed with gzip or not; only the lines about failures come out."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Final, TextIO

from reputation.bounces.find import Found, Kind
from reputation.bounces.find.events import events_in
from reputation.bounces.find.logs import failure_in_line, failures_in_powermta, is_powermta_header

_GZIP: Final = b"\x1f\x8b"
_MAX_UNPACKED: Final = 4 * 1024 * 1024 * 1024


def log_failures(path: Path) -> Iterator[Found]:
    """One Found for each failed or deferred recipient of a log. Raises OSError and EOFError as files do."""
    with _opened(path) as stream:
        yield from failures_in_lines(_bounded(stream))


def _opened(path: Path) -> TextIO:
    with path.open("rb") as probe:
        packed = probe.read(2) == _GZIP
    if packed:
        return gzip.open(path, "rt", encoding="utf-8", errors="replace")
    return path.open(encoding="utf-8", errors="replace")


def _bounded(stream: TextIO) -> Iterator[str]:
    """At most 4 GB of text, so that a packed file can not unpack without end; long lines come in pieces."""
    read = 0
    while read < _MAX_UNPACKED and (line := stream.readline(64 * 1024)):
        read += len(line)
        yield line


def failures_in_lines(lines: Iterable[str]) -> Iterator[Found]:
    """The failures of log lines of any kind that is known."""
    rest = iter(lines)
    first = next(rest, "")
    whole = chain((first,), rest)
    if is_powermta_header(first):
        yield from (Found(Kind.BOUNCE, (failure,)) for failure in failures_in_powermta(whole))
        return
    for line in whole:
        if line.startswith("{"):
            yield from events_in(line) or ()
            continue
        failure = failure_in_line(line)
        if failure is not None:
            yield Found(Kind.BOUNCE, (failure,))
