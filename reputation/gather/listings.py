"""Asks the blocklists: first their test entries, then the real questions, then the reasons of what is listed.

Each step is one call of the lookup, so a run costs three round trips, however many lists and subjects there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final, TypeAlias

from reputation.facts.listing import ListAnswer, ListingFacts, Listings, ListingSubject
from reputation.gather.list_names import MAX_NAME
from reputation.gather.list_notes import notes
from reputation.gather.list_slots import OVER_BUDGET, ListingOptions, Slot, Slots, afford
from reputation.gather.list_state import DailyBudget
from reputation.gather.lookup import Lookup
from reputation.model import Cause, Found, Unknown
from reputation.records.answer import Question
from reputation.records.dnsxl import Blocklist, Kind, State
from reputation.records.dnsxl_names import name_for_list, reversed_labels
from reputation.records.reason_text import reason_text
from reputation.text import Text

__all__ = ["ListAsker", "ListingOptions", "gather_listings"]

Row: TypeAlias = "list[Question | ListAnswer]"
_USELESS_AFTER: Final = 8
_USELESS: Final = frozenset((Cause.TIMEOUT, Cause.BLOCKED_BY_OPERATOR))
_WITH_REASON: Final = frozenset((State.LISTED, State.LISTED_POLICY, State.INFO))
_TOO_LONG: Final = Unknown(Cause.TOO_COMPLEX)


def gather_listings(
    lookup: Lookup, subjects: Sequence[ListingSubject], lists: Sequence[Blocklist], options: ListingOptions
) -> Listings:
    """What each list says of each subject, in the order of both. Never raises for what the network does."""
    asker = ListAsker(lookup, lists, options)
    facts = tuple(asker.ask(subjects))
    return Listings(facts, asker.notes)


class ListAsker:
    """The lists of one run: tests each of them once, then answers any number of chunks of subjects."""

    def __init__(self, lookup: Lookup, lists: Sequence[Blocklist], options: ListingOptions) -> None:
        self._lookup = lookup
        self._budget = DailyBudget(options.state_folder, options.now)
        self._slots = Slots(lookup, tuple(lists), options, self._budget)
        self._reasons_left = options.reasons
        self._open: dict[str, ListAnswer] = {}

    @property
    def notes(self) -> tuple[Text, ...]:
        """What is to be said once about this run, so far."""
        return notes(self._open.values(), self._lookup.resolvers, rewrites=self._slots.rewrites)

    def ask(self, subjects: Sequence[ListingSubject]) -> list[ListingFacts]:
        """What each list says of these subjects."""
        self._slots.test(sorted({subject.asked_as[0] for subject in subjects}))
        left = self._allowance(subjects)
        rows = [self._row(subject, left) for subject in subjects]
        asked = [entry for row in rows for entry in row if isinstance(entry, Question)]
        answers = iter(self._lookup.ask_many(asked, self._slots.pace)) if asked else iter(())
        facts = []
        for subject, row in zip(subjects, rows, strict=True):
            slots = self._slots_of(subject)
            read = [
                slot.reader.read(next(answers)) if isinstance(entry, Question) else entry
                for slot, entry in zip(slots, row, strict=True)
            ]
            facts.append(ListingFacts(subject, tuple(read)))
        self._remember(facts)
        return self._with_reasons(facts, rows)

    def _slots_of(self, subject: ListingSubject) -> list[Slot]:
        return self._slots.of(*subject.asked_as)

    def _allowance(self, subjects: Sequence[ListingSubject]) -> dict[str, int]:
        """Zone -> how many questions it may still have, for the lists whose operator caps the day."""
        counts = Counter(subject.asked_as for subject in subjects)
        return afford(
            self._budget,
            (
                (slot.blocklist, number)
                for (kind, of_link), number in counts.items()
                for slot in self._slots.of(kind, of_link)
                if slot.fixed is None
            ),
        )

    def _row(self, subject: ListingSubject, left: dict[str, int]) -> Row:
        """One entry a list: the question, or the answer that needs none."""
        labels = reversed_labels(subject.text) if subject.kind in (Kind.IP4, Kind.IP6) else ""
        row: Row = []
        for slot in self._slots_of(subject):
            if slot.fixed is not None:
                row.append(slot.fixed)
            elif not _take_one(left, slot.blocklist.zone):
                row.append(slot.reader.read(OVER_BUDGET))
            else:
                row.append(_question(slot, labels, subject))
        return row

    def _remember(self, facts: Sequence[ListingFacts]) -> None:
        """Keeps one unknown of each list for the notes, and stops asking lists that are silent or refuse throughout."""
        for fact in facts:
            for answer in fact.answers:
                if answer.unknown is not None:
                    self._open[answer.blocklist.zone] = answer
        groups: dict[tuple[Kind, bool], list[ListingFacts]] = {}
        for fact in facts:
            groups.setdefault(fact.subject.asked_as, []).append(fact)
        for (kind, of_link), group in groups.items():
            for index, answer in _useless_lists(group):
                self._slots.give_up(kind, of_link, index, answer)

    def _with_reasons(self, facts: list[ListingFacts], rows: Sequence[Row]) -> list[ListingFacts]:
        """Asks for the TXT beside each listing, as many as the run may; a reason that does not come is no loss."""
        hits = list(islice(_hits(facts, rows), self._reasons_left))
        granted = afford(self._budget, [(facts[i].answers[j].blocklist, 1) for i, j, _ in hits])
        hits = [hit for hit in hits if _take_one(granted, facts[hit[0]].answers[hit[1]].blocklist.zone)]
        if not hits:
            return facts
        self._reasons_left -= len(hits)
        found = self._lookup.ask_many([question for _, _, question in hits], self._slots.pace)
        for (i, j, _), observed in zip(hits, found, strict=True):
            if isinstance(observed, Found):
                answers = list(facts[i].answers)
                answers[j] = replace(answers[j], reason=reason_text(observed.value.texts()))
                facts[i] = ListingFacts(facts[i].subject, tuple(answers))
        return facts


def _question(slot: Slot, labels: str, subject: ListingSubject) -> Question | ListAnswer:
    name = slot.name
    if labels:
        return Question(f"{labels}.{name.suffix}", "A", f"{labels}.{name.shown}" if name.shown else "")
    question = name.question(name_for_list(slot.blocklist, subject.asked_as[0], subject.text))
    if len(question.name) > MAX_NAME:
        return slot.reader.read(_TOO_LONG)
    return question


def _take_one(left: dict[str, int], zone: str) -> bool:
    """One question off the allowance of a zone; a zone without an entry has no cap."""
    if zone not in left:
        return True
    left[zone] -= 1
    return left[zone] >= 0


def _useless_lists(group: Sequence[ListingFacts]) -> Iterator[tuple[int, ListAnswer]]:
    """The lists that let every one of at least eight questions time out, or refused them all, by their place."""
    if len(group) < _USELESS_AFTER:
        return
    for index, answer in enumerate(group[0].answers):
        columns = (fact.answers[index].unknown for fact in group)
        if all(unknown is not None and unknown.cause in _USELESS for unknown in columns):
            yield index, answer


def _hits(facts: Sequence[ListingFacts], rows: Sequence[Row]) -> Iterator[tuple[int, int, Question]]:
    for i, (fact, row) in enumerate(zip(facts, rows, strict=True)):
        for j, (answer, entry) in enumerate(zip(fact.answers, row, strict=True)):
            if answer.state in _WITH_REASON and isinstance(entry, Question):
                yield i, j, entry._replace(rdtype="TXT")
