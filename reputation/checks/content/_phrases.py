"""Phrases as data, found in a text in time that grows with its length.

Each list of `words/` holds one language; `make docs` compiles them into the one file that is read here, where they lie
under the keys by which they are found. A phrase in letters lies under its longest word: only where that occurs in the
text at all, which set arithmetic tells for the whole list at once, it is looked for. Phrases in Han characters have no
word boundaries and lie under their first two characters; they are found also when blanks or dots were put in between.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from reputation.records.later import later
from reputation.records.mail_text import HAN, han_only, is_han
from reputation.records.mapped_text import MappedText

COMPILED = Path(__file__).parent / "words" / "phrases.json"
LONGEST_WORD, HAN_PAIR, SIGNS = WAYS = ("longest word", "Han pair", "signs")
_WORD = later(r"[^\W_]+")


class Phrase(NamedTuple):
    """One line of data. `evidence` is a label of Evidence, `folded` the text in the form for comparing."""

    text: str
    category: str
    evidence: str
    language: str
    folded: str


class Hit(NamedTuple):
    """A phrase in a text: the span in the folded text's original."""

    phrase: Phrase
    start: int
    end: int


_Index = dict[str, dict[str, list[list[str]]]]  # way of finding -> key -> fields of phrases


@lru_cache(maxsize=1)
def _all() -> dict[str, _Index]:
    """Evidence -> the index of its phrases."""
    found: dict[str, _Index] = json.loads(COMPILED.read_text("utf-8"))
    return found


def keys_of(phrase: Phrase) -> tuple[str, str]:
    """The way of finding a phrase, and its key there; phrases of signs alone, such as "$$$", have none."""
    if any(map(is_han, phrase.folded)):
        return HAN_PAIR, phrase.folded[:2]
    words = _WORD.findall(phrase.folded)
    return (LONGEST_WORD, max(words, key=len)) if words else (SIGNS, "")


def phrases() -> tuple[Phrase, ...]:
    """All phrases of all languages."""
    ways = (way for index in _all().values() for way in index.values())
    return tuple(Phrase(*row) for way in ways for rows in way.values() for row in rows)


@lru_cache(maxsize=8)  # more than there are labels of evidence: all are asked in turn
def words_of(evidence: str) -> frozenset[str]:
    """The single words of four letters and more in the phrases of that evidence."""
    found = {word for phrase in phrases() if phrase.evidence == evidence for word in _WORD.findall(phrase.text)}
    return frozenset(word for word in found if len(word) > 3 and word.isascii() and word.isalpha())


def find(text: MappedText, evidence: str) -> list[Hit]:
    """The first hit of each phrase of that evidence in a folded text, in the order of the text."""
    index = _all()[evidence]
    hits = list(_spelled(text, index))
    if not text.text.isascii() and HAN.search(text.text):
        hits.extend(_han(text, index))
    return _apart(sorted(hits, key=lambda hit: (hit.start, -hit.end)))


def _apart(hits: list[Hit]) -> list[Hit]:
    """Without the hits that lie inside another: "100% guaranteed" also holds "guaranteed"."""
    kept: list[Hit] = []
    for hit in hits:
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


def _spelled(text: MappedText, index: _Index) -> Iterator[Hit]:
    by_word = index[LONGEST_WORD]
    for word in set(_WORD.findall(text.text)) & by_word.keys():
        for row in by_word[word]:
            yield from _first(text, Phrase(*row))
    for row in index[SIGNS].get("", ()):
        yield from _first(text, Phrase(*row))


def _first(text: MappedText, phrase: Phrase) -> Iterator[Hit]:
    """The first place where the phrase stands as words of its own."""
    wanted = phrase.folded
    start = text.text.find(wanted)
    while start >= 0:
        end = start + len(wanted)
        before, after = text.text[start - 1 : start], text.text[end : end + 1]
        if not (before.isalnum() and wanted[0].isalnum()) and not (after.isalnum() and wanted[-1].isalnum()):
            yield Hit(phrase, *text.span(start, end))
            return
        start = text.text.find(wanted, start + 1)


def _han(text: MappedText, index: _Index) -> Iterator[Hit]:
    joined, by_pair = han_only(text), index[HAN_PAIR]
    pairs = set(map("".join, zip(joined.text, joined.text[1:], strict=False)))
    for pair in pairs & by_pair.keys():
        for phrase in (Phrase(*row) for row in by_pair[pair]):
            start = joined.text.find(phrase.text)
            if start >= 0:
                first, last = joined.span(start, start + len(phrase.text))
                yield Hit(phrase, text.origin(first), text.origin(last - 1) + 1)
