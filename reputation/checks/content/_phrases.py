"""Phrases as data, found in a text in time that grows with its length.

Each list of `words/` holds one language; `make docs` compiles them into the one file that is read here. A phrase in
letters is looked up by its rarest need first: all of its words must occur in the text at all, which set arithmetic
tells for the whole list at once. Phrases in Han characters have no word boundaries and are found through their first
two characters, also when blanks or dots were put between them.
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


class _Index(NamedTuple):
    by_word: dict[str, tuple[tuple[frozenset[str], Phrase], ...]]
    by_han: dict[str, tuple[Phrase, ...]]
    bare: tuple[Phrase, ...]  # of signs alone, such as "$$$"


@lru_cache(maxsize=1)
def phrases() -> tuple[Phrase, ...]:
    """All phrases of all languages."""
    return tuple(Phrase(*row) for row in json.loads(COMPILED.read_text("utf-8")))


@lru_cache(maxsize=4)
def _index(evidence: str) -> _Index:
    by_word: dict[str, list[tuple[frozenset[str], Phrase]]] = {}
    by_han: dict[str, list[Phrase]] = {}
    bare = []
    for phrase in phrases():
        if phrase.evidence != evidence:
            continue
        text = phrase.folded
        words = _WORD.findall(text)
        if any(map(is_han, text)):
            by_han.setdefault(text[:2], []).append(phrase)
        elif words:
            by_word.setdefault(max(words, key=len), []).append((frozenset(words), phrase))
        else:
            bare.append(phrase)
    return _Index({k: tuple(v) for k, v in by_word.items()}, {k: tuple(v) for k, v in by_han.items()}, tuple(bare))


@lru_cache(maxsize=4)
def words_of(evidence: str) -> frozenset[str]:
    """The single words of four letters and more in the phrases of that evidence."""
    found = {word for phrase in phrases() if phrase.evidence == evidence for word in _WORD.findall(phrase.text)}
    return frozenset(word for word in found if len(word) > 3 and word.isascii() and word.isalpha())


def find(text: MappedText, evidence: str) -> list[Hit]:
    """The first hit of each phrase of that evidence in a folded text, in the order of the text."""
    index = _index(evidence)
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
    words = set(_WORD.findall(text.text))
    for word in words & index.by_word.keys():
        for needed, phrase in index.by_word[word]:
            if needed <= words:
                yield from _first(text, phrase, phrase.folded)
    for phrase in index.bare:
        yield from _first(text, phrase, phrase.text)


def _first(text: MappedText, phrase: Phrase, wanted: str) -> Iterator[Hit]:
    """The first place where `wanted` stands as words of its own."""
    start = text.text.find(wanted)
    while start >= 0:
        end = start + len(wanted)
        before, after = text.text[start - 1 : start], text.text[end : end + 1]
        if not (before.isalnum() and wanted[0].isalnum()) and not (after.isalnum() and wanted[-1].isalnum()):
            yield Hit(phrase, *text.span(start, end))
            return
        start = text.text.find(wanted, start + 1)


def _han(text: MappedText, index: _Index) -> Iterator[Hit]:
    joined = han_only(text)
    pairs = set(map("".join, zip(joined.text, joined.text[1:], strict=False)))
    for pair in pairs & index.by_han.keys():
        for phrase in index.by_han[pair]:
            start = joined.text.find(phrase.text)
            if start >= 0:
                first, last = joined.span(start, start + len(phrase.text))
                yield Hit(phrase, text.origin(first), text.origin(last - 1) + 1)
