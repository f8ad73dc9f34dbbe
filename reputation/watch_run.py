"""One round of the watchman: each target examined, its answers turned into observations, its records noted.

Addresses and blocks go through the lists together; a domain is a report of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from reputation.facts.domain import DomainFacts, SelectorKey
from reputation.facts.draft import DraftFacts
from reputation.gather.drafts import DraftProblem, read_drafts
from reputation.gather.witness import denies_everything
from reputation.history.changes import Key, Observation, Standing, standing_of
from reputation.history.ledger import TargetRun
from reputation.lint_settings import LintSettings
from reputation.listing_run import JudgedSubject, ListingRun, subjects_of
from reputation.model import Absent, Area, Cause, Found, Observed, Outcome, Result, Score, Verdict
from reputation.run import Examined, Means, Request, examine
from reputation.score import coverage, score, verdict
from reputation.text import Text, plain, say
from reputation.watch_settings import WatchTarget

MAX_RECORD = 1000
NOTHING = LintSettings()
_DENIES = say("not checked: the resolver denies the domain and the test entries of every list")
_RANK = {Standing.BAD: 2, None: 1, Standing.GOOD: 0}


@dataclass(frozen=True, slots=True)
class Round:
    """When this round was made and through which resolver, for the state; `id` is the run's."""

    id: str
    at: float
    resolver: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """One target after its examination."""

    target: WatchTarget
    results: tuple[Result, ...]
    verdict: Verdict
    score: Score
    run: TargetRun
    notes: tuple[Text, ...] = ()


def watched(
    targets: Sequence[WatchTarget], means: Means, this: Round, lint: LintSettings = NOTHING
) -> Iterator[Watched]:
    """Every target, each question kept once although several targets may share an address.

    `lint` names the checks that are left out in drafts.
    """
    seen: set[Key] = set()
    for one in _examined(targets, means, this, lint):
        fresh = [observation for observation in one.run.observations if observation.key not in seen]
        seen.update(observation.key for observation in fresh)
        yield replace(one, run=replace(one.run, observations=fresh))


def _examined(targets: Sequence[WatchTarget], means: Means, this: Round, lint: LintSettings) -> Iterator[Watched]:
    addresses = [one for one in targets if not one.target.domain and not one.drafts]
    yield from _addresses(addresses, means, this)
    for target in targets:
        if target.target.domain or target.drafts:
            yield _domain(target, means, this, lint)


def _addresses(targets: Sequence[WatchTarget], means: Means, this: Round) -> Iterator[Watched]:
    """All addresses of all targets in one go; the lists are tested once."""
    run = ListingRun(means.lookup, means.lists, means.listing, means.policy.severities)
    parts = [subjects_of([target.target]) for target in targets]
    judged = run.judged([subject for part in parts for subject in part])
    for target, part in zip(targets, parts, strict=True):
        own: list[JudgedSubject] = list(islice(judged, len(part)))
        results = tuple(result for one in own for result in one.results)
        last = target is targets[-1]
        yield _watched(target, Examined(results, run.notes if last else ()), means, this)


def _domain(target: WatchTarget, means: Means, this: Round, lint: LintSettings) -> Watched:
    drafts, problems = _drafts(target.drafts, lint)
    request = Request(
        domains=(target.target.domain,) if target.target.domain else (), ips=(*target.target.ips, *target.ips),
        selectors=target.selectors, drafts=drafts,
    )  # fmt: skip
    examined = _believed(examine(request, means), means)
    return _watched(target, replace(examined, notes=(*problems, *examined.notes)), means, this)


def _believed(examined: Examined, means: Means) -> Examined:
    """Where the domain is gone and the lists' own entries are gone as well, the resolver lies or is cut off.

    What was asked of DNS is unknown then: a night's fault of a resolver must not be told as records that are gone.
    """
    gone = bool(examined.domains) and all(isinstance(facts.exists, Absent) for facts in examined.domains)
    if not gone or not denies_everything(means.lookup, means.lists, means.listing.keys):
        return examined
    return replace(examined, results=tuple(map(_doubted, examined.results)), domains=())


def _doubted(result: Result) -> Result:
    if result.area is Area.CONTENT or result.outcome in (Outcome.SKIPPED, Outcome.UNKNOWN):
        return result
    return result._replace(
        outcome=Outcome.UNKNOWN, cause=Cause.MALFORMED_ANSWER, message=_DENIES, remedy=None, evidence=()
    )  # fmt: skip


def _drafts(place: str, lint: LintSettings) -> tuple[tuple[DraftFacts, ...], tuple[Text, ...]]:
    """The drafts that can be read, and why the others cannot."""
    read = list(read_drafts([place])) if place else []
    problems = tuple(one.message for one in read if isinstance(one, DraftProblem))
    return tuple(lint.applied(one) for one in read if not isinstance(one, DraftProblem)), problems


def _watched(target: WatchTarget, examined: Examined, means: Means, this: Round) -> Watched:
    results = examined.results
    summary, asked, total = verdict(results), coverage(results), score(results, means.policy)
    records, absent = _records(examined.domains)
    run = TargetRun(
        run_id=this.id, target=target.name, at=this.at, verdict=summary.value, asked=asked.asked, unknown=asked.unknown,
        low=total.total.low if total.total else None, high=total.total.high if total.total else None,
        observations=observations(results, this), outcomes=_outcomes(results), records=records, absent=absent,
        subjects=tuple(dict.fromkeys(result.target for result in results)),
    )  # fmt: skip
    return Watched(
        target=target, results=results, verdict=summary, score=total, run=run, notes=examined.notes
    )  # fmt: skip


def observations(results: Sequence[Result], this: Round) -> list[Observation]:
    """One observation a question. Where a check found several things the worst stands for it, and unknown for good."""
    worst: dict[Key, tuple[Standing | None, Result]] = {}
    for result in results:
        key = Key(result.target, *result.subject_key)
        standing = standing_of(result)
        if key not in worst or _weight(standing, result) > _weight(*worst[key]):
            worst[key] = standing, result
    return [_observation(key, standing, result, this) for key, (standing, result) in worst.items()]


def _weight(standing: Standing | None, result: Result) -> tuple[int, bool]:
    """Of what is equally good, what applies stands before what does not."""
    return _RANK[standing], result.outcome is not Outcome.SKIPPED


def _observation(key: Key, standing: Standing | None, result: Result, this: Round) -> Observation:
    """The sentence is kept for what is bad; what is good needs none."""
    return Observation(
        key=key, at=this.at, standing=standing, resolver=this.resolver, cause=result.cause,
        message=json.dumps(plain(result.message)) if standing is Standing.BAD else "", severity=result.severity.value,
        applies=result.outcome is not Outcome.SKIPPED,
    )  # fmt: skip


def _outcomes(results: Sequence[Result]) -> dict[str, str]:
    """ "check zone target" -> outcome, for the comparison of two runs."""
    return {" ".join((*result.subject_key, result.target)): result.outcome.value for result in results}


def _records(domains: Sequence[DomainFacts]) -> tuple[dict[str, str], tuple[str, ...]]:
    """What was found, by name, and the names that do not exist. What could not be asked is in neither."""
    seen: dict[str, Observed[tuple[str, ...]]] = {}
    for facts in domains:
        seen |= {"SPF": facts.spf, "MX": _mx(facts), "DMARC": _dmarc(facts)}
        seen |= {f"DKIM {selector}": _key(found) for selector, found in facts.selectors}
    found = {name: _one(value.value) for name, value in seen.items() if isinstance(value, Found) and value.value}
    absent = tuple(name for name, value in seen.items() if isinstance(value, Absent) or value == Found(()))
    return found, absent


def _one(texts: Sequence[str]) -> str:
    """One text in an order that does not depend on the name server."""
    return " | ".join(sorted(texts))[:MAX_RECORD]


def _mx(facts: DomainFacts) -> Observed[tuple[str, ...]]:
    if not isinstance(facts.mx, Found):
        return facts.mx
    return Found(tuple(f"{exchange.preference} {exchange.host or '.'}" for exchange in facts.mx.value))


def _dmarc(facts: DomainFacts) -> Observed[tuple[str, ...]]:
    return Found(facts.dmarc.value.published) if isinstance(facts.dmarc, Found) else facts.dmarc


def _key(found: Observed[SelectorKey]) -> Observed[tuple[str, ...]]:
    if not isinstance(found, Found):
        return found
    return Found(found.value.records)
