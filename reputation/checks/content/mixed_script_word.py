r"""Letters of two alphabets in one word.

Why: A Cyrillic or Greek letter that looks like a Latin one inside a Latin word is a trick to get around filters;
they score it highly, and honest mail almost never has it.
Bad:
    Your \u0430ccount
Good:
    Your account
Fix: Type the word again on your keyboard instead of copying it.
Source: SpamAssassin 4.0.1 FUZZY_* (0.5 to 3.0), rspamd 3.4 R_MIXED_CHARSET (up to 2.4)
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from reputation.checks import Check
from reputation.checks.content._finding import MAX_FINDINGS, Evidence, Finder, shown
from reputation.checks.content._needs import (
    Texts,
    texts,
)
from reputation.model import Absent, Area, Finding, Known, Severity, Where
from reputation.records.later import later
from reputation.text import say

FOUND = Finder(__doc__, Evidence.FILTER, Severity.MAJOR)

_LATIN, _LOOKALIKE = r"A-Za-z\u00c0-\u024f", r"\u0370-\u03ff\u0400-\u052f"
_MIXED = later(f"[{_LATIN}]{{1,40}}[{_LOOKALIKE}]|[{_LOOKALIKE}]{{1,40}}[{_LATIN}]|[\U0001d400-\U0001d7ff]{{2,}}")
_HARMLESS = frozenset("µμΩπΔΣαβγλ")
_WORD_AT = later(f"[{_LATIN}{_LOOKALIKE}\U0001d400-\U0001d7ff]+")


def judge(known: Known[Texts]) -> list[Finding] | None:
    """Units and formulas with a Greek letter are exempt; so is Latin beside Han."""
    if isinstance(known, Absent):
        return None
    line, text = known.value.subject, known.value.body
    found = [_finding(word, line.where) for word, _, _ in _words(line.text)] if line else []
    if text and not text.visible.text.isascii():
        found += [
            _finding(word, text.where_visible(a, b)) for word, a, b in islice(_words(text.visible.text), MAX_FINDINGS)
        ]
    return found[:MAX_FINDINGS]


def _words(text: str) -> Iterator[tuple[str, int, int]]:
    for match in _WORD_AT.finditer(text):
        if not match[0].isascii() and _MIXED.search(match[0]) and not _HARMLESS & set(match[0]):
            yield match[0], match.start(), match.end()


def _finding(word: str, where: Where) -> Finding:
    return FOUND.finding(say("the word {word} mixes letters of two alphabets", word=shown(word)), where, word)


CHECK = Check(
    id="mixed-script-word", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("no word mixes two alphabets"), needs=texts, judge=judge,
)  # fmt: skip
