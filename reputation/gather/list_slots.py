"""The lists of a run with their standing: which may be asked, and what the others have to say instead.

Every list is tested before it is asked anything that counts; a pass of the last day stands.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from reputation.facts.listing import ListAnswer
from reputation.gather.list_answers import AnswerReader, Standing, unanswered
from reputation.gather.list_names import ListName, list_name, list_test
from reputation.gather.list_state import DailyBudget, KnownPasses
from reputation.gather.list_tests import Answers, ListTest, is_silent, judge_test, standing_when_passed
from reputation.gather.lookup import Lookup
from reputation.model import Cause, Confidence, Found, Secret, Unknown
from reputation.records.answer import Question
from reputation.records.dnsxl import Blocklist, Kind, State
from reputation.records.dnsxl_names import holds
from reputation.text import say

MAX_REASONS: Final = 100
_REWRITES: Final = say("the resolver invents answers for names that do not exist")
OVER_BUDGET: Final = Unknown(Cause.RATE_LIMITED)
_SEVERAL: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingOptions:
    """What a run may use. Without folders nothing is remembered. `reasons` is how many TXT records it may ask for.

    `keys` holds the user's keys by the label that the catalogue names. `probe` is the unguessable label by which a
    rewriting resolver is found; a replay must give the recorded one.
    """

    now: datetime
    keys: Mapping[str, Secret] = field(default_factory=dict)
    cache_folder: Path | None = None
    state_folder: Path | None = None
    reasons: int = MAX_REASONS
    probe: str = field(default_factory=lambda: secrets.token_hex(12))


@dataclass(frozen=True, slots=True)
class Slot:
    """One list for one kind of subject. With `fixed` it is not asked: that is its answer for every subject."""

    blocklist: Blocklist
    name: ListName
    reader: AnswerReader
    fixed: ListAnswer | None = None


class Slots:
    """The lists of one run, tested once for each kind of subject. `rewrites`: the resolver invents answers."""

    def __init__(
        self, lookup: Lookup, lists: Sequence[Blocklist], options: ListingOptions, budget: DailyBudget
    ) -> None:
        self._lookup, self._lists, self._options, self._budget = lookup, lists, options, budget
        self._passes = KnownPasses(options.cache_folder, options.now)
        self._names = {one.zone: list_name(one, options.keys) for one in lists}
        self._standings: dict[tuple[str, Kind], Standing] = {}
        self._fingerprints: dict[tuple[str, Kind], str] = {}
        self._slots: dict[tuple[Kind, bool], list[Slot]] = {}
        self._probed = self.rewrites = False
        self.pace = {one.zone: rate for one in lists if (rate := one.fair_use.queries_per_second)}

    def of(self, kind: Kind, of_link: bool) -> list[Slot]:
        """The lists in their order, each with its standing for this kind; `test` must have been called for it."""
        slots = self._slots.get((kind, of_link))
        if slots is None:
            slots = self._slots[kind, of_link] = [self._slot(one, kind, of_link) for one in self._lists]
        return slots

    def give_up(self, kind: Kind, of_link: bool, index: int, answer: ListAnswer) -> None:
        """From now on this list is not asked any more, and `answer` stands for it."""
        slot = self.of(kind, of_link)[index]
        self._slots[kind, of_link][index] = Slot(slot.blocklist, slot.name, slot.reader, answer)

    def test(self, kinds: Iterable[Kind]) -> None:
        """Asks the test entries that these kinds need and, the first time, for a name that cannot exist."""
        tests = [test for kind in kinds for test in self._tests(kind)]
        if not tests:
            return
        open_tests = [test for test in tests if not self._stands(test)]
        affordable = self._affordable(open_tests)
        questions = [question for test in affordable for question in test.questions]
        probe = Question(f"{self._options.probe}.invalid")
        probes = [] if self._probed else [probe]
        asked = list(dict.fromkeys([*probes, *questions]))
        found = {q.name: answer for q, answer in zip(asked, self._lookup.ask_many(asked, self.pace), strict=True)}
        self._probed = True
        self.rewrites = self.rewrites or isinstance(found.get(probe.name), Found)
        self._judge(affordable, found)

    def _tests(self, kind: Kind) -> list[ListTest]:
        named = ((one, self._names[one.zone]) for one in self._lists if (one.zone, kind) not in self._standings)
        return [list_test(one, kind, name) for one, name in named if isinstance(name, ListName) and holds(one, kind)]

    def _stands(self, test: ListTest) -> bool:
        """Without test entries, or with a pass of today, there is nothing to ask."""
        if test.questions and not self._passes.has(self._fingerprint(test)):
            return False
        self._standings[test.blocklist.zone, test.kind] = standing_when_passed(test)
        return True

    def _fingerprint(self, test: ListTest) -> str:
        key = (test.blocklist.zone, test.kind)
        if key not in self._fingerprints:
            self._fingerprints[key] = test.fingerprint(self._lookup.resolvers)
        return self._fingerprints[key]

    def _affordable(self, tests: Sequence[ListTest]) -> list[ListTest]:
        wanted = [(test.blocklist, len(test.questions)) for test in tests]
        granted = afford(self._budget, wanted)
        kept = []
        for test in tests:
            zone, needed = test.blocklist.zone, len(test.questions)
            if zone not in granted or granted[zone] >= needed:
                if zone in granted:
                    granted[zone] -= needed
                kept.append(test)
            else:
                fixed = unanswered(test.blocklist, test.kind, OVER_BUDGET)
                self._standings[zone, test.kind] = Standing(Confidence.LOW, failed=fixed)
        return kept

    def _judge(self, tests: Iterable[ListTest], found: Answers) -> None:
        passed = []
        for test in tests:
            standing = judge_test(test, found)
            self._standings[test.blocklist.zone, test.kind] = standing
            if not self.rewrites and standing == standing_when_passed(test) and test.may_be_kept:
                passed.append(self._fingerprint(test))
        self._passes.keep(passed)

    def _slot(self, blocklist: Blocklist, kind: Kind, of_link: bool) -> Slot:
        name = self._names[blocklist.zone]
        standing = self._standings.get((blocklist.zone, kind), Standing(Confidence.LOW))
        fixed = standing.failed
        if not holds(blocklist, kind, of_link=of_link):
            fixed = ListAnswer(blocklist, kind, State.NOT_APPLICABLE)
        elif isinstance(name, Unknown):
            fixed = unanswered(blocklist, kind, name)
        elif self.rewrites:
            fixed = unanswered(blocklist, kind, Unknown(Cause.MALFORMED_ANSWER, "", _REWRITES))
        elif not standing.spoken and self._is_refused_in_silence():
            standing = replace(standing, doubted=True)
        shown = name if isinstance(name, ListName) else ListName(blocklist.zone)
        return Slot(blocklist, shown, AnswerReader(blocklist, kind, standing), fixed)

    def _is_refused_in_silence(self) -> bool:
        """Several lists deny their own entries and none answers: the resolver, not the lists, is the likely reason."""
        silent = {zone for (zone, _), standing in self._standings.items() if is_silent(standing)}
        return len(silent) >= _SEVERAL and not any(standing.spoken for standing in self._standings.values())


def afford(budget: DailyBudget, wanted: Iterable[tuple[Blocklist, int]]) -> dict[str, int]:
    """Reserves questions of today: zone -> how many may be asked, for the lists whose operator caps the day."""
    totals: dict[str, tuple[int, int]] = {}
    for blocklist, questions in wanted:
        allowed = blocklist.fair_use.queries_per_day
        if allowed is not None:
            totals[blocklist.zone] = (totals.get(blocklist.zone, (0, 0))[0] + questions, allowed)
    return budget.take(totals)
