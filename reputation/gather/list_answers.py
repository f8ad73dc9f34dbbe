"""From a DNS answer to what a list said: here timeouts, refusals and strange addresses become Unknown, not "clean"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from reputation.facts.listing import ListAnswer
from reputation.model import Absent, Cause, Confidence, Observed, Unknown
from reputation.records.answer import Answer
from reputation.records.dnsxl import Blocklist, Code, CodeSense, Kind, State
from reputation.records.dnsxl_codes import CodeTable, Reading, catalogue_text, outside_loopback
from reputation.text import Text, say

_STATE_OF_CAUSE: Final[Mapping[Cause, State]] = {
    Cause.BLOCKED_BY_OPERATOR: State.REFUSED,
    Cause.RATE_LIMITED: State.REFUSED,
    Cause.NO_KEY: State.REFUSED,
    Cause.MALFORMED_ANSWER: State.UNTRUSTED,
    Cause.LIST_UNTRUSTED: State.UNTRUSTED,
}
_MAX_KNOWN: Final = 1_000  # different answers of one list; an odd one may answer every subject differently
_WITHOUT_DATA: Final = Unknown(
    Cause.MALFORMED_ANSWER,
    "",
    say("the name server answers without data, and this list has not shown that this means no"),
)
_DOUBTED: Final = Unknown(
    Cause.LIST_UNTRUSTED,
    "",
    say("it has no test entry, and other lists refuse this resolver without a word, so its silence proves nothing"),
)
_ALIAS_TO_NOTHING: Final = Unknown(
    Cause.MALFORMED_ANSWER, "", say("it answers with an alias that leads to nothing, which is neither yes nor no")
)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far one list is trusted in this run for one kind of subject.

    `proven` says that it passed a positive and a negative test entry, `spoken` that some positive entry of it was
    answered. With `failed` it is not asked at all: that is then its answer for every subject. `doubted`: this resolver
    is refused without a word by the lists that can show it, so silence of this one does not mean "not listed".
    """

    confidence: Confidence
    proven: bool = False
    spoken: bool = False
    failed: ListAnswer | None = None
    doubted: bool = False


class AnswerReader:
    """Reads the answers of one list about one kind; the same answer gives the same object, whatever the subject.

    NOERROR without data: RFC 5782 knows only NXDOMAIN for "not listed", yet many servers send it for the same. It is
    believed from a list that has passed both its test entries, since such a list answers and tells yes from no. From
    any other it proves nothing.
    """

    def __init__(self, blocklist: Blocklist, kind: Kind, standing: Standing) -> None:
        self._list, self._kind, self._standing = blocklist, kind, standing
        self._table = code_table(blocklist.codes)
        self._clean = self._not_listed()
        self._nodata = self._clean if standing.proven else unanswered(blocklist, kind, _WITHOUT_DATA, State.UNREACHABLE)
        self._alias = unanswered(blocklist, kind, _ALIAS_TO_NOTHING)
        self._known: dict[object, ListAnswer] = {}

    def read(self, observed: Observed[Answer]) -> ListAnswer:
        """What the list said."""
        if isinstance(observed, Absent):
            return self._alias if observed.alias else self._clean if observed.nxdomain else self._nodata
        if isinstance(observed, Unknown):
            key: object = (observed.cause, observed.detail)
        else:
            key = (observed.value.records, observed.value.cut)
        found = self._known.get(key)
        if found is None:
            found = self._new(observed)
            if len(self._known) < _MAX_KNOWN:
                self._known[key] = found
        return found

    def _not_listed(self) -> ListAnswer:
        if self._standing.doubted:
            return unanswered(self._list, self._kind, _DOUBTED)
        return ListAnswer(self._list, self._kind, State.CLEAN, confidence=self._confidence(documented=True))

    def _new(self, observed: Observed[Answer]) -> ListAnswer:
        if isinstance(observed, Unknown):
            return unanswered(self._list, self._kind, Unknown(observed.cause, "", observed.detail))
        addresses = () if isinstance(observed, Absent) else observed.value.strings()
        if isinstance(observed, Absent) or not addresses:
            return self._nodata
        return self._read(self._table.read(addresses), observed.value.cut)

    def _read(self, reading: Reading, cut: bool) -> ListAnswer:
        state = State.UNTRUSTED if cut and reading.state is not State.LISTED else reading.state
        unknown = why_unknown(state, reading, self._list)
        confidence = Confidence.HIGH if unknown else self._confidence(documented=reading.documented)
        return ListAnswer(self._list, self._kind, state, reading.hits, "", confidence, unknown, cut)

    def _confidence(self, *, documented: bool) -> Confidence:
        sure = documented and self._list.confirmed
        return self._standing.confidence if sure else Confidence.LOW


def unanswered(blocklist: Blocklist, kind: Kind, unknown: Unknown, state: State | None = None) -> ListAnswer:
    """The answer of a list that gave none; the state follows from the cause."""
    return ListAnswer(blocklist, kind, state or _STATE_OF_CAUSE.get(unknown.cause, State.UNREACHABLE), unknown=unknown)


def why_unknown(state: State, reading: Reading, blocklist: Blocklist) -> Unknown | None:
    """The cause behind an answer that refuses or cannot be believed, or None for one that can."""
    if state is State.REFUSED:
        meaning = next(hit.meaning for hit in reading.hits if hit.sense is CodeSense.REFUSED)
        detail = say(
            "{operator} refuses to answer: {meaning}", operator=blocklist.operator, meaning=catalogue_text(meaning)
        )
        return Unknown(Cause.BLOCKED_BY_OPERATOR, "", detail)
    return Unknown(Cause.MALFORMED_ANSWER, "", _strange(reading)) if state is State.UNTRUSTED else None


@lru_cache(maxsize=1024)
def code_table(codes: tuple[Code, ...]) -> CodeTable:
    """The codes of a list, compiled once a process."""
    return CodeTable(codes)


def _strange(reading: Reading) -> Text:
    addresses = tuple(hit.address for hit in reading.hits)
    outside = outside_loopback(addresses)
    if outside:
        return say(
            "it answers {addresses}, which no blocklist may: its domain is parked, or the resolver rewrites answers",
            addresses=outside[:3],
        )
    return say("it answers {addresses}, which means nothing that the list documents", addresses=addresses[:3])
