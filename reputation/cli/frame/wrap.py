"""Lines that fit the terminal, with Han characters counted as the two columns that they take."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

WIDEST: Final = 100
NARROWEST: Final = 20
_NO_LINE_BEGINS_WITH: Final = "，。；：！？、）》”’,.;:!?)"


def terminal_width() -> int:
    """Columns of the terminal or of COLUMNS; what is no terminal has 100."""
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size((WIDEST, 24)).columns))


def columns(text: str) -> int:
    """The columns that `text` takes."""
    return len(text) if text.isascii() else sum(2 if _is_wide(character) else 1 for character in text)


@lru_cache(maxsize=4096)
def _is_wide(character: str) -> bool:
    if character.isascii():
        return False
    import unicodedata  # a megabyte that English help does without

    return unicodedata.east_asian_width(character) in "WF"


def wrapped(text: str, width: int = 0, indent: str = "") -> str:
    """`text` with its own line ends kept and long lines broken between words or between Han characters."""
    room = (width or min(terminal_width(), 80 if sys.stdout.isatty() else WIDEST)) - columns(indent)
    return "\n".join(indent + line for own in text.split("\n") for line in _lines(own, max(room, NARROWEST)))


def _lines(text: str, room: int) -> Iterator[str]:
    line = ""
    for piece in _pieces(text):
        fits = columns(line) + columns(piece.rstrip()) <= room
        if fits or not line or (len(piece) == 1 and piece in _NO_LINE_BEGINS_WITH):
            line += piece
        else:
            yield line.rstrip()
            line = piece.lstrip()
    yield line.rstrip()


def _pieces(text: str) -> Iterator[str]:
    """What must not be broken: a Han character, a word, the spaces between two words."""
    piece = ""
    for character in text:
        if piece and (_is_wide(character) or _is_wide(piece[-1]) or character.isspace() != piece[-1].isspace()):
            yield piece
            piece = ""
        piece += character
    yield piece
