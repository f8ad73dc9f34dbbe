"""Words that mix letters of alphabets which look alike, or are drawn in signs that only look like letters (UTS 39)."""

from __future__ import annotations

from collections.abc import Iterator

from reputation.records.later import later

_LATIN, _LOOKALIKE = r"A-Za-z\u00c0-\u024f", r"\u0370-\u03ff\u0400-\u052f"
_MIXED = later(f"[{_LATIN}]{{1,40}}[{_LOOKALIKE}]|[{_LOOKALIKE}]{{1,40}}[{_LATIN}]|[\U0001d400-\U0001d7ff]{{2,}}")
_SIGN = later(f"[{_LOOKALIKE}\U0001d400-\U0001d7ff]")  # each such word has one
_HARMLESS = frozenset("µμΩπΔΣαβγλ")
_WORD_AT = later(f"[{_LATIN}{_LOOKALIKE}\U0001d400-\U0001d7ff]+")


def mixed_words(text: str) -> Iterator[tuple[str, int, int]]:
    """(word, start, end) of each. Units and formulas with a Greek letter are exempt; so is Latin beside Han."""
    for match in _WORD_AT.finditer(text) if not text.isascii() and _SIGN.search(text) else ():
        if not match[0].isascii() and _MIXED.search(match[0]) and not _HARMLESS & set(match[0]):
            yield match[0], match.start(), match.end()
