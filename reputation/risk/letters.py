"""Small measures of words and names that several signals share."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

from reputation.records.later import beyond_ascii, holds, later

EMOJI = later("[\U0001f300-\U0001faff\u2600-\u27bf\u2b50\u2b55\u23e9-\u23fa]", when=beyond_ascii)
ENCLOSED = later("[\u24b6-\u24e9\U0001f130-\U0001f189]", when=beyond_ascii)  # letters in circles and boxes
MONEY = later(
    r"(?:[$€£¥]|usd|rmb|eur)\s?\d[\d,.]*", when=holds("$", "€", "£", "¥", "usd", "rmb", "eur")
)  # in small letters
CHEAP_ENDINGS = frozenset((Path(__file__).parent / "cheap_endings.txt").read_text("ascii").split())
_LONG = 7
_CONSONANTS = later("[bcdfghjklmnpqrstvwxz]{4,}")
_CHANGES = later(r"[0-9][a-z]|[a-z][0-9]")
_PAIRS = (
    "th he in er an re on at en nd ti es or te of ed is it al ar st to nt ng se ha as ou io le ve co me de hi ri ro "
    "ic ne ea ra ce li ch ll be ma si om ur ca el ta la ns di fo ho pe ec pr no ct us ac ot il tr ly nc et ut ss so "
    "rs un lo wa ge ie wh ee wi em ad ol rt po we na ul ni ts mo ow pa im mi ai sh ir su id os iv ia am fi ci vi pl "
    "ig tu ev ld ry mp fe bl ab gh ty op wo sa ay ex ke ui fr oo ag do ck ls bo mb ga ke sk sp "
)  # the commonest pairs of letters in English names and words
_COMMON_PAIRS = frozenset(_PAIRS.split())


def randomness(name: str) -> float:
    """0 for a name that reads like words, up to 1 for one that looks like chance."""
    letters = re.sub(r"[^a-z]", "", name)
    if len(letters) < 5:
        return min(1.0, len(_CHANGES.findall(name)) / 4)
    unusual = sum(a + b not in _COMMON_PAIRS for a, b in pairwise(letters)) / (len(letters) - 1)
    return min(1.0, unusual * 0.8 + 0.2 * bool(_CONSONANTS.search(letters)) + len(_CHANGES.findall(name)) / 10)


def looks_random(name: str, least: float) -> bool:
    """Whether a name is at least that random; a short one is never, its few letters prove nothing."""
    return len(name) >= _LONG and randomness(name) > least
