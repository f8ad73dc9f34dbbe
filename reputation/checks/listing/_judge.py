"""One judgement for every kind of subject; the checks differ in whom they speak of."""

from __future__ import annotations

from collections.abc import Sequence

from reputation.checks.listing._sentences import message_of, remedy_of
from reputation.checks.listing._severity import severity_of
from reputation.facts.listing import ListAnswer, ListedFact
from reputation.model import Absent, Confidence, Finding, Known, Observed
from reputation.records.dnsxl import State

_FINDINGS = (State.LISTED, State.LISTED_POLICY, State.INFO)


def observed(fact: ListedFact) -> Observed[ListedFact]:
    """The answer as gather brought it home."""
    return fact.observed


def judge(known: Known[ListedFact]) -> Sequence[Finding] | None:
    """A finding for a listing and for what a list notes; none for clean and good; None for what it does not hold."""
    if isinstance(known, Absent) or known.value.answer.state is State.NOT_APPLICABLE:
        return None
    fact = known.value
    if fact.answer.state not in _FINDINGS:
        return ()
    return (
        Finding(
            severity=severity_of(fact),
            message=message_of(fact),
            evidence=evidence_of(fact.answer),
            remedy=remedy_of(fact),
            confidence=fact.answer.confidence if fact.answer.state is State.LISTED else Confidence.HIGH,
        ),
    )


def evidence_of(answer: ListAnswer) -> tuple[str, ...]:
    """The raw addresses and the list's own words."""
    addresses = tuple(f"A {hit.address}" for hit in answer.codes)
    more = ("A ...",) if answer.cut else ()
    return (*dict.fromkeys(addresses), *more, *((f"TXT {answer.reason}",) if answer.reason else ()))
