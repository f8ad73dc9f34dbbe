"""What could not be checked in a draft, each cause once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reputation.model import Outcome, Remedy, Result
from reputation.text import Text, Value, say_plural


class Unanswered(NamedTuple):
    """How many checks stayed without an answer and why, in a sentence, and what to do."""

    sentence: Text
    remedy: Remedy | None


def unanswered(results: Sequence[Result]) -> Iterator[Unanswered]:
    """The unknown results by their cause, in the order of the results."""
    groups: dict[Value, list[Result]] = {}
    for row in results:
        if row.outcome is Outcome.UNKNOWN:
            groups.setdefault(_cause_of(row), []).append(row)
    for cause, rows in groups.items():
        sentence = say_plural(
            "{n} check without an answer: {cause}", "{n} checks without an answer: {cause}", len(rows), cause=cause
        )
        yield Unanswered(sentence, rows[0].remedy)


def _cause_of(row: Result) -> Value:
    """The cause alone where checks share it, else the whole sentence: of another filter it names the filter."""
    whole = row.message
    return whole if row.check.startswith("second-filter-") else dict(whole.values).get("cause", whole)
