"""Each demand of each receiver, decided as far as DNS (and a message, when there is one) can decide it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from reputation.facts.domain import DomainFacts, IpOrigin, ReverseNames
from reputation.facts.message import Decision
from reputation.model import Absent, Found, Observed, Unknown
from reputation.records.receivers import Demand, Receiver
from reputation.records.spf_evaluate import SpfResult

SHORTEST_KEY: Final = 1024


class State(StrEnum):
    """What can be said of one demand."""

    MEETS = "meets"
    FAILS = "fails"
    ONLY_IF_BULK = "only-if-bulk"  # not met, but asked only of bulk senders
    CANNOT_TELL = "cannot-tell"


@dataclass(frozen=True, slots=True)
class Row:
    """One cell of the matrix. `why` is machine-readable: what is missing for an answer."""

    demand: Demand
    state: State
    why: str = ""


def rows(receiver: Receiver, facts: DomainFacts) -> tuple[Row, ...]:
    """Every demand of the receiver."""
    return tuple(_row(demand, facts) for demand in receiver.demands)


def _row(demand: Demand, facts: DomainFacts) -> Row:
    decide = _DECISIONS.get(demand.requirement)
    decision = decide(facts) if decide else "outside"
    if isinstance(decision, str):
        return Row(demand, State.CANNOT_TELL, decision)
    if decision:
        return Row(demand, State.MEETS)
    return Row(demand, State.FAILS if demand.binds == "all" else State.ONLY_IF_BULK)


def _spf(facts: DomainFacts) -> Decision:
    if isinstance(facts.spf, Absent):
        return False
    if isinstance(facts.spf, Unknown):
        return str(facts.spf.cause)
    given = [ip.spf for ip in facts.ips if ip.sending.origin is IpOrigin.GIVEN]
    if not given:
        return "needs --ip"
    results = [spf.value.result if isinstance(spf, Found) else None for spf in given]
    return "unanswered" if None in results else all(result is SpfResult.PASS for result in results)


def _dkim(facts: DomainFacts) -> Decision:
    """A published key is no signature: without a message the best answer is that it could pass."""
    if facts.message is not None:
        return facts.message.dkim_passes
    if isinstance(facts.dkim, Unknown):
        return str(facts.dkim.cause)
    keys = facts.dkim.value.keys if isinstance(facts.dkim, Found) else None
    if keys is None:
        return False
    long_enough = [key for key in keys if key.key and (key.key.algorithm != "rsa" or key.key.bits >= SHORTEST_KEY)]
    return "needs --message" if long_enough or not keys else False


def _either(facts: DomainFacts) -> Decision:
    spf, dkim = _spf(facts), _dkim(facts)
    if spf is True or dkim is True:
        return True
    return False if spf is False and dkim is False else next(d for d in (spf, dkim) if isinstance(d, str))


def _dmarc(facts: DomainFacts) -> Decision:
    if isinstance(facts.dmarc, Unknown):
        return str(facts.dmarc.cause)
    return isinstance(facts.dmarc, Found) and facts.dmarc.value.policy is not None


def _alignment(facts: DomainFacts) -> Decision:
    return "needs --message" if facts.message is None else facts.message.aligned


def _honoured(facts: DomainFacts) -> Decision:
    """A policy of none refuses nothing; a stricter one refuses what is not aligned."""
    if not isinstance(facts.dmarc, Found) or facts.dmarc.value.policy is None:
        return str(facts.dmarc.cause) if isinstance(facts.dmarc, Unknown) else True
    return True if facts.dmarc.value.policy.applied == "none" else _alignment(facts)


def _reverse_name(facts: DomainFacts) -> Decision:
    own = [ip.reverse for ip in facts.ips if ip.sending.origin is not IpOrigin.SPF_POOL]
    return _all_of([_confirmed(reverse) for reverse in own]) if own else "needs --ip"


def _confirmed(reverse: Observed[ReverseNames]) -> Decision:
    if isinstance(reverse, Unknown):
        return str(reverse.cause)
    return isinstance(reverse, Found) and bool(reverse.value.confirmed)


def _all_of(decisions: list[Decision]) -> Decision:
    if False in decisions:
        return False
    return next((decision for decision in decisions if isinstance(decision, str)), True)


def _domain(facts: DomainFacts) -> Decision:
    if isinstance(facts.exists, Unknown) or isinstance(facts.mx, Unknown):
        return "unanswered"
    return isinstance(facts.exists, Found) and not facts.null_mx


def _one_click(facts: DomainFacts) -> Decision:
    """Both headers are there; a message without them may be no campaign."""
    if facts.message is None:
        return "needs --message"
    return True if {"list-unsubscribe", "list-unsubscribe-post"} <= facts.message.headers else "needs a campaign"


_DECISIONS: Final[dict[str, Callable[[DomainFacts], Decision]]] = {
    "spf-or-dkim": _either,
    "spf": _spf,
    "dkim": _dkim,
    "dmarc": _dmarc,
    "dmarc-honoured": _honoured,
    "alignment": _alignment,
    "reverse-name": _reverse_name,
    "domain-exists": _domain,
    "one-click": _one_click,
}
