"""The lookup of a run that must not ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reputation.model import Cause, Observed, Unknown
from reputation.records.answer import Answer, Question


class OfflineLookup:
    """Implements `reputation.gather.lookup.Lookup`: every question is Unknown, because the user wanted it so."""

    resolvers: tuple[str, ...] = ()

    def ask_many(
        self, questions: Sequence[Question], pace: Mapping[str, float] | None = None
    ) -> list[Observed[Answer]]:
        """Asks nothing."""
        del pace
        return [Unknown(Cause.OFFLINE, question.source) for question in questions]
