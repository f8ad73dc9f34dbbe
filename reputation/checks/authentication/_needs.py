"""What the checks of this folder share: picking an observation, and the kind of check that looks at one address."""

from __future__ import annotations

from typing import Any, TypeVar

from reputation.checks import Check
from reputation.facts.domain import DomainFacts, IpOrigin
from reputation.facts.message import MessageFacts
from reputation.facts.practice import PracticeFacts
from reputation.model import Absent, Found, Known, Observed, Severity, Unknown
from reputation.records.spf import SpfRecord, SpfSyntaxError, parse_spf
from reputation.records.spf_tree import SpfNode

T = TypeVar("T")


class AddressCheck(Check[DomainFacts, T]):
    """A check that runs once for each sending address, which is then `facts.sender`."""


class PracticeCheck(Check[PracticeFacts, T]):
    """A check of good practice that no receiver demands; it runs when `facts.practice` was gathered."""


class MessageCheck(Check[MessageFacts, T]):
    """A check of one sent message; it runs when `facts.message` is there, with the file as its target."""


class OverviewCheck(Check[DomainFacts, T]):
    """A summary over everything that was seen, for people who ask about authentication alone."""


def with_facts(facts: DomainFacts, observed: Observed[Any]) -> Observed[DomainFacts]:
    """The whole of the facts, unless `observed`, on which the judgement rests, is unknown."""
    return observed if isinstance(observed, Unknown) else Found(facts, observed.source)


def anything_of(facts: DomainFacts) -> Observed[DomainFacts]:
    """The whole of the facts, unless nothing at all is known of SPF, DKIM, DMARC and MX."""
    observed = (facts.spf, facts.dkim, facts.dmarc, facts.mx)
    unknown = [one for one in observed if isinstance(one, Unknown)]
    return unknown[0] if len(unknown) == len(observed) else Found(facts)


def own_record(facts: DomainFacts) -> Observed[SpfRecord]:
    """The domain's own SPF record; Absent without one, with several, or when it does not fit the grammar.

    It stays readable when an include below it was not answered.
    """
    if not isinstance(facts.spf, Found):
        return facts.spf
    try:
        return Found(parse_spf(facts.spf.value[0]), facts.spf.source) if len(facts.spf.value) == 1 else Absent()
    except SpfSyntaxError:
        return Absent()


def whole_tree(facts: DomainFacts) -> Observed[SpfNode]:
    """The SPF tree; Absent when the domain has none that could be followed."""
    if not isinstance(facts.spf_tree, Found):
        return facts.spf_tree
    return facts.spf_tree if facts.spf_tree.value.record else Absent()


def value_of(known: Known[T]) -> T | None:
    """The value, or None for what is absent."""
    return known.value if isinstance(known, Found) else None


def blame(facts: DomainFacts, severity: Severity) -> Severity:
    """An address of a service's pool is not the sender's to repair, and one out of a block may be unused."""
    sending = facts.sender.sending if facts.sender is not None else None
    if sending is None or not (sending.in_block or sending.origin is IpOrigin.SPF_POOL):
        return severity
    return Severity.INFORMATIONAL if sending.origin is IpOrigin.SPF_POOL else Severity.MINOR
