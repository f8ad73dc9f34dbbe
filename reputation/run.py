"""The spine: gather, judge, score. No rule and no sentence of its own beyond what was looked at.

A draft gives more than its content: the domain of its From, its link hosts and its DKIM selectors are asked about too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import reputation
from reputation.checks.authentication import judge_domain
from reputation.checks.drafts import judge_draft
from reputation.checks.listing_results import listing_results
from reputation.facts.domain import DomainFacts, IpOrigin
from reputation.facts.draft import DraftFacts
from reputation.facts.listing import ListingSubject, Role
from reputation.gather.domain import DomainRequest, gather_domains
from reputation.gather.listings import ListingOptions, gather_listings
from reputation.gather.lookup import Lookup
from reputation.gather.second_opinion import with_second_opinion
from reputation.model import DraftProblem, Report, Result, Run, Subject, Verdict
from reputation.policy import Policy
from reputation.records.dnsxl import Blocklist
from reputation.records.target import BadTarget, TargetKind, kind_of, parse_target, reserved_because
from reputation.risk.sentences import risk_note
from reputation.score import coverage, fixes, score, verdict
from reputation.text import Text, say

MAX_LINK_HOSTS = 50
_ROLES = {
    IpOrigin.GIVEN: Role.GIVEN_IP,
    IpOrigin.SPF_OWN: Role.SPF_IP,
    IpOrigin.SPF_POOL: Role.POOL_IP,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to examine. Domains are A-labels; `ips` send for the domains, or stand alone where there is no domain."""

    domains: tuple[str, ...] = ()
    ips: tuple[str, ...] = ()
    selectors: tuple[str, ...] = ()
    drafts: tuple[DraftFacts, ...] = ()
    display: Mapping[str, str] = field(default_factory=dict)
    second_opinion: bool = True  # checkdmarc reads SPF and DMARC beside us
    problems: tuple[DraftProblem, ...] = ()  # drafts that were named and could not be read


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """With what: who answers DNS, which lists, and by which policy it is judged."""

    lookup: Lookup
    lists: Sequence[Blocklist]
    listing: ListingOptions
    policy: Policy


@dataclass(frozen=True, slots=True)
class Examined:
    """What came out before it is scored."""

    results: tuple[Result, ...]
    notes: tuple[Text, ...] = ()
    domains: tuple[DomainFacts, ...] = ()


def examine(request: Request, means: Means) -> Examined:
    """Blocklists, authentication and content of the request."""
    severities = means.policy.severities
    domains = gather_domains(means.lookup, [_domain_request(name, request, means) for name in request.domains])
    if request.second_opinion:
        domains = [with_second_opinion(facts) for facts in domains]
    listings = gather_listings(means.lookup, _subjects(request, domains), means.lists, means.listing)
    results = [
        *listing_results(listings.facts, severities),
        *_once(result for facts in domains for result in judge_domain(facts, severities)),
        *(result for draft in request.drafts for result in judge_draft(draft, severities)),
    ]
    return Examined(tuple(results), (*listings.notes, *_notes(request, domains)), tuple(domains))


def _once(results: Iterable[Result]) -> list[Result]:
    """An address that sends for two domains has one reverse name: what is said of it alone is said once."""
    kept: dict[str, list[Result]] = {}
    for result in results:
        alike = kept.setdefault(result.fingerprint, [])
        if result not in alike:
            alike.append(result)
    return [result for alike in kept.values() for result in alike]


def report(request: Request, examined: Examined, policy: Policy, run: Run) -> Report:
    """The results with score, verdict and what to fix first."""
    return report_on(_subject(request), examined, policy, run, request.problems)


def report_on(
    subject: Subject, examined: Examined, policy: Policy, run: Run, problems: tuple[DraftProblem, ...] = ()
) -> Report:
    """As `report`, of what is no longer at hand but by name."""
    results = examined.results
    return Report(
        run=run, subject=subject, verdict=_verdict(results, problems), score=score(results, policy),
        coverage=coverage(results), results=results, fixes=fixes(results, policy), notes=examined.notes,
        tool_version=reputation.__version__, problems=problems,
    )  # fmt: skip


def _verdict(results: Sequence[Result], problems: Sequence[DraftProblem]) -> Verdict:
    """Of a draft that could not be read nobody knows whether it may be sent."""
    found = verdict(results)
    return Verdict.UNDECIDED if problems and found is not Verdict.STOP else found


def _subject(request: Request) -> Subject:
    files = (*(draft.file for draft in request.drafts), *(problem.file for problem in request.problems))
    return Subject(request.domains, request.ips, files, request.display)


def _domain_request(domain: str, request: Request, means: Means) -> DomainRequest:
    signed = [pair for draft in request.drafts for pair in draft.selectors]
    return DomainRequest(
        domain=domain, ips=request.ips, selectors=request.selectors, now=int(means.listing.now.timestamp()),
        draft_selectors=tuple(dict.fromkeys(s for s, signer in signed if _covers(signer, domain))),
    )  # fmt: skip


def _covers(signer: str, domain: str) -> bool:
    """The key record stands below the signing domain, which may be the domain itself or a part above it."""
    return domain == signer or domain.endswith("." + signer)


def _subjects(request: Request, domains: Sequence[DomainFacts]) -> list[ListingSubject]:
    """Everything that lists are asked about, each name once, in its first and weightiest role."""
    found: dict[str, Role] = {}
    for name, role in _roles(request, domains):
        found.setdefault(name, role)
    return [ListingSubject(name, kind_of(name), role) for name, role in found.items()]


def _roles(request: Request, domains: Sequence[DomainFacts]) -> Iterator[tuple[str, Role]]:
    yield from ((ip, Role.GIVEN_IP) for ip in request.ips)
    sending = [ip.sending for facts in domains for ip in facts.ips]
    yield from ((one.ip, _ROLES[one.origin]) for one in sending if reserved_because(one.ip) is None)
    yield from ((domain, Role.DOMAIN) for domain in request.domains)
    for draft in request.drafts:
        yield from ((name, Role.FROM_DOMAIN) for name in _askable([draft.from_domain]))
        yield from ((name, Role.LINK_HOST) for name in _askable(draft.link_hosts[:MAX_LINK_HOSTS]))


def _askable(hosts: Iterable[str]) -> Iterator[str]:
    """The names, as A-labels, and the addresses of the open Internet among what a draft names."""
    for host in hosts:
        try:
            target = parse_target(host)
        except BadTarget:
            continue
        yield from ((target.domain,) if target.kind is TargetKind.DOMAIN else target.ips)


def _notes(request: Request, domains: Sequence[DomainFacts]) -> Iterator[Text]:
    yield from (note for facts in domains for note in facts.notes)
    yield from (risk_note(draft) for draft in request.drafts)
    cut = [draft.file for draft in request.drafts if len(draft.link_hosts) > MAX_LINK_HOSTS]
    if cut:
        yield say("{file}: only its first {n} link hosts were asked about", file=tuple(cut), n=MAX_LINK_HOSTS)
