"""The test entries of the lists (RFC 5782 section 5) and the probe for a resolver that rewrites answers.

A list must hold its positive entry and must not hold its negative one. A resolver that the operator refuses without a
word answers NXDOMAIN for everything, which looks perfectly clean: only the positive entry gives it away.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from reputation.facts.listing import ListAnswer
from reputation.gather.list_answers import Standing, code_table, unanswered, why_unknown
from reputation.model import Absent, Cause, Confidence, Found, Observed, Unknown
from reputation.records.answer import Answer, Question
from reputation.records.dnsxl import Blocklist, Kind, State
from reputation.records.dnsxl_codes import Reading, answers_as_listed, outside_loopback
from reputation.records.target import kind_of
from reputation.text import Text, say

Answers = Mapping[str, Observed[Answer]]
_LISTS_ALL: Final = say("it lists even its negative test entry, so it lists everything")
LISTS_NOTHING: Final = say("it does not know its own test entry; most likely it refuses this resolver without a word")
_NO_DATA: Final = say("it answers its own test entry without data")


@dataclass(frozen=True, slots=True)
class ListTest:
    """The test of one list for one kind: the names that must be listed, and those that must not.

    `borrowed`: the list states no positive entry of this kind, so `listed` holds those of another kind, or none.
    """

    blocklist: Blocklist
    kind: Kind
    listed: tuple[Question, ...]
    unlisted: tuple[Question, ...]
    borrowed: bool = False

    @property
    def questions(self) -> tuple[Question, ...]:
        """Both kinds of entries."""
        return self.listed + self.unlisted

    @property
    def may_be_kept(self) -> bool:
        """A pass is remembered, except where 127.0.0.1 means something: there a rewriting resolver looks like data."""
        return code_table(self.blocklist.codes).read(("127.0.0.1",)).state in (State.UNTRUSTED, State.REFUSED)

    def fingerprint(self, resolvers: Sequence[str]) -> str:
        """All that a pass depends on; the user's key goes in only through the hash."""
        parts = (sorted(resolvers), self.kind, [q.name for q in self.questions], self.blocklist.codes)
        return hashlib.sha256(repr(parts).encode()).hexdigest()


def entries(points: Iterable[str], kind: Kind) -> tuple[str, ...]:
    """The test entries that speak for this kind; names speak for link hosts too."""
    wanted = Kind.DOMAIN if kind is Kind.URL_HOST else kind
    return tuple(point for point in points if kind_of(point) is wanted)


def standing_when_passed(test: ListTest) -> Standing:
    """Full trust takes both entries of the kind that is asked about."""
    proven = bool(test.listed and test.unlisted) and not test.borrowed
    return Standing(Confidence.HIGH if proven else Confidence.MEDIUM, proven, spoken=bool(test.listed))


def is_silent(standing: Standing) -> bool:
    """Whether the list denied its own positive entry, as one does that refuses the resolver without a word."""
    unknown = standing.failed.unknown if standing.failed else None
    return unknown is not None and unknown.detail == LISTS_NOTHING


def judge_test(test: ListTest, answers: Answers) -> Standing:
    """What the answers to the test entries make of the list."""
    listed = [answers[q.name] for q in test.listed]
    unlisted = [answers[q.name] for q in test.unlisted]
    failed = _refused(test, [*listed, *unlisted]) or _lists_all(test, unlisted) or _unreached(test, listed, unlisted)
    if failed is None and test.listed and not any(_answers(test, observed) for observed in listed):
        if not test.blocklist.test_confirmed:
            return Standing(Confidence.LOW)
        failed = _silent(test, listed)
    return Standing(Confidence.LOW, failed=failed) if failed else standing_when_passed(test)


def _reading(test: ListTest, observed: Observed[Answer]) -> Reading | None:
    addresses = observed.value.strings() if isinstance(observed, Found) else ()
    return code_table(test.blocklist.codes).read(addresses) if addresses else None


def _answers(test: ListTest, observed: Observed[Answer]) -> bool:
    reading = _reading(test, observed)
    return reading is not None and answers_as_listed(reading)


def _refused(test: ListTest, observed: Iterable[Observed[Answer]]) -> ListAnswer | None:
    for reading in (_reading(test, one) for one in observed):
        if reading and reading.state is State.REFUSED:
            unknown = why_unknown(State.REFUSED, reading, test.blocklist)
            return ListAnswer(test.blocklist, test.kind, State.REFUSED, reading.hits, unknown=unknown)
    return None


def _lists_all(test: ListTest, unlisted: Iterable[Observed[Answer]]) -> ListAnswer | None:
    for reading in (_reading(test, one) for one in unlisted):
        if reading:
            return _untrusted(test, reading, _LISTS_ALL)
    return None


def _unreached(
    test: ListTest, listed: Sequence[Observed[Answer]], unlisted: Sequence[Observed[Answer]]
) -> ListAnswer | None:
    """A positive entry may be one of several; a negative one must be seen to be absent."""
    passed = any(_answers(test, observed) for observed in listed)
    for observed in (*(() if passed else listed), *unlisted):
        if isinstance(observed, Unknown):
            return unanswered(test.blocklist, test.kind, Unknown(observed.cause, "", observed.detail))
    return None


def _silent(test: ListTest, listed: Sequence[Observed[Answer]]) -> ListAnswer:
    for observed in listed:
        reading = _reading(test, observed)
        if reading:
            return _untrusted(test, reading, None)
        if not (isinstance(observed, Absent) and observed.nxdomain):
            unknown = Unknown(Cause.MALFORMED_ANSWER, "", _NO_DATA)
            return unanswered(test.blocklist, test.kind, unknown, State.UNREACHABLE)
    return unanswered(test.blocklist, test.kind, Unknown(Cause.LIST_UNTRUSTED, "", LISTS_NOTHING))


def _untrusted(test: ListTest, reading: Reading, detail: Text | None) -> ListAnswer:
    """The codes of a test entry say nothing of the subject and are left out, but a strange address is evidence."""
    strange = why_unknown(State.UNTRUSTED, reading, test.blocklist)
    unknown = Unknown(Cause.LIST_UNTRUSTED, "", detail or (strange.detail if strange else None))
    alien = outside_loopback(tuple(hit.address for hit in reading.hits))
    return ListAnswer(test.blocklist, test.kind, State.UNTRUSTED, reading.hits if alien else (), unknown=unknown)
