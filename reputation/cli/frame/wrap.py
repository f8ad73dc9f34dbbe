"""Lines that fit the terminal, with Han characters counted as the two columns that they take."""

from __future__ import annotations

import re
import shutil
import sys
import unicodedata
from collections.abc import Iterator
from typing import Final

WIDEST: Final = 100
NARROWEST: Final = 20
_NO_LINE_BEGINS_WITH: Final = "，。；：！？、）》”’,.;:!?)"
_PIECE: Final = re.compile(r"[⺀-￯]|[^\s⺀-￯]+|\s+")


def terminal_width() -> int:
    """Columns of the terminal or of COLUMNS; what is no terminal has 100."""
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size((WIDEST, 24)).columns))


def columns(text: str) -> int:
    """The columns that `text` takes."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def wrapped(text: str, width: int = 0, indent: str = "") -> str:
    """`text` with its own line ends kept and long lines broken between words or between Han characters."""
    room = (width or min(terminal_width(), 80 if sys.stdout.isatty() else WIDEST)) - columns(indent)
    return "\n".join(indent + line for own in text.split("\n") for line in _lines(own, max(room, NARROWEST)))


def _lines(text: str, room: int) -> Iterator[str]:
    line = ""
    for piece in _PIECE.findall(text):
        fits = columns(line) + columns(piece.rstrip()) <= room
        if fits or not line or (len(piece) == 1 and piece in _NO_LINE_BEGINS_WITH):
            line += piece
        else:
            yield line.rstrip()
            line = piece.lstrip()
    yield line.rstrip()
