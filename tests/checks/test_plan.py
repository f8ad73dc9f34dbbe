"""The path to p=reject: every record of every step is one that our own parsers take."""

from __future__ import annotations

from typing import Any

import pytest

from reputation.checks.plan import Step, plan_for
from reputation.formats.auth_plan import Plan, plan_text
from reputation.gather.domain import DomainRequest, gather_domain
from reputation.records.dns_hosts import field_for, host_of
from tests.checks.test_authentication import accepted, zone_of

DMARC = "_dmarc.example.com"


def steps_of(case: dict[str, Any]) -> tuple[Step, ...]:
    """The plan for the healthy sender with changes."""
    return plan_for(gather_domain(zone_of(case), DomainRequest(domain="example.com")))


def dmarc(text: str) -> dict[str, Any]:
    """The healthy sender with this DMARC record."""
    return {"zone": {DMARC: {"TXT": [text]}}}


@pytest.mark.parametrize(
    ("case", "states", "record"),
    [
        ({}, "done done done done done done", ""),
        ({"gone": [DMARC]}, "done done now later later later", "v=DMARC1; p=none; rua=mailto:dmarc@example.com"),
        (
            dmarc("v=DMARC1; p=none"),
            "done done now later later later",
            "v=DMARC1; p=none; rua=mailto:dmarc@example.com",
        ),
        (dmarc("v=DMARC1; p=none; rua=mailto:d@example.com"), "done done done now later later", ""),
        (
            dmarc("v=DMARC1; p=quarantine; pct=10; rua=mailto:d@example.com"),
            "done done done done done now",
            "v=DMARC1; p=reject; rua=mailto:d@example.com",
        ),
        (
            dmarc("v=DMARC1; p=reject; t=y; rua=mailto:d@example.com"),
            "done done done done now later",
            "v=DMARC1; p=quarantine; rua=mailto:d@example.com; t=n",
        ),
        ({"zone": {DMARC: "timeout"}}, "done done cannot-tell cannot-tell cannot-tell cannot-tell", ""),
        ({"gone": ["s1._domainkey.example.com"]}, "done now done done done done", ""),
        ({"zone": {"example.com": {"TXT": ["v=spf1 mx ?all"]}}}, "now done done done done done", "v=spf1 mx ~all"),
    ],
)
def test_the_first_open_step_comes_now(case: dict[str, Any], states: str, record: str) -> None:
    """The states in order, and the record of the step that comes now."""
    steps = steps_of(case)
    assert [step.state.value for step in steps] == states.split()
    assert [step.record for step in steps if step.state == "now"] in ([record], [])
    assert all(accepted(step.record) for step in steps if step.record)


def test_the_text_names_the_place_and_the_host() -> None:
    """Name field, console, and the record alone on its line."""
    host = host_of(["dns1.hichina.com"])
    text = plan_text(Plan("example.com", steps_of({"gone": [DMARC]}), "example.com", host), "en", 80)
    assert "name field: _dmarc" in text
    assert "https://dns.console.aliyun.com" in text
    assert "     v=DMARC1; p=none; rua=mailto:dmarc@example.com" in text.splitlines()
    assert max(map(len, text.splitlines())) <= 80


def test_a_name_field_holds_the_part_before_the_zone() -> None:
    """The sign @ for the zone itself; unknown name servers have no host."""
    assert (field_for("_dmarc.example.com", "example.com"), field_for("example.com", "example.com")) == ("_dmarc", "@")
    assert field_for("_dmarc.mail.example.com", "example.com") == "_dmarc.mail"
    assert host_of(["ns1.example.net"]) is None
