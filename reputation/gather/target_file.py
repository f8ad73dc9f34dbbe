"""A file of targets: one a line or the first column of a table, "#" begins a comment, "-" is standard input."""

from __future__ import annotations

import contextlib
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from reputation.bad_input import called
from reputation.gather.no_text import no_text
from reputation.model import BadInput
from reputation.records.charset import decode
from reputation.records.target import BadTarget, Target, parse_target
from reputation.text import say

MAX_TARGETS: Final = 100_000
_MAX_BYTES: Final = 10_000_000
_HEAD: Final = 8_192
_CELLS: Final = re.compile(r"[;,\t]")


def read_targets(file: str) -> list[Target]:
    """All targets of the file, read and checked before anything is asked. Raises BadInput with the line's number."""
    data = sys.stdin.buffer.read(_MAX_BYTES + 1) if file == "-" else _read(Path(file))
    if len(data) > _MAX_BYTES:
        raise BadInput(say("{file} is larger than {limit} MB", file=called(file), limit=_MAX_BYTES // 1_000_000))
    refusal = no_text(file, data[:_HEAD])
    if refusal is not None:
        raise BadInput(refusal)
    return targets_in(decode(data).text.splitlines(), "<stdin>" if file == "-" else file)


def targets_in(lines: Iterable[str], file: str) -> list[Target]:
    """The targets of these lines. Raises BadInput with the line's number, and for a file without any."""
    found: list[Target] = []
    for number, line in enumerate(lines, 1):
        typed, *more = _CELLS.split(line.partition("#")[0].strip())
        heads_table = bool(more) and number == 1 and not found
        if typed.strip("\"' ") and not (heads_table and not _is_target(typed)):
            found.append(_target(typed, file, number))
    if not found:
        raise BadInput(say("{file} names no target; expected one domain, address or IP a line", file=called(file)))
    if sum(max(1, len(target.ips)) for target in found) > MAX_TARGETS:
        raise BadInput(say("{file} names more than {limit} targets", file=called(file), limit=MAX_TARGETS))
    return found


def _is_target(typed: str) -> bool:
    with contextlib.suppress(BadTarget):
        return bool(parse_target(typed))
    return False


def _target(typed: str, file: str, number: int) -> Target:
    try:
        return parse_target(typed)
    except BadTarget as error:
        raise BadInput(
            say("{file}, line {number}: {problem}", file=called(file), number=number, problem=error.sentence)
        ) from None


def _read(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(_MAX_BYTES + 1)
