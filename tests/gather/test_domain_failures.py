"""Failures on the wire, through the real engine: each question of a domain check fails in each way, one at a time."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path

import dns.message
import dns.rdatatype
import pytest

from reputation.checks.authentication import judge_domain
from reputation.gather.dns import Resolver, ResolverOptions
from reputation.gather.domain import DomainRequest, gather_domain
from reputation.gather.fed_nameserver import FedNameserver
from reputation.model import Outcome, Result
from reputation.records.answer import Question
from tests.fakes import FakeZone
from tests.servers.odd import Query, Reply, answer, name, odd_server, record
from tests.servers.real import knot, nsd, trust_anchor, unbound

HEALTHY = tomllib.loads((Path(__file__).parents[1] / "checks" / "healthy_sender.toml").read_text("utf-8"))["zone"]
REQUEST = DomainRequest(domain="example.com", ips=("203.0.113.5",))
IMPATIENT = ResolverOptions(schedule=(0.05, 0.1), lifetime=0.15, run_time=5.0)
FOUND = (Outcome.FAIL, Outcome.WARN, Outcome.INFO)
CNAME = 5
Failing = Callable[[Query], Iterable[Reply]]


def _loop(query: Query) -> Iterable[Reply]:
    """An alias of itself: the server has nothing better to say, again and again."""
    yield Reply(answer(query, record(CNAME, name(query.name))))


def _silent_tcp(query: Query) -> Iterable[Reply]:
    """Cut off by UDP, and nothing by TCP."""
    if not query.tcp:
        yield Reply(answer(query, truncated=True))


FAILURES: dict[str, Failing] = {
    "SERVFAIL": lambda query: [Reply(answer(query, code=2))],
    "REFUSED": lambda query: [Reply(answer(query, code=5))],
    "NOTIMP": lambda query: [Reply(answer(query, code=4))],
    "silent": lambda query: [],
    "silent by TCP": _silent_tcp,
    "an alias of itself": _loop,
}


def _zone_replies(failing: Question | None, failure: Failing) -> Callable[[Query], Iterable[Reply]]:
    """The healthy sender on the wire; one question is answered otherwise."""
    zone = FakeZone(HEALTHY)

    def replies(query: Query) -> Iterable[Reply]:
        question = Question(query.name, dns.rdatatype.to_text(dns.rdatatype.RdataType(query.rdtype)))
        if question == failing:
            return failure(query)
        known = FedNameserver({question: zone.ask_many([question])[0]})
        reply = known.query(dns.message.from_wire(query.packet))  # type: ignore[arg-type]
        return [Reply(reply.to_wire())]

    return replies


def _judged(failing: Question | None, failure: Failing) -> list[Result]:
    """A short wait only where nothing will come: elsewhere a busy machine would look like silence."""
    silent = failing is not None and failure in (FAILURES["silent"], FAILURES["silent by TCP"])
    with odd_server(_zone_replies(failing, failure)) as server:
        return judge_domain(gather_domain(Resolver([server.address], IMPATIENT if silent else None), REQUEST))


def _questions() -> list[Question]:
    """What decides something: the guessed selectors but the right one are left out, they are all alike."""
    zone = FakeZone(HEALTHY)
    gather_domain(zone, REQUEST)
    return [
        q for q in zone.asked if not q.name.endswith("._domainkey.example.com") or q.name.startswith(("s1.", "no-"))
    ]


def test_the_healthy_sender_is_healthy_on_the_wire() -> None:
    """The same as with the zone in memory."""
    assert {result.outcome for result in _judged(None, FAILURES["silent"])} <= {Outcome.PASS, Outcome.SKIPPED}


@pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES)
def test_no_failure_is_taken_for_a_fault(failure: Failing) -> None:
    """Never missing, never invalid: a pass that needed no more, or unknown with its cause."""
    for question in _questions():
        results = _judged(question, failure)
        found = [result.check for result in results if result.outcome in FOUND]
        without_cause = [r.check for r in results if r.outcome is Outcome.UNKNOWN and r.cause is None]
        assert (found, without_cause) == ([], []), question.source


ZONE = """
@ MX 10 mx
mx A 203.0.113.6
@ TXT "v=spf1 ip4:203.0.113.5 -all"
_dmarc TXT "v=DMARC1; p=reject; rua=mailto:d@bogus.test"
s1._domainkey TXT "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
"""


@pytest.mark.real_server
def test_forged_answers_that_dnssec_unmasks_are_unknown(tmp_path: Path) -> None:
    """A validating unbound in front of an unsigned zone that must be signed: nothing is called missing."""
    for folder in ("knot", "nsd", "unbound", "good"):
        (tmp_path / folder).mkdir()
    with (
        knot(tmp_path / "knot", {"bogus.test": ZONE}) as signer,
        nsd(tmp_path / "nsd", {"bogus.test": ZONE}) as forger,
    ):
        anchor = trust_anchor(signer, "bogus.test")
        with unbound(tmp_path / "unbound", {"bogus.test": forger}, anchors=[anchor]) as resolver:
            facts = gather_domain(Resolver([resolver.address]), DomainRequest(domain="bogus.test"))
            results = judge_domain(facts)
        assert {r.outcome for r in results} <= {Outcome.UNKNOWN, Outcome.SKIPPED}
        with unbound(tmp_path / "good", {"bogus.test": signer}, anchors=[anchor]) as resolver:
            good = gather_domain(Resolver([resolver.address]), DomainRequest(domain="bogus.test"))
    assert good.answers[Question("bogus.test", "TXT")].value.authenticated  # type: ignore[union-attr]
    assert {r.check: r.outcome for r in judge_domain(good)}["spf-missing"] is Outcome.PASS
