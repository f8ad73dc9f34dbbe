"""Finds the known phrases in a reply: an index from a word of the phrase to the phrase, so that few are tried."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from reputation.bounces.knowledge import Row, knowledge

_WORD: Final = re.compile(r"\w+")
_NO_BLANKS_SCRIPT: Final = re.compile("[\u0e00-\u0e7f\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SAME: Final = str.maketrans("\u2018\u2019\u201c\u201d\u00a0\u2013\u2014", "''\"\" --")
_NAMES: Final = re.compile(
    r"<[^<>\s]{1,120}>:?|(?<!\S)@:?(?!\S)|['\"][^'\"\s]{1,120}['\"]:?|\(?[^\s<>()@:,;]{1,64}@[^\s<>()@:,;]{1,120}[\w>)]:?"
)
_JOINTS: Final = "@._-/="
_PREFIX: Final = 4
_WHOLE_WORD: Final = 5
_NOT_OF_REPLIES: Final = ("auto_replies", "complaints")
_MAX_GAP: Final = 200
MAX_TEXT: Final = 4_000


@dataclass(frozen=True, slots=True)
class Phrase:
    """One alternative of a row: its pieces between the stars, and how much of it is literal."""

    pieces: tuple[str, ...]
    length: int
    row: Row
    starts_word: bool
    ends_word: bool
    is_lone: bool = False
    is_vague: bool = False

    def stands_in(self, text: str) -> bool:
        """Whether the pieces stand in `text` in this order, the first and last at the edge of a word."""
        at = self._first(text)
        for piece in self.pieces[1:]:
            at = _end_of(piece, text, at) if at >= 0 else -1
        return at >= 0

    def _first(self, text: str) -> int:
        piece = self.pieces[0]
        at = text.find(piece)
        while at >= 0:
            end = at + len(piece)
            if self._stands_free(text, at, end):
                return end
            at = text.find(piece, at + 1)
        return -1

    def _stands_free(self, text: str, at: int, end: int) -> bool:
        """Not inside a longer word, and a lone vague word not inside a host name or address either."""
        if self.starts_word and at and text[at - 1].isalnum():
            return False
        if self.ends_word and end < len(text) and text[end].isalnum():
            return False
        if self.is_vague and text[end : end + 1] == "." and text[end + 1 : end + 2].isalnum():
            return False
        if not self.is_lone:
            return True
        joined = text[at - 1 : at] in _JOINTS if at else False
        return not joined and not (text[end : end + 1] in _JOINTS and text[end + 1 : end + 2].isalnum())


def _end_of(piece: str, text: str, start: int) -> int:
    """Where a later piece ends, or -1; a plain word inside a link ("//sender.office.com") says nothing."""
    at = text.find(piece, start, start + _MAX_GAP)
    while at > 0 and piece.isalpha() and text[at - 1] == "/":
        at = text.find(piece, at + 1, start + _MAX_GAP)
    return at + len(piece) if at >= 0 else -1


def normalised(text: str) -> str:
    """The form in which phrases are compared: lower case, one blank, plain quotes; at most MAX_TEXT characters.

    Where names are quoted ("user <joe@example.org> does not exist") the text stands there twice, the second time
    without them, so that a phrase need not know them.
    """
    plain = " ".join(text[: 2 * MAX_TEXT].translate(_SAME).lower().split())[:MAX_TEXT]
    bare = " ".join(_NAMES.sub(" ", plain).split()) if _NAMES.search(plain) else plain
    return plain if bare == plain else f"{plain} \n {bare}"


def matches(text: str) -> list[Phrase]:
    """Every known phrase that stands in the normalised `text`."""
    index = _index()
    words = set(_WORD.findall(text))
    keys = words | {f"^{word[:_PREFIX]}" for word in words}
    candidates = [phrase for key in keys & index.keys() for phrase in index[key]]
    if not text.isascii():
        candidates += index[""]
    candidates += index["."]
    return [phrase for phrase in candidates if phrase.stands_in(text)]


def says_less(phrase: Phrase, other: Phrase) -> bool:
    """Whether the words of a phrase are only a part of another one that was found."""
    return len(phrase.pieces) == 1 and phrase.length < other.length and phrase.pieces[0] in other.pieces[0]


@lru_cache(maxsize=1)
def _index() -> dict[str, list[Phrase]]:
    index: dict[str, list[Phrase]] = defaultdict(list)
    known = knowledge()
    for row in (*known.table, *known.phrases):
        if row.kind == "text" and row.dialect not in _NOT_OF_REPLIES:
            for phrase in _alternatives(row):
                index[_key(phrase)].append(phrase)
    index[""], index["."]
    return index


def _alternatives(row: Row) -> Iterator[Phrase]:
    for alternative in row.match.split(" | "):
        pieces = tuple(piece.strip() if at else piece.rstrip() for at, piece in enumerate(alternative.split("*")))
        pieces = tuple(piece for piece in pieces if piece)
        first = pieces[0]
        starts = first[0].isalnum() and not _NO_BLANKS_SCRIPT.search(first)
        ends = starts and len(pieces) == 1 and len(first) <= _WHOLE_WORD and first[-1].isalnum() and ":" not in first
        lone = not row.strong and len(pieces) == 1 and first.isalnum()
        vague = not row.dialect and row.detail != "blocklist" and len(pieces) == 1 and first[-1].isalnum()
        yield Phrase(pieces, sum(map(len, pieces)), row, starts, ends, lone, vague)


def _key(phrase: Phrase) -> str:
    """A whole word of the phrase, or the start of its only word; "" for scripts without blanks, "." for the rest."""
    first = phrase.pieces[0]
    if _NO_BLANKS_SCRIPT.search(first):
        return ""
    words = list(_WORD.finditer(first))
    whole = [m[0] for m in words if (m.start() or phrase.starts_word) and (m.end() < len(first) or phrase.ends_word)]
    if whole:
        return max(whole, key=len)
    if phrase.starts_word and len(words[0][0]) >= _PREFIX:
        return f"^{words[0][0][:_PREFIX]}"
    return "."
