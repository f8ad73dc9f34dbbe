"""The risk of a draft: an additive score from tables that anybody can read, and the signals that moved it most.

`tables.json` is written by `benchmarks/content/fit.py`: for each signal its cuts and the score of each range between
them. A signal that the draft does not have adds nothing, and a draft that has no sender yet is taken for one with an
ordinary sender. The sum becomes a number from 0 to 1.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_right
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from reputation.checks.content._needs import value
from reputation.facts.draft import DraftFacts
from reputation.model import Found
from reputation.risk.names import name_of
from reputation.risk.signals import signals_of
from reputation.risk.wording import is_latin
from reputation.text import Text

_TABLES = Path(__file__).parent / "tables.json"
_LEAST = 0.1  # a smaller push is not worth a sentence
_SAID = 4


class Band(StrEnum):
    """How suspicious filters of the measured kind would be."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Tables(NamedTuple):
    """The fitted numbers. `bands` are the risk scores from which the band is medium and high."""

    intercept: float
    bands: tuple[float, float]
    signals: dict[str, tuple[list[float], list[float]]]  # cuts, scores of the ranges between them
    usual: dict[str, float]  # what each signal adds on average to recent legitimate mail


class Risk(NamedTuple):
    """`score` from 0 to 1, higher is riskier; `up` and `down` are the signals that set it most apart from usual mail.

    `wording_judged` is False for scripts of which there was no mail to measure: then the wording adds nothing in either
    direction, structure and links alone speak, and the band is never high.
    """

    score: float
    band: Band
    up: tuple[Text, ...]
    down: tuple[Text, ...]
    wording_judged: bool = True


@lru_cache(maxsize=1)
def built_in() -> Tables:
    """The tables as shipped."""
    raw = json.loads(_TABLES.read_text("utf-8"))
    signals = {name: (row["cuts"], row["scores"]) for name, row in raw["signals"].items()}
    usual = {name: row["usual"] for name, row in raw["signals"].items()}
    return Tables(raw["intercept"], (raw["medium"], raw["high"]), signals, usual)


def risk_of(facts: DraftFacts, offset: float = 0.0) -> Risk | None:
    """The risk of a draft; None when a bound kept something unread. `offset` shifts the sum, for one's own mail."""
    if facts.incomplete:
        return None
    tables = built_in()
    pushes = pushes_of(facts, tables)
    judged = _wording_judged(facts)
    total = base_of(facts, tables) + offset + sum(push.amount for push in pushes)
    score = round(1 / (1 + math.exp(-max(-30.0, min(30.0, total)))), 6)
    told = sorted(((push.amount - tables.usual[push.signal], push) for push in pushes), key=lambda pair: -abs(pair[0]))
    up = [push for amount, push in told if amount >= _LEAST][:_SAID]
    down = [push for amount, push in told if amount <= -_LEAST][:_SAID]
    return Risk(score, _band(score, tables, judged), _named(up), _named(down), judged)


def base_of(facts: DraftFacts, tables: Tables) -> float:
    """Where the sum begins: a draft without a sender is taken for one with an ordinary sender."""
    if isinstance(facts.sender, Found):
        return tables.intercept
    return tables.intercept + sum(usual for name, usual in tables.usual.items() if name.startswith("from_"))


def _named(pushes: list[Push]) -> tuple[Text, ...]:
    return tuple(name_of(push.signal, push.value) for push in pushes)


def _wording_judged(facts: DraftFacts) -> bool:
    body = value(facts.html) or value(facts.plain)
    return body is None or is_latin(body.visible.text)


class Push(NamedTuple):
    """What one signal adds to the sum."""

    signal: str
    value: float
    amount: float


def pushes_of(facts: DraftFacts, tables: Tables) -> list[Push]:
    """The push of each signal that the draft has."""
    values = signals_of(facts)
    known = [(name, values[name], *table) for name, table in tables.signals.items() if name in values]
    return [Push(name, value, scores[bisect_right(cuts, value)]) for name, value, cuts, scores in known]


def _band(score: float, tables: Tables, wording_judged: bool) -> Band:
    medium, high = tables.bands
    if score < medium:
        return Band.LOW
    return Band.HIGH if score >= high and wording_judged else Band.MEDIUM
