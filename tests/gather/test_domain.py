"""Gathering a domain: waves instead of single questions, bounds, and what each failure becomes."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reputation.checks.authentication import judge_domain
from reputation.facts.domain import IpOrigin
from reputation.gather.domain import DomainRequest, gather_domain, gather_domains, sending_ips
from reputation.gather.practice import with_practice
from reputation.gather.spf_questions import MAX_QUESTIONS
from reputation.model import Absent, Cause, Found, Observed, Outcome, Unknown
from reputation.records.answer import Answer, Question
from tests.fakes import FakeZone

HEALTHY = tomllib.loads((Path(__file__).parents[1] / "checks" / "healthy_sender.toml").read_text("utf-8"))["zone"]
FAILURES = (Cause.TIMEOUT, Cause.SERVFAIL, Cause.REFUSED, Cause.MALFORMED_ANSWER)


class WaveCounter(FakeZone):
    """Counts the calls: each costs one round trip."""

    waves = 0

    def ask_many(self, questions: Sequence[Question]) -> list[Observed[Answer]]:
        self.waves += 1
        return super().ask_many(questions)


class OneFails(FakeZone):
    """Answers everything but one question."""

    def __init__(self, zone: dict[str, Any], failing: Question, cause: Cause) -> None:
        super().__init__(zone)
        self._failing, self._cause = failing, cause

    def ask_many(self, questions: Sequence[Question]) -> list[Observed[Answer]]:
        answers = super().ask_many(questions)
        failed = Unknown(self._cause, self._failing.source)
        return [failed if q == self._failing else answer for q, answer in zip(questions, answers, strict=True)]


def asked(zone: dict[str, Any], **request: Any) -> list[Question]:
    """Every question of a run."""
    fake = FakeZone(zone)
    gather_domain(fake, DomainRequest(domain="example.com", **request))
    return fake.asked


def test_a_domain_costs_its_depth_in_round_trips() -> None:
    """Two for a record with includes (the second wave asks for all of them, the MX hosts and the reverse names), and
    one more for each level below."""
    zone = WaveCounter(HEALTHY)
    gather_domain(zone, DomainRequest(domain="example.com", ips=("203.0.113.5",)))
    assert zone.waves == 2
    deeper = {**HEALTHY, "_spf.example.net": {"TXT": ["v=spf1 include:l3.example.net -all"]}}
    deeper |= {f"l{n}.example.net": {"TXT": [f"v=spf1 include:l{n + 1}.example.net -all"]} for n in range(3, 6)}
    deeper["l6.example.net"] = {"TXT": ["v=spf1 ip4:198.51.100.1 -all"]}
    zone = WaveCounter(deeper)
    gather_domain(zone, DomainRequest(domain="example.com", ips=("203.0.113.5",)))
    assert zone.waves == 6


def test_many_domains_cost_no_more_round_trips_than_one() -> None:
    """Each domain's facts are its own all the same."""
    others = [f"shop{number}.example.com" for number in range(20)]
    zone = WaveCounter({**HEALTHY, **{name: {"TXT": ["v=spf1 include:_spf.example.net -all"]} for name in others}})
    facts = gather_domains(zone, [DomainRequest(domain=name) for name in ("example.com", *others)])
    assert [one.domain for one in facts] == ["example.com", *others]
    assert zone.waves <= 3
    assert len(zone.asked) == len(set(zone.asked))
    assert facts[0] == gather_domain(FakeZone(HEALTHY), DomainRequest(domain="example.com"))


def test_good_practice_costs_no_round_trip_of_its_own() -> None:
    """Its questions travel with the others; nothing is asked a second time for it."""
    zone = WaveCounter(HEALTHY)
    facts = gather_domain(zone, DomainRequest(domain="example.com", ips=("203.0.113.5",), practice=True))
    with_practice(facts, zone)
    assert zone.waves == 2
    assert len(zone.asked) == len(set(zone.asked))


class ProvedParent(FakeZone):
    """A resolver that proves the DS, which is the parent's, and nothing of the domain itself."""

    def ask_many(self, questions: Sequence[Question]) -> list[Observed[Answer]]:
        answers = super().ask_many(questions)
        proved = Found(Answer(("1 13 2 AA",), authenticated=True), "DS example.com")
        return [proved if q.rdtype == "DS" else answer for q, answer in zip(questions, answers, strict=True)]


def test_a_proved_delegation_is_no_proved_domain() -> None:
    """As when the zone is signed with what the resolver cannot verify."""
    zone = ProvedParent(HEALTHY)
    facts = with_practice(gather_domain(zone, DomainRequest(domain="example.com", practice=True)), zone)
    assert facts.practice is not None
    assert facts.practice.signed == Found(False, "DS example.com")


def test_no_question_is_put_twice() -> None:
    """Each name and type once a run."""
    questions = asked(HEALTHY, ips=("203.0.113.5", "2001:db8::5"), selectors=("s1", "S1"))
    assert len(questions) == len(set(questions))


@pytest.mark.parametrize("cause", FAILURES)
def test_a_failing_question_is_never_taken_for_a_fault(cause: Cause) -> None:
    """Each question of a healthy sender's run fails in turn: nothing is found, and unknowns carry the cause."""
    for question in asked(HEALTHY, ips=("203.0.113.5",)):
        zone = OneFails(HEALTHY, question, cause)
        results = judge_domain(gather_domain(zone, DomainRequest(domain="example.com", ips=("203.0.113.5",))))
        found = [r.check for r in results if r.outcome in (Outcome.FAIL, Outcome.WARN, Outcome.INFO)]
        causes = {r.cause for r in results if r.outcome is Outcome.UNKNOWN}
        assert (found, causes - {cause}) == ([], set()), question.source


def test_everything_silent_is_everything_unknown() -> None:
    """No finding, no pass."""
    zone = FakeZone(dict.fromkeys([q.name for q in asked(HEALTHY)] + ["5.113.0.203.in-addr.arpa"], Cause.TIMEOUT))
    results = judge_domain(gather_domain(zone, DomainRequest(domain="example.com", ips=("203.0.113.5",))))
    assert {r.outcome for r in results} <= {Outcome.UNKNOWN, Outcome.SKIPPED}


@pytest.mark.parametrize(
    ("domain", "zone", "said"),
    [
        ("gone.com", {}, True),
        ("gone.com", {"com": {"SOA": ["a.example b.example 1 1 1 1 1"]}}, False),
        ("gone.com", {"com": {"NS": ["a.example"]}}, False),
        ("gone.example", {}, False),
        ("here.com", {"here.com": {"TXT": ["v=spf1 -all"]}}, False),
    ],
)
def test_a_resolver_that_denies_even_com_is_named_as_the_likely_fault(domain: str, zone: Any, said: bool) -> None:
    """A note only: what the checks say stays."""
    fake = FakeZone(zone)
    facts = gather_domain(fake, DomainRequest(domain=domain))
    assert any("not even .com exists" in str(note) for note in facts.notes) is said
    assert fake.asked.count(Question("com", "SOA")) == (domain == "gone.com")


def test_an_include_bomb_is_bounded() -> None:
    """Eight includes each with eight: at most forty SPF questions, and too many look-ups is found all the same."""
    zone: dict[str, Any] = {}
    names = ["example.com"]
    for level in range(3):
        following = []
        for name in names:
            below = [f"i{n}.{name}" for n in range(8)]
            zone[name] = {"TXT": ["v=spf1 " + " ".join(f"include:{one}" for one in below) + " -all"]}
            following += below
        names = following if level < 2 else []
    for request in ({}, {"ips": ("203.0.113.5",)}):
        fake = FakeZone(zone)
        facts = gather_domain(fake, DomainRequest(domain="example.com", **request))
        spf = [q for q in fake.asked if q.rdtype == "TXT" and q.name.startswith(("i", "example"))]
        outcomes = {r.check: r.outcome for r in judge_domain(facts)}
        assert len(spf) <= MAX_QUESTIONS
        assert outcomes["spf-too-many-lookups"] is Outcome.FAIL


def test_addresses_come_from_spf_and_say_whose_they_are() -> None:
    """Own addresses first, a service's pool after them, large blocks and private addresses never."""
    zone = {
        "example.com": {
            "TXT": [
                "v=spf1 ip4:203.0.113.5 ip4:10.0.0.1 ip4:203.0.113.64/26 a:web.example.com include:_spf.google.com ~all"
            ]
        },
        "web.example.com": {"A": ["203.0.113.7"], "AAAA": ["2001:db8::7"]},
        "_spf.google.com": {"TXT": ["v=spf1 ip4:198.51.100.9 ip4:198.51.100.128/25 ~all"]},
    }
    facts = gather_domain(FakeZone(zone), DomainRequest(domain="example.com"))
    found = [(one.ip, one.origin, one.provider) for one in sending_ips(facts)]
    assert found[:1] == [("203.0.113.5", IpOrigin.SPF_OWN, "")]
    assert ("203.0.113.7", IpOrigin.SPF_OWN, "") in found
    assert found[-1] == ("198.51.100.9", IpOrigin.SPF_POOL, "Google Workspace / Gmail")
    assert not [ip for ip, _, _ in found if ip.startswith(("10.", "203.0.113.6", "198.51.100.1"))]
    assert len(facts.notes) == 2


def test_of_a_block_only_the_first_addresses_are_looked_at() -> None:
    """And it is said how many were not."""
    ips = tuple(f"198.51.100.{n}" for n in range(200))
    facts = gather_domain(FakeZone(HEALTHY), DomainRequest(domain="example.com", ips=ips))
    assert len(facts.ips) == 64
    assert "136 more" in str(facts.notes[0])


class Cut(FakeZone):
    """The answers of one name are longer than what is read of them."""

    def __init__(self, zone: dict[str, Any], name: str) -> None:
        super().__init__(zone)
        self._cut = name

    def ask_many(self, questions: Sequence[Question]) -> list[Observed[Answer]]:
        answers = super().ask_many(questions)
        return [
            Found(replace(answer.value, cut=True), answer.source)
            if question.name == self._cut and isinstance(answer, Found)
            else answer
            for question, answer in zip(questions, answers, strict=True)
        ]


@pytest.mark.parametrize(
    ("name", "check"),
    [
        ("example.com", "spf-missing"),
        ("_spf.example.net", "spf-permerror"),
        ("_dmarc.example.com", "dmarc-missing"),
        ("s1._domainkey.example.com", "dkim-missing"),
        ("mail.example.com", "spf-ip-not-authorized"),
    ],
)
def test_what_may_stand_in_the_unread_part_of_an_answer_is_not_missing(name: str, check: str) -> None:
    """Unknown, because there is more than is read; what was found in the read part still counts."""
    zone = {**HEALTHY, "example.com": {"TXT": ["v=spf1 a:mail.example.com include:_spf.example.net -all"]}}
    zone[name] = {"TXT": ["some-verification=1"], "A": ["203.0.113.5"]}
    facts = gather_domain(Cut(zone, name), DomainRequest(domain="example.com", ips=("203.0.113.99",)))
    results = {result.check: (result.outcome, result.cause) for result in judge_domain(facts)}
    assert results[check] == (Outcome.UNKNOWN, Cause.TOO_COMPLEX)


def test_names_that_are_none_are_never_asked() -> None:
    """What a record calls a domain may be too long, empty or hold what no name holds."""
    long = "x" * 64
    zone = {"example.com": {"TXT": [f"v=spf1 include:{long}.example.net a:a..b.example a:%{{l}}..example.com -all"]}}
    names = {q.name for q in asked(zone, ips=("203.0.113.5",))}
    assert all(0 < len(label) < 64 for name in names for label in name.split("."))


@pytest.mark.parametrize(
    ("node", "expected"),
    [({"TXT": []}, Found), (None, Absent), (Cause.SERVFAIL, Unknown)],
    ids=["the node exists", "the node does not exist", "the node is silent"],
)
def test_dkim_without_a_selector_that_can_be_guessed(node: Any, expected: type) -> None:
    """Found without keys, Absent, Unknown: three of the four answers; the fourth is a key."""
    zone = {name: table for name, table in HEALTHY.items() if "_domainkey" not in name}
    if node is not None:
        zone["_domainkey.example.com"] = node
    facts = gather_domain(FakeZone(zone), DomainRequest(domain="example.com"))
    assert isinstance(facts.dkim, expected)
