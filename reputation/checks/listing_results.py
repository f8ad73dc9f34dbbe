"""Judges what the lists said. An answer is judged once, however many subjects got it: only the target differs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from reputation.checks import AnyCheck
from reputation.checks.causes import MEANING, REMEDY
from reputation.checks.listing._judge import evidence_of
from reputation.checks.listing._sentences import message_of, unknown_message
from reputation.checks.listing._severity import severity_of
from reputation.checks.registry import checks_of
from reputation.checks.runner import run_check
from reputation.facts.listing import ListAnswer, ListedFact, ListingFacts, Role
from reputation.model import Cause, Json, Outcome, Remedy, Result, Severity
from reputation.records.dnsxl import State

_MAX_KEPT: Final = 20_000


class ListingJudge:
    """The judgements of one run. `severities` are the policy's overrides, by zone or by check id."""

    def __init__(self, severities: Mapping[str, Severity] | None = None) -> None:
        self._severities = severities or {}
        self._judged: dict[tuple[ListAnswer, Role], Result] = {}

    def results(self, facts: ListingFacts) -> list[Result]:
        """One result a list, in the order of the lists."""
        return [template._replace(target=facts.subject.text) for template in self.templates(facts)]

    def templates(self, facts: ListingFacts) -> tuple[Result, ...]:
        """The results with an empty target, shared with every subject that got the same answers."""
        role = facts.subject.role
        return tuple(self.template(answer, role) for answer in facts.answers)

    def template(self, answer: ListAnswer, role: Role) -> Result:
        """The result of this answer with an empty target."""
        judged = self._judged.get((answer, role))
        if judged is None:
            if len(self._judged) >= _MAX_KEPT:
                self._judged.clear()
            judged = self._judged[answer, role] = _judged(ListedFact(answer, role), self._severities)
        return judged


def listing_results(facts: Iterable[ListingFacts], severities: Mapping[str, Severity] | None = None) -> list[Result]:
    """All results: subjects in their order, and for each the lists in theirs."""
    judge = ListingJudge(severities)
    return [result for one in facts for result in judge.results(one)]


def _judged(fact: ListedFact, severities: Mapping[str, Severity]) -> Result:
    check = _check_for(fact.role)
    zone = fact.answer.blocklist.zone
    overrides = {check.id: severities[zone]} if zone in severities else severities
    result = run_check(check, fact, "", overrides)[0]
    if result.cause is Cause.INTERNAL_ERROR:
        return result._replace(details=_details(fact.answer))
    return _unknown(fact, result) if result.outcome is Outcome.UNKNOWN else _known(fact, result)


def _known(fact: ListedFact, result: Result) -> Result:
    answer = fact.answer
    found = result.outcome not in (Outcome.PASS, Outcome.SKIPPED)
    return result._replace(
        message=message_of(fact),
        severity=result.severity if found else severity_of(fact),
        evidence=evidence_of(answer),
        confidence=answer.confidence,
        source=_source(answer),
        details=_details(answer),
    )


def _unknown(fact: ListedFact, result: Result) -> Result:
    answer, severity = fact.answer, severity_of(fact)
    cause = answer.unknown.detail if answer.unknown and answer.unknown.detail else MEANING[_cause(result)]
    critical: dict[str, Json] = {"critical": True} if severity is Severity.CRITICAL else {}
    return result._replace(
        message=unknown_message(answer, cause),
        severity=severity,
        evidence=evidence_of(answer),
        remedy=_way_out(answer, REMEDY[_cause(result)]),
        source=_source(answer),
        details={**_details(answer), **critical},
    )


def _cause(result: Result) -> Cause:
    return result.cause or Cause.INTERNAL_ERROR


def _way_out(answer: ListAnswer, usual: Remedy) -> Remedy:
    """Where the operator has a page to register or to get a key, it goes with the advice."""
    registering = answer.state is State.REFUSED and answer.blocklist.register
    return usual._replace(url=answer.blocklist.register) if registering else usual


def _details(answer: ListAnswer) -> dict[str, Json]:
    codes: list[Json] = [{"address": hit.address, "meaning": hit.meaning} for hit in answer.codes]
    details: dict[str, Json] = {
        "zone": answer.blocklist.zone,
        "list": answer.blocklist.name,
        "state": answer.state.value,
        "codes": codes,
        "delist": answer.blocklist.delist,
    }
    return {**details, "reason": answer.reason} if answer.reason else details


def _source(answer: ListAnswer) -> str:
    return answer.blocklist.sources[0] if answer.blocklist.sources else "RFC 5782"


@lru_cache(maxsize=8)
def _check_for(role: Role) -> AnyCheck:
    wanted = "link-host-listing" if role is Role.LINK_HOST else "blocklist-listing"
    return next(check for check in checks_of("listing") if check.id == wanted)
