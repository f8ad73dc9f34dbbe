"""The one seam through which the product asks DNS."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from reputation.model import Observed
from reputation.records.answer import Answer, Question


class Lookup(Protocol):
    """Something that answers DNS questions: the engine, a recording of it, a replay, or the zone of a test."""

    @property
    def resolvers(self) -> tuple[str, ...]:
        """Who is asked, as "address:port", for the report."""

    def ask_many(
        self, questions: Sequence[Question], pace: Mapping[str, float] | None = None
    ) -> list[Observed[Answer]]:
        """The answers in the order of the questions. Never raises: every failure is Unknown with its cause.

        NXDOMAIN is Absent(nxdomain=True), NOERROR without a record of the type is Absent(). Everything that can be
        asked now belongs into one call: the call costs one round trip, not one per question. Tens of thousands of
        questions in one call are meant; the same question twice in a call is asked once.

        `pace` holds the questions per second that the operator of a zone allows: {"zen.spamhaus.org": 20.0} paces all
        names below that zone, without holding up the others, and keeps at most 5 of them under way.
        """
