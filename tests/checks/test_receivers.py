"""The receivers' matrix: what is decided, what is not, and what can never be green."""

from __future__ import annotations

from typing import Any

import pytest

from reputation.checks.authentication._receivers import State, rows
from reputation.checks.authentication._services import services_of
from reputation.facts.domain import DomainFacts
from reputation.gather.domain import DomainRequest, gather_domain
from reputation.model import Cause, Confidence
from reputation.records.receivers import BINDINGS, receivers
from tests.checks.test_authentication import zone_of

OUTSIDE = ("complaints", "unsubscribe-time", "volume", "consent")


def facts_of(case: dict[str, Any]) -> DomainFacts:
    """The healthy sender with changes."""
    return gather_domain(zone_of(case), DomainRequest(domain="example.com", ips=tuple(case.get("ips", ()))))


def state(receiver: str, requirement: str, case: dict[str, Any]) -> tuple[str, str]:
    """(state, why) of one cell."""
    row = next(one for one in receivers() if one.name == receiver)
    found = [cell for cell in rows(row, facts_of(case)) if cell.demand.requirement == requirement]
    return found[0].state.value, found[0].why


@pytest.mark.parametrize(
    ("requirement", "case", "expected"),
    [
        ("spf", {"ips": ["203.0.113.5"]}, ("meets", "")),
        ("spf", {"ips": ["203.0.113.9"]}, ("only-if-bulk", "")),
        ("spf", {}, ("cannot-tell", "needs --ip")),
        ("spf", {"zone": {"example.com": "timeout"}}, ("cannot-tell", "timeout")),
        ("spf-or-dkim", {"ips": ["203.0.113.9"]}, ("cannot-tell", "needs --message")),
        ("spf-or-dkim", {"ips": ["203.0.113.9"], "gone": ["s1._domainkey.example.com"]}, ("fails", "")),
        ("dkim", {}, ("cannot-tell", "needs --message")),
        ("dkim", {"gone": ["s1._domainkey.example.com"]}, ("only-if-bulk", "")),
        ("dmarc", {}, ("meets", "")),
        ("dmarc", {"gone": ["_dmarc.example.com"]}, ("only-if-bulk", "")),
        ("dmarc", {"zone": {"_dmarc.example.com": "servfail"}}, ("cannot-tell", "servfail")),
        ("reverse-name", {"ips": ["203.0.113.5"]}, ("meets", "")),
        ("reverse-name", {"ips": ["203.0.113.9"]}, ("fails", "")),
        ("complaints", {"ips": ["203.0.113.5"]}, ("cannot-tell", "outside")),
    ],
)
def test_a_cell_of_gmail(requirement: str, case: dict[str, Any], expected: tuple[str, str]) -> None:
    """Each of the four states, and why nobody can tell."""
    assert state("Gmail", requirement, case) == expected


def test_what_nobody_can_see_from_outside_is_never_green() -> None:
    """Whatever the facts are."""
    for case in ({"ips": ["203.0.113.5"]}, {}, {"zone": {"example.com": Cause.TIMEOUT.value}}):
        for receiver in receivers():
            cells = rows(receiver, facts_of(case))
            assert not [c for c in cells if c.demand.requirement in OUTSIDE and c.state is not State.CANNOT_TELL]


def test_every_row_has_its_source_and_its_day() -> None:
    """Eight receivers; a row binds everybody, bulk senders, or is advice."""
    assert len(receivers()) == 8
    for receiver in receivers():
        assert receiver.source
        assert len(receiver.seen) == 10
        assert {demand.binds for demand in receiver.demands} <= set(BINDINGS)


def test_two_traces_make_a_service_certain() -> None:
    """One trace is a guess."""
    google = {"_spf.google.com": {"TXT": ["v=spf1 ip4:198.51.100.0/24 -all"]}}
    spf = {"TXT": ["v=spf1 include:_spf.google.com -all"]}
    one = services_of(facts_of({"zone": {"example.com": spf, **google}}))
    two = services_of(facts_of({"zone": {"example.com": {**spf, "MX": ["1 smtp.google.com"]}, **google}}))
    assert [(s.name, s.traces, s.confidence) for s in one] == [
        ("Google Workspace / Gmail", ("SPF",), Confidence.MEDIUM)
    ]
    assert [(s.traces, s.confidence) for s in two] == [(("SPF", "MX"), Confidence.HIGH)]
