"""The labelled reply lines of the tests, read by us and by the rule "5xx = hard"."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from reputation import diagnose

FILE = Path(__file__).parents[2] / "tests" / "bounces" / "reply_lines.tsv"


@dataclass(frozen=True)
class Accuracy:
    """Shares of 1: verdicts right, how many of those called hard are hard, how many of the hard were found, reasons."""

    verdict: float
    precision: float
    recall: float
    reason: float = 0.0


def held_out() -> list[list[str]]:
    """Verdict, reason and line of every second labelled line: no phrase was ever written after one of them."""
    return [line.split("\t") for line in FILE.read_text("utf-8").splitlines()][1::2]


def ours(rows: list[list[str]]) -> Accuracy:
    """How we read them."""
    found = [next(iter(diagnose(line).recipients), None) for _, _, line in rows]
    reasons = sum(got is not None and got.reason == row[1] for got, row in zip(found, rows, strict=True))
    shares = _shares([(row[0], got.verdict if got else "none") for got, row in zip(found, rows, strict=True)])
    return Accuracy(shares.verdict, shares.precision, shares.recall, reasons / len(rows))


def by_first_digit(rows: list[list[str]]) -> Accuracy:
    """How "5xx = hard" reads them."""
    return _shares([(verdict, "hard" if line.lstrip()[:1] == "5" else "soft") for verdict, _, line in rows])


def _shares(pairs: list[tuple[str, str]]) -> Accuracy:
    called = [wanted == "hard" for wanted, got in pairs if got == "hard"]
    present = [got == "hard" for wanted, got in pairs if wanted == "hard"]
    right = sum(wanted == got for wanted, got in pairs)
    return Accuracy(right / len(pairs), sum(called) / len(called), sum(present) / len(present))
