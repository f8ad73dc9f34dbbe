"""Signals of the text: its form, its kinds of wording. No single word has a score of its own."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from itertools import islice

from reputation.checks.content._marks import exclamation_runs
from reputation.checks.content._needs import value
from reputation.facts.draft import Body, DraftFacts
from reputation.records.later import has_digit, holds, later
from reputation.records.mail_text import folded
from reputation.records.mixed_script import mixed_words
from reputation.risk.kinds import finder, ways_of
from reputation.risk.letters import MONEY
from reputation.risk.lures import lure_signals

MAX_CHARACTERS = 60_000
LANGUAGE_FREE = ("words", "exclamation_runs")
_DIGITS = b"0123456789"
_PHONE = later(r"[\d+](?:(?<=\d)\d{2}\)?[ .-]\d{3}[ .-]\d{4}(?!\d)|(?<=\+)\d{1,3}[ -(]?\d)", when=has_digit)
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f"
_INVISIBLE_IN_WORD = later(f"[^\\W\\d_][{_INVISIBLE}]{{1,9}}[^\\W\\d_]", when=holds(*_INVISIBLE))
_YOU = frozenset({"you", "your", "yours"})


def wording_signals(facts: DraftFacts) -> dict[str, float]:
    """Signals of the visible text, the subject counted in where kinds of wording are looked for."""
    body = value(facts.html) or value(facts.plain)
    if body is None:
        return {}
    line = value(facts.subject)
    text = body.visible.text[:MAX_CHARACTERS]
    both = (folded(line.text).text if line else "") + " | " + body.folded.text[:MAX_CHARACTERS]
    form = {"words": math.log1p(body.words), "exclamation_runs": min(3, len(exclamation_runs(body)))}
    if not is_latin(text):
        return form
    return form | _form(text, both, body.words) | _kinds(both) | lure_signals(both, body.words)


def is_latin(text: str) -> bool:
    """Whether most letters are Latin; of other scripts there was no mail to measure, so their wording is not judged."""
    if text.isascii():
        return True
    letters = list(filter(str.isalpha, text[:5_000]))
    return 2 * sum(map("\u0250".__gt__, letters)) >= len(letters)


def _form(text: str, low: str, words: int) -> dict[str, float]:
    tokens = low.split()
    return {
        "digits": _digits(text) / (len(text) or 1),
        "exclamations": min(6.0, 100 * text.count("!") / max(20, words)),
        "questions": min(5.0, 100 * text.count("?") / max(20, words)),
        "money": math.log1p(len(MONEY.findall(low))),
        "phone": bool(_PHONE.search(text)),
        "yours": min(0.15, sum(map(_YOU.__contains__, tokens)) / max(20, len(tokens))),
    }


def _digits(text: str) -> int:
    """How many digits; in ASCII counted by deleting them, which takes no loop."""
    if not text.isascii():
        return sum(map(str.isdigit, text))
    raw = text.encode("ascii")
    return len(raw) - len(raw.translate(None, _DIGITS))


@lru_cache(maxsize=1)
def _finder() -> re.Pattern[str]:
    return finder(ways_of("kinds") | ways_of("footer"))


def _kinds(text: str) -> dict[str, float]:
    said = {match.lastgroup for match in _finder().finditer(text)}
    return {**{name: name in said for name in ways_of("kinds")}, "footer": len(said & ways_of("footer").keys())}


def disguised_body_words(body: Body) -> int:
    """Words with letters of another alphabet or with something invisible inside."""
    text = body.visible.text[:MAX_CHARACTERS]
    if text.isascii():
        return 0
    return sum(1 for _ in islice(mixed_words(text), 3)) + sum(1 for _ in islice(_INVISIBLE_IN_WORD.finditer(text), 3))
