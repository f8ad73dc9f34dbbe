"""Text in columns: a Han character takes two, and a line breaks between Han characters as it does at a space."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from reputation.records.later import later

_NO_BREAK_BEFORE: Final = "。，、；：？！）》」』”’…%％"
_NO_BREAK_AFTER: Final = "（《「『“‘"
_WORD: Final = later(r"\s+|\S+")
_PIECE: Final = later(  # 3 ms to compile
    r"\s+|[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef]|[^\s\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef]+"
)


def columns(text: str) -> int:
    """How many columns of a terminal the text takes."""
    return len(text) if text.isascii() else sum(map(_columns_of, text))


@lru_cache(maxsize=4096)
def _columns_of(character: str) -> int:
    import unicodedata  # a megabyte that a page in ASCII does without

    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def pad(text: str, width: int) -> str:
    """The text filled with spaces to `width` columns."""
    return text + " " * max(0, width - columns(text))


def wrap(text: str, width: int, indent: str = "") -> list[str]:
    """Lines of at most `width` columns, each after `indent`. A word longer than a line stays whole: it may be a URL."""
    out, line, used, room = [], "", 0, max(10, width - columns(indent))
    for piece in _pieces(text):
        if piece.isspace():
            line, used = (line + " ", used + 1) if used else (line, used)
            continue
        size = columns(piece)
        if used and used + size > room:
            out.append(indent + line.rstrip())
            line, used = "", 0
        line, used = line + piece, used + size
    return [*out, indent + line.rstrip()] if line.strip() or not out else out


def _pieces(text: str) -> Iterator[str]:
    """Words, spaces and single Han characters; closing punctuation stays with what it closes."""
    held = ""
    for piece in (_WORD if text.isascii() else _PIECE).findall(text):
        if held and (piece[0] in _NO_BREAK_BEFORE or held[-1] in _NO_BREAK_AFTER):
            held += piece
            continue
        if held:
            yield held
        held = piece
    if held:
        yield held
