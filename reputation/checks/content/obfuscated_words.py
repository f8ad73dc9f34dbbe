"""Words taken apart or written in digits.

Why: F-R-E-E, v1agra, c@sh: words written so that a filter does not read them. Filters read them, and honest mail
almost never writes so.
Bad:
    F R E E  v1agra
Good:
    free
Fix: Write the word as it is.
Source: SpamAssassin 4.0.1 GAPPY_SUBJECT (0.1), FUZZY_* (0.5 to 3.0); own measurement: 1.6 % of spam, 0.1 % of other
mail
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from reputation.checks import Check
from reputation.checks.content._finding import MAX_FINDINGS, Evidence, Finder, apart, shown
from reputation.checks.content._needs import (
    Texts,
    texts,
)
from reputation.checks.content._phrases import words_of
from reputation.model import Absent, Area, Finding, Known, Severity, Where
from reputation.records.later import later
from reputation.text import say

FOUND = Finder(__doc__, Evidence.MEASURED, Severity.MINOR)

_GAPPY = later(r"(?<![^\W_])(?:[^\W\d_]([ .*_-])){1}(?:[^\W\d_]\1){2,24}[^\W\d_](?![^\W_])")
_LEET = later(r"(?<![\w@$!|./:-])(?=[a-z]{0,20}+[0-9@$!|])[a-z0-9@$!|]{1,20}[a-z]{1,20}(?![\w@./-])", re.IGNORECASE)
_APART = later(r"([ .*_-])[^\W\d_]\1[^\W\d_]\1")  # what each match of _GAPPY contains, found much faster
_DIGIT_AT_LETTER = later(r"[0-9@$!|](?:[a-z]|(?<=[a-z].))", re.IGNORECASE)  # the same for _LEET
_LETTERS = str.maketrans("013457@$!|", "oieastasil")
_ENOUGH = 4


def judge(known: Known[Texts]) -> list[Finding] | None:
    """Letters with the same sign between them, and digits for letters, where they make a word of the phrase lists."""
    if isinstance(known, Absent):
        return None
    line, text = known.value.subject, known.value.body
    found = [(seen, word, line.spot(at, at + len(seen))) for seen, word, at in _disguised(line.text)] if line else []
    if text:
        for seen, word, start in islice(_disguised(text.visible.text), MAX_FINDINGS):
            found.append((seen, word, text.where_visible(start, start + len(seen))))
    return [_finding(*first, times) for first, times in apart(found, lambda one: one[1].lower())]


def _disguised(text: str) -> Iterator[tuple[str, str, int]]:
    for match in _GAPPY.finditer(text) if _APART.search(text) else ():
        word = re.sub(r"[^\w]|_", "", match[0])
        if len(word) >= _ENOUGH and any(word.lower() in words_of(evidence) for evidence in Evidence):
            yield match[0], word, match.start()
    for match in _LEET.finditer(text) if _DIGIT_AT_LETTER.search(text) else ():
        word = match[0].lower().translate(_LETTERS)
        if len(word) >= _ENOUGH and word != match[0].lower() and word in words_of("measured-old"):
            yield match[0], word, match.start()


def _finding(seen: str, word: str, where: Where, times: int) -> Finding:
    message = say("{seen} is the word {word} in disguise", seen=shown(seen), word=shown(word))
    return FOUND.finding(message, where, seen, times=times)


CHECK = Check(
    id="obfuscated-words", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("no word is taken apart or written in digits"), needs=texts, judge=judge,
)  # fmt: skip
