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

from collections.abc import Callable, Iterator
from itertools import islice

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder, named
from reputation.checks.content._needs import (
    Texts,
    texts,
)
from reputation.model import Absent, Area, Finding, Known, Severity, Where
from reputation.records.later import later
from reputation.records.mixed_script import mixed_words
from reputation.text import Text, say, say_plural

FOUND = Finder(__doc__, Evidence.FILTER, Severity.MAJOR)

_DRAWN = later("[\U0001d400-\U0001d7ff]")
_MOST = 200


def judge(known: Known[Texts]) -> list[Finding] | None:
    """Units and formulas with a Greek letter are exempt; so is Latin beside Han. Each kind is reported once."""
    if isinstance(known, Absent):
        return None
    found = list(_found(known.value))
    drawn = [pair for pair in found if _DRAWN.search(pair[0])]
    mixed = [pair for pair in found if not _DRAWN.search(pair[0])]
    return [*_told(mixed, _mixed), *_told(drawn, _drawn)]


def _found(texts: Texts) -> Iterator[tuple[str, Where]]:
    line, text = texts.subject, texts.body
    if line:
        yield from ((word, line.spot(start, end)) for word, start, end in mixed_words(line.text))
    if text and not text.visible.text.isascii():
        for word, start, end in islice(mixed_words(text.visible.text), _MOST):
            yield word, text.where_visible(start, end)


def _told(found: list[tuple[str, Where]], sentence: Callable[[int, tuple[str, ...]], Text]) -> list[Finding]:
    words = list(dict.fromkeys(word for word, _ in found))
    return [FOUND.finding(sentence(len(words), named(words)), found[0][1], *words[:5])] if words else []


def _mixed(count: int, words: tuple[str, ...]) -> Text:
    return say_plural(
        "{n} word mixes letters of two alphabets: {words}", "{n} words mix letters of two alphabets: {words}", count,
        words=words,
    )  # fmt: skip


def _drawn(count: int, words: tuple[str, ...]) -> Text:
    return say_plural(
        "{n} word is written in mathematical signs that look like letters: {words}",
        "{n} words are written in mathematical signs that look like letters: {words}", count, words=words,
    )  # fmt: skip


CHECK = Check(
    id="mixed-script-word", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("no word mixes two alphabets"), needs=texts, judge=judge,
)  # fmt: skip
