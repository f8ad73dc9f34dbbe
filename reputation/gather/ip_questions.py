"""Reverse names of the sending addresses, and whether they point back (forward-confirmed reverse DNS)."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Final

from reputation.facts.domain import ReverseNames
from reputation.gather.answers import answer_to
from reputation.model import Absent, Found, Observed, Unknown
from reputation.records.answer import Question
from reputation.records.dns_name import may_be_asked, normal
from reputation.records.spf_evaluate import Answers

MAX_NAMES: Final = 10


def ptr_question(ip: str) -> Question:
    """The reverse name of an address."""
    return Question(ip_address(ip).reverse_pointer, "PTR", "")


def forward_questions(ip: str, answers: Answers) -> tuple[Question, ...]:
    """The host names that the PTR gave, asked for their addresses."""
    names = observed_ptr(ip, answers)
    rdtype = "A" if ip_address(ip).version == 4 else "AAAA"
    return tuple(Question(name, rdtype) for name in names.value) if isinstance(names, Found) else ()


def observed_ptr(ip: str, answers: Answers) -> Observed[tuple[str, ...]]:
    """The host names of an address, at most ten."""
    observed = answer_to(ptr_question(ip), answers)
    if not isinstance(observed, Found):
        return observed
    names = tuple(normal(name) for name in observed.value.strings() if may_be_asked(name))[:MAX_NAMES]
    return Found(names, observed.source) if names else Absent(observed.source)


def observed_reverse(ip: str, answers: Answers) -> Observed[ReverseNames]:
    """The names and which of them are confirmed. One confirmed name is enough; without one, an open name is unknown."""
    names = observed_ptr(ip, answers)
    if not isinstance(names, Found):
        return names
    forward = [(q.name, answer_to(q, answers)) for q in forward_questions(ip, answers)]
    confirmed = tuple(
        name for name, observed in forward if isinstance(observed, Found) and _holds(ip, observed.value.strings())
    )
    unknown = next((observed for _, observed in forward if isinstance(observed, Unknown)), None)
    if unknown is not None and not confirmed:
        return unknown
    return Found(ReverseNames(names=names.value, confirmed=confirmed), names.source)


def _holds(ip: str, addresses: tuple[str, ...]) -> bool:
    return any(ip_address(address) == ip_address(ip) for address in addresses)
