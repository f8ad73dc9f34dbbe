"""How bad a listing is: the list's own severity, lowered where little is known or the sender did nothing."""

from __future__ import annotations

from reputation.facts.listing import ListAnswer, ListedFact, Role
from reputation.model import Severity
from reputation.records.dnsxl import State

_NOT_THE_SENDER = (State.LISTED_POLICY, State.INFO)


def severity_of(fact: ListedFact) -> Severity:
    """Of this finding; where there is none, of the worst that the list could say.

    A listing is at least minor. A collective, unconfirmed or undocumented one is never more. The address of a shared
    pool is the service's affair, and what a list only notes is for information.
    """
    answer = fact.answer
    if fact.role is Role.POOL_IP or answer.state in _NOT_THE_SENDER:
        return Severity.INFORMATIONAL
    weak = answer.blocklist.collective or not answer.blocklist.confirmed or is_undocumented(answer)
    heavy = answer.blocklist.severity in (Severity.CRITICAL, Severity.MAJOR)
    return answer.blocklist.severity if heavy and not weak else Severity.MINOR


def is_undocumented(answer: ListAnswer) -> bool:
    """Listed by an address that no line of the catalogue describes."""
    return answer.state is State.LISTED and not any(hit.meaning for hit in answer.codes)
