"""A domain check against real servers: nsd behind dnsdist, each question failing in turn, and knot behind unbound with
DNSSEC, right and wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

import dns.rdatatype
import pytest

from reputation.checks.authentication import judge_domain
from reputation.facts.domain import DomainFacts
from reputation.gather.dns import Resolver, ResolverOptions
from reputation.gather.domain import DomainRequest, gather_domain, gather_domains
from reputation.gather.http import Fetched
from reputation.gather.practice import with_practice
from reputation.model import Cause, Found, Observed, Outcome, Result
from reputation.records.answer import Answer, Question
from tests.checks.test_authentication import HEALTHY
from tests.servers import Server, dnsdist, knot, nsd, trust_anchor, unbound

KEY = HEALTHY["s1._domainkey.example.com"]["TXT"][0]
POLICY = b"version: STSv1\nmode: enforce\nmx: mx.example.com\nmax_age: 86400\n"
# What is only shown, and is there for a sender that does everything right: the zone is not signed.
SHOWN = {"dnssec-missing", "spf-costs", "receiver-requirements"}
DECIDES = {
    "TXT s0.test": "spf-missing",
    "TXT _spf.s0.test": "spf-too-many-lookups",
    "SPF s0.test": "spf-obsolete-type",
    "MX s0.test": "mx-missing",
    "TXT _dmarc.s0.test": "dmarc-missing",
    "TXT s0.test._report._dmarc.reports.test": "dmarc-report-refused",
    "TXT s1._domainkey.s0.test": "dkim-missing",
    "PTR 0.0.10.185.in-addr.arpa": "ptr-missing",
    "A mail.s0.test": "forward-reverse-mismatch",
    "TXT _mta-sts.s0.test": "mta-sts-missing",
    "TXT _smtp._tls.s0.test": "tls-rpt-missing",
    "TXT default._bimi.s0.test": "bimi-invalid",
    "DS s0.test": "dnssec-missing",
    "TLSA _25._tcp.mx.s0.test": "dane-unproved",
}
BAD = (Outcome.FAIL, Outcome.WARN, Outcome.INFO)
FAILURES = {
    "servfail": Cause.SERVFAIL,
    "refused": Cause.REFUSED,
    "silent UDP": Cause.TIMEOUT,
    "silent TCP": Cause.TIMEOUT,
    "alias loop": Cause.SERVFAIL,
}
REPLIES = {
    "servfail": "addAction({rule}, RCodeAction(DNSRCode.SERVFAIL))",
    "refused": "addAction({rule}, RCodeAction(DNSRCode.REFUSED))",
    "silent UDP": "addAction({rule}, DropAction())",
    "silent TCP": "addAction(AndRule({{{rule}, TCPRule(true)}}), DropAction())\naddAction({rule}, TCAction())",
}
QUICK = ResolverOptions(lifetime=1.5, window=256)


@dataclass(frozen=True)
class Cell:
    """One sender with a network address of its own, whose one question fails in one way."""

    number: int
    failure: str = ""
    failing: str = ""  # the question of the first sender that fails here, such as "TXT _dmarc.s0.test"

    @property
    def domain(self) -> str:
        return f"s{self.number}.test"

    @property
    def ip(self) -> str:
        return str(ip_address("185.10.0.0") + self.number)

    def own(self, name: str) -> str:
        """The same name as the first sender's, of this one."""
        pointer = ip_address("185.10.0.0").reverse_pointer
        return ip_address(self.ip).reverse_pointer if name == pointer else name.replace("s0.test", self.domain)

    @property
    def question(self) -> Question:
        """The question that fails, or one that nobody asks."""
        rdtype, _, name = (self.failing or "A nothing").partition(" ")
        return Question(self.own(name), rdtype)

    def records(self) -> Iterator[tuple[str, str]]:
        """(name, type and data) of a sender that does everything right; the failing name is an alias in a loop."""
        zone = [
            (self.domain, f'TXT "v=spf1 ip4:{self.ip} include:_spf.{self.domain} -all"'),
            (self.domain, f"MX 10 mx.{self.domain}."),
            (self.domain, "A 185.11.0.1"),
            (f"_spf.{self.domain}", 'TXT "v=spf1 ip4:185.12.0.0/24 -all"'),
            (f"_dmarc.{self.domain}", 'TXT "v=DMARC1; p=reject; rua=mailto:a@reports.test"'),
            (f"{self.domain}._report._dmarc.reports.test", 'TXT "v=DMARC1"'),
            (f"s1._domainkey.{self.domain}", "TXT " + " ".join(f'"{KEY[at : at + 200]}"' for at in (0, 200, 400))),
            (f"mx.{self.domain}", "A 185.11.0.2"),
            (f"mail.{self.domain}", f"A {self.ip}"),
            (f"_mta-sts.{self.domain}", 'TXT "v=STSv1; id=1"'),
            (f"_smtp._tls.{self.domain}", f'TXT "v=TLSRPTv1; rua=mailto:a@{self.domain}"'),
            (ip_address(self.ip).reverse_pointer, f"PTR mail.{self.domain}."),
        ]
        loops = self.question.name if self.failure == "alias loop" else ""
        yield from (pair for pair in zone if pair[0] != loops)
        if loops:
            yield loops, "CNAME loop1.test."


class Listening:
    """Passes questions on and remembers them."""

    def __init__(self, lookup: Resolver) -> None:
        self._lookup, self.resolvers = lookup, lookup.resolvers
        self.asked: list[Question] = []

    def ask_many(self, questions: Sequence[Question], pace: object = None) -> list[Observed[Answer]]:
        self.asked += questions
        return self._lookup.ask_many(questions)


def zones_of(cells: Sequence[Cell]) -> dict[str, str]:
    """Master files for all of them."""
    records = [("loop1.test", "CNAME loop2.test."), ("loop2.test", "CNAME loop1.test.")]
    records += [pair for cell in cells for pair in cell.records()]
    text = "".join(f"{name}. IN {data}\n" for name, data in records if name.endswith(".test"))
    reverse = "".join(f"{name}. IN {data}\n" for name, data in records if name.endswith(".arpa"))
    return {"test": text, "10.185.in-addr.arpa": reverse}


def request(cell: Cell) -> DomainRequest:
    return DomainRequest(domain=cell.domain, ips=(cell.ip,), practice=True)


def judged(facts: DomainFacts, lookup: Resolver | Listening) -> list[Result]:
    """All results; the policy file is a good one."""
    page = Fetched(200, "text/plain", POLICY.replace(b"example.com", facts.domain.encode()))
    return judge_domain(with_practice(facts, lookup, lambda url, _: Found(page, url)))


def found_in(results: Sequence[Result]) -> set[str]:
    return {result.check for result in results if result.outcome in BAD}


def unknown_in(results: Sequence[Result]) -> dict[str, Cause | None]:
    return {result.check: result.cause for result in results if result.outcome is Outcome.UNKNOWN}


def failed_demands(results: Sequence[Result]) -> set[tuple[object, object]]:
    """(receiver, requirement) of the receivers' matrix that is not met."""
    tables = [result.details for result in results if result.check == "receiver-requirements"]
    rows = [(table["receiver"], row) for table in tables for row in table["requirements"]]
    return {(name, row["requirement"]) for name, row in rows if row["state"] in ("fails", "only-if-bulk")}


@pytest.fixture(scope="module")
def healthy(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Question], list[Result]]:
    """What is asked of a sender that does everything right, and what comes out."""
    with nsd(tmp_path_factory.mktemp("healthy"), zones_of([Cell(0)])) as server:
        lookup = Listening(Resolver([server.address]))
        facts = gather_domain(lookup, request(Cell(0)))
        return lookup.asked, judged(facts, lookup)


@pytest.mark.real_server
def test_a_sender_that_does_everything_right(healthy: tuple[list[Question], list[Result]]) -> None:
    """Nothing is found, nothing is unknown, and every question that decides something was asked."""
    asked, results = healthy
    assert (found_in(results), unknown_in(results), failed_demands(results)) == (SHOWN, {}, set())
    assert set(DECIDES) <= {question.source for question in asked}


@pytest.mark.real_server
def test_each_question_fails_in_each_way(tmp_path: Path, healthy: tuple[list[Question], list[Result]]) -> None:
    """One at a time: no question that fails makes a finding; what depends on it is unknown with the cause."""
    own = [q.source for q in healthy[0] if Cell(1).own(q.name) != q.name]
    pairs = [(failure, source) for failure in FAILURES for source in own]
    cells = [Cell(number, failure, source) for number, (failure, source) in enumerate(pairs, 1)]
    rules = [REPLIES[cell.failure].format(rule=_rule(cell.question)) for cell in cells if cell.failure in REPLIES]
    with ExitStack() as stack:
        server = stack.enter_context(nsd(tmp_path, zones_of(cells)))
        lookup = Resolver([stack.enter_context(dnsdist(tmp_path, server, "\n".join(rules))).address], QUICK)
        everything = gather_domains(lookup, [request(cell) for cell in cells])
        outcomes = [(cell, judged(facts, lookup)) for cell, facts in zip(cells, everything, strict=True)]
    for cell, results in outcomes:
        where, unknown, decided = f"{cell.failing}: {cell.failure}", unknown_in(results), DECIDES.get(cell.failing)
        assert found_in(results) <= SHOWN - {decided}, where
        assert failed_demands(results) == set(), where
        assert set(unknown.values()) <= {FAILURES[cell.failure]}, where
        assert decided is None or decided in unknown, where
        assert cell.failing != "MX s0.test" or {"mta-sts-invalid", "dane-unproved"} <= set(unknown), where


def _rule(question: Question) -> str:
    number = int(dns.rdatatype.from_text(question.rdtype))
    return f'AndRule({{QNameRule("{question.name}."), QTypeRule({number})}})'


SIGNED = Cell(0)


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Resolver, Resolver]]:
    """The same sender in zones that knot signs, behind a resolver that has their keys, and one that has wrong keys."""
    folder = tmp_path_factory.mktemp("signed")
    zones = zones_of([SIGNED])
    with ExitStack() as stack:
        right = stack.enter_context(knot(folder, zones))
        other = stack.enter_context(knot(folder, zones))
        stubs = dict.fromkeys(zones, right)
        open_zones = [f'local-zone: "{zone}" nodefault' for zone in zones]
        yield tuple(
            Resolver([stack.enter_context(unbound(folder, stubs, open_zones, _anchors(keys, zones))).address])
            for keys in (right, other)
        )


def _anchors(server: Server, zones: dict[str, str]) -> list[str]:
    return [trust_anchor(server, zone) for zone in zones]


@pytest.mark.real_server
def test_a_signed_zone_is_proved(signed: tuple[Resolver, Resolver]) -> None:
    """Its answers carry the resolver's proof, and good practice says so."""
    facts = gather_domain(signed[0], request(SIGNED))
    assert all(a.value.authenticated for a in facts.answers.values() if isinstance(a, Found))
    results = judged(facts, signed[0])
    assert (found_in(results), unknown_in(results)) == (SHOWN - {"dnssec-missing"}, {})


@pytest.mark.real_server
def test_a_zone_with_broken_signatures_is_unknown(signed: tuple[Resolver, Resolver]) -> None:
    """Everything is, with the reason that the resolver gave; nothing is missing and nothing is in order."""
    results = judged(gather_domain(signed[1], request(SIGNED)), signed[1])
    known = {r.check for r in results if r.outcome not in (Outcome.UNKNOWN, Outcome.SKIPPED)}
    assert (known, set(unknown_in(results).values())) == (set(), {Cause.SERVFAIL})
    first = ("spf-missing", "dmarc-missing", "dkim-missing", "mx-missing")
    said = [str(result.message) for result in results if result.check in first]
    assert len(said) == len(first)
    assert all("DNSSEC validation failed" in sentence for sentence in said)


@pytest.mark.real_server
def test_an_include_bomb_is_bounded(tmp_path: Path) -> None:
    """Eight includes with eight each with eight each: at most forty SPF questions reach the server, and it is said."""
    zone = {"": [f"i{n}" for n in range(8)]}
    for above in [*zone[""], *(f"i{m}.i{n}" for n in range(8) for m in range(8))]:
        zone[above] = [f"i{n}.{above}" for n in range(8)]
    text = "".join(f'{name or "@"} IN TXT "v=spf1 {_includes(below)} -all"\n' for name, below in zone.items())
    with nsd(tmp_path, {"bomb.test": text}) as server:
        lookup = Listening(Resolver([server.address]))
        facts = gather_domain(lookup, DomainRequest(domain="bomb.test", ips=("185.10.0.0",)))
        results = judged(facts, lookup)
    spf = [q for q in lookup.asked if q.rdtype == "TXT" and (q.name == "bomb.test" or q.name.startswith("i"))]
    assert 10 < len(spf) <= 40
    assert len(lookup.asked) == len(set(lookup.asked)) < 100
    assert "spf-too-many-lookups" in found_in(results)
    spf_result = next(result.details["spf"] for result in results if "spf" in result.details)
    assert spf_result["result"] == "permerror"


def _includes(names: Sequence[str]) -> str:
    return " ".join(f"include:{name}.bomb.test" for name in names)
