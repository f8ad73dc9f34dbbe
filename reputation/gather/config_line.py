"""Finds the line of a setting in a configuration file, so that an error can name it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_LARGEST: Final = 1_000_000


def line_of(file: str, table: str, index: int, key: str) -> int:
    """The line, from 1, of `key` in [watch] or in the `index`-th [[watch.TABLE]]; 0 when it cannot be found."""
    try:
        lines = Path(file).read_bytes()[:_LARGEST].decode("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return 0
    heading = r"\[(tool\.reputation\.)?watch\]" if table == "watch" else rf"\[\[(tool\.reputation\.)?watch\.{table}\]\]"
    begins = [number for number, line in enumerate(lines, 1) if re.match(rf"\s*{heading}", line)]
    if index >= len(begins):
        return 0
    begin = begins[index]
    return next(_lines_with(key, lines, begin), begin)


def _lines_with(key: str, lines: list[str], begin: int) -> Iterator[int]:
    for number, line in enumerate(lines[begin:], begin + 1):
        if re.match(r"\s*\[", line):
            return
        if re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[=.]", line):
            yield number
