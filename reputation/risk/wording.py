"""Signals of the text: its form, its kinds of wording. No single word has a score of its own."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from functools import lru_cache
from pathlib import Path

from reputation.checks.content._needs import value
from reputation.checks.content._phrases import find
from reputation.facts.draft import Body, DraftFacts
from reputation.records.later import later
from reputation.records.mail_text import folded

MAX_CHARACTERS = 60_000
LANGUAGE_FREE = ("words", "exclamation_runs")
_WORD = later(r"[^\W\d_]{2,}")
_MINE = frozenset({"me", "my", "we", "our", "us"})
_GAPPY = later(r"(?<!\w)(?:[A-Za-z][ .*_-]){4,}[A-Za-z](?!\w)")
_GAPS = later(r"[ .*_-][A-Za-z][ .*_-][A-Za-z][ .*_-]")  # each match of _GAPPY contains it, and it is found faster
_DIGITS = b"0123456789"
_HAN = later("[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]")


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    raw = json.loads((Path(__file__).parent / "wording.json").read_text("utf-8"))
    return {name: later(pattern) for name, pattern in raw["kinds"].items()}


def wording_signals(facts: DraftFacts) -> dict[str, float]:
    """Signals of the visible text, the subject counted in where kinds of wording are looked for."""
    body = value(facts.html) or value(facts.plain)
    if body is None:
        return {}
    line = value(facts.subject)
    text = body.visible.text[:MAX_CHARACTERS]
    low = body.folded.text[:MAX_CHARACTERS]
    both = (folded(line.text).text + " | " if line else "") + low
    form = _form(text, body)
    if not is_latin(text):
        return {name: form[name] for name in LANGUAGE_FREE}
    return form | _letters(text) | _kinds(both) | _phrases(body)


def is_latin(text: str) -> bool:
    """Whether most letters are Latin; of other scripts there was no mail to measure, so their wording is not judged."""
    if text.isascii():
        return True
    letters = [c for c in text[:5_000] if c.isalpha()]
    return 2 * sum(c < "\u0250" for c in letters) >= len(letters)


def _form(text: str, body: Body) -> dict[str, float]:
    han = 0 if text.isascii() else len(_HAN.findall(text))
    shared = not han and len(text) == len(body.visible.text)
    words = body.word_list if shared else _WORD.findall(_HAN.sub(" ", text) if han else text)
    count = len(words) + han / 2
    long_words = [word for word in words if len(word) > 2]
    lines = [line for line in text.split("\n") if line.strip()]
    return {
        "words": math.log1p(count),
        "words_distinct": len({w.lower() for w in words[:400]}) / max(1, min(400, len(words))),
        "word_length": sum(map(len, words)) / max(1, len(words)),
        "words_per_line": math.log1p(count / max(1, len(lines))),
        "capital_words": sum(w.isupper() for w in long_words) / max(1, len(long_words)),
        "exclamation_runs": min(3, text.count("!!")),
        "questions": min(5.0, 100 * text.count("?") / max(20.0, count)),
        "mine": min(0.2, sum(map(_MINE.__contains__, words)) / max(20, len(words))),
    }


def _letters(text: str) -> dict[str, float]:
    return {"digits": _digits(text) / (len(text) or 1), "gappy": _is_gappy(text)}


def _digits(text: str) -> int:
    """How many digits; in ASCII counted by deleting them, which takes no loop."""
    if not text.isascii():
        return sum(map(str.isdigit, text))
    raw = text.encode("ascii")
    return len(raw) - len(raw.translate(None, _DIGITS))


def _is_gappy(text: str) -> bool:
    return bool(_GAPS.search(text)) and bool(_GAPPY.search(text))


def _kinds(text: str) -> dict[str, float]:
    return {name: bool(pattern.search(text)) for name, pattern in _patterns().items()}


def _phrases(body: Body) -> dict[str, float]:
    hits = [hit for evidence in ("measured-old", "folklore") for hit in find(body.folded, evidence)]
    counted = Counter(hit.phrase.category for hit in hits)
    return {
        "phrases_overpromise": min(4, counted["overpromise"]),
        "phrases_phish_account": min(4, counted["phish_account"]),
    }
