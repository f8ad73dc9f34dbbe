"""The engine against real name servers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from reputation.gather.dns import Resolver, ResolverOptions
from reputation.model import Absent, Cause, Found, Observed, Unknown
from reputation.records.answer import Answer, MailExchange, Question
from tests.servers import closed_port, dnsdist, knot, nsd, rbldnsd, silent_port, trust_anchor, unbound

pytestmark = pytest.mark.real_server
CHAIN = "".join(f"c{n} CNAME c{n + 1}\n" for n in range(31)) + "c31 A 198.51.100.31\n"
MANY_TXT = "".join(f'many TXT "record {n:03d} {"x" * 20}"\n' for n in range(200))
LONG_TXT = "long TXT " + " ".join(f'"{"y" * 250}"' for _ in range(40)) + "\n"
ZONE = f"""{CHAIN}{MANY_TXT}{LONG_TXT}
l1 CNAME l2
l2 CNAME l3
l3 CNAME l1
@ MX 10 MX1
@ TXT "v=spf1 " "-all"
host A 198.51.100.7
host AAAA 2001:db8::7
alias CNAME host
dangling CNAME nowhere
elsewhere CNAME www.other.test.
nullmx MX 0 .
empty.below A 198.51.100.8
evil TXT "\\027[2J\\000\\255<script>=cmd"
7 PTR Mail.Example.test.
tlsa TLSA 3 1 1 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff
"""
OTHER = "www A 198.51.100.9\n"
NXDOMAIN, NODATA = "no such name", "no such record"
RECORDS = [
    ("A", "host", ("198.51.100.7",)),
    ("A", "HOST", ("198.51.100.7",)),
    ("A", "alias", ("198.51.100.7",)),
    ("A", "elsewhere", ("198.51.100.9",)),
    ("A", "c23", ("198.51.100.31",)),
    ("AAAA", "host", ("2001:db8::7",)),
    ("CNAME", "alias", ("host.example.test",)),
    ("MX", "", (MailExchange(10, "mx1.example.test"),)),
    ("MX", "nullmx", (MailExchange(0, ""),)),
    ("NS", "", ("ns.example.test",)),
    ("PTR", "7", ("mail.example.test",)),
    ("SOA", "", ("ns.example.test. admin.example.test. 1 60 60 60 60",)),
    ("TXT", "", (b"v=spf1 -all",)),
    ("TXT", "evil", (b"\x1b[2J\x00\xff<script>=cmd",)),
    ("TXT", "long", (b"y" * 10_000,)),
    ("TLSA", "tlsa", ("3 1 1 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",)),
    ("A", "nothing", NXDOMAIN),
    ("A", "below", NODATA),
    ("TXT", "host", NODATA),
    ("A", "dangling", NXDOMAIN),
    ("TXT", "dangling", NXDOMAIN),
    ("A", "l1", Cause.SERVFAIL),
    ("TXT", "l1", Cause.SERVFAIL),
    ("A", "c0", Cause.SERVFAIL),
    ("A", "c22", Cause.SERVFAIL),
]


def quick(*addresses: str) -> Resolver:
    return Resolver(addresses, ResolverOptions(lifetime=3.0))


def plainly(answer: Observed[Answer]) -> object:
    if isinstance(answer, Found):
        return answer.value.records
    if isinstance(answer, Unknown):
        return answer.cause
    return NXDOMAIN if answer.nxdomain else NODATA


@pytest.fixture(scope="module")
def resolver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("names")
    with (
        nsd(folder, {"example.test": ZONE, "other.test": OTHER}) as authority,
        unbound(folder, {"example.test": authority, "other.test": authority}) as recursive,
    ):
        yield recursive.address


def test_each_answer_is_read(resolver: str) -> None:
    names = [f"{label}.example.test".removeprefix(".") for _, label, _ in RECORDS]
    answers = quick(resolver).ask_many(
        [Question(name, rdtype) for name, (rdtype, _, _) in zip(names, RECORDS, strict=True)]
    )
    assert [plainly(answer) for answer in answers] == [expected for _, _, expected in RECORDS]


def test_an_alias_names_the_owner_of_the_records(resolver: str) -> None:
    (answer,) = quick(resolver).ask_many([Question("alias.example.test")])
    assert isinstance(answer, Found)
    assert answer.value.canonical_name == "host.example.test"


def test_an_alias_that_an_authoritative_server_leaves_open_is_followed(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("open")
    zone = "a CNAME www.other.test.\nloop CNAME b.other.test.\ngone CNAME gone.other.test.\n"
    other = "www A 198.51.100.9\nb CNAME loop.example.test.\n"
    with nsd(folder, {"example.test": zone, "other.test": other}) as server:
        answers = quick(server.address).ask_many([Question(f"{n}.example.test") for n in ("a", "loop", "gone")])
    assert [plainly(answer) for answer in answers] == [("198.51.100.9",), Cause.SERVFAIL, NXDOMAIN]


def test_200_texts_come_by_tcp_and_the_cut_is_told(resolver: str) -> None:
    (answer,) = quick(resolver).ask_many([Question("many.example.test", "TXT")])
    assert isinstance(answer, Found)
    assert len(set(answer.value.texts())) == 64
    assert answer.value.cut


def test_error_codes_are_unknown_with_their_cause(tmp_path_factory: pytest.TempPathFactory) -> None:
    codes = {"servfail": "SERVFAIL", "refused": "REFUSED", "notimp": "NOTIMP", "formerr": "FORMERR"}
    rules = "\n".join(f'addAction("{name}.test.", RCodeAction(DNSRCode.{code}))' for name, code in codes.items())
    questions = [Question(f"{n}.list{k}.{name}.test") for k in range(15) for n in range(4) for name in codes]
    folder = tmp_path_factory.mktemp("codes")
    with dnsdist(folder, closed_port(), rules) as server:
        answers = quick(server.address).ask_many(questions)
    causes = [Cause.SERVFAIL, Cause.REFUSED, Cause.REFUSED, Cause.SERVFAIL]
    assert [plainly(answer) for answer in answers] == causes * 60
    details = [str(a.detail) if isinstance(a, Unknown) and a.detail else "" for a in answers[:4]]
    assert details == ["", "", "the name server answered NOTIMP", "the name server answered FORMERR"]


def test_the_next_resolver_heals_what_the_first_refuses_or_does_not_answer(
    tmp_path_factory: pytest.TempPathFactory, resolver: str
) -> None:
    rules = 'addAction("c31.example.test.", RCodeAction(DNSRCode.REFUSED))\naddAction(AllRule(), DropAction())'
    folder = tmp_path_factory.mktemp("first")
    with dnsdist(folder, closed_port(), rules) as first:
        answers = quick(first.address, resolver).ask_many([Question("c31.example.test"), Question("host.example.test")])
    assert [plainly(answer) for answer in answers] == [("198.51.100.31",), ("198.51.100.7",)]


def test_loss_is_made_good(tmp_path_factory: pytest.TempPathFactory) -> None:
    listed = "\n".join(f"198.51.100.{n} :127.0.0.2:listed" for n in range(0, 250, 2))
    folder = tmp_path_factory.mktemp("loss")
    with (
        rbldnsd(folder, {"bl.test:ip4set": listed + "\n"}) as server,
        dnsdist(folder, server, "addAction(ProbaRule(0.05), DropAction())") as lossy,
    ):
        answers = Resolver([lossy.address]).ask_many([Question(f"{n}.100.51.198.bl.test") for n in range(250)])
    assert [plainly(a) for a in answers] == [("127.0.0.2",) if n % 2 == 0 else NXDOMAIN for n in range(250)]


def test_one_slow_zone_does_not_hold_up_the_others(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("slow")
    with (
        rbldnsd(folder, {"bl.test:ip4set": "198.51.100.0/24 :127.0.0.2:listed\n"}) as server,
        dnsdist(folder, server, 'addAction("slow.test.", DropAction())') as proxy,
    ):
        slow = [Question(f"{n}.slow.test") for n in range(300)]
        fast = [Question(f"{n % 250}.100.51.198.bl.test") for n in range(3000)]
        options = ResolverOptions(schedule=(0.1, 1.9), lifetime=2.0, run_time=4.0)
        answers = Resolver([proxy.address], options).ask_many(slow + fast)
    assert {plainly(a) for a in answers[:300]} == {Cause.TIMEOUT}
    assert {plainly(a) for a in answers[300:]} == {("127.0.0.2",)}


def test_silence_is_a_timeout_and_ends_with_the_run() -> None:
    with silent_port() as silent:
        options = ResolverOptions(schedule=(0.1, 0.2), lifetime=0.5, run_time=1.0)
        answers = Resolver([silent, closed_port()], options).ask_many([Question(f"n{n}.test") for n in range(1000)])
    assert {plainly(a) for a in answers} == {Cause.TIMEOUT}


def test_broken_signatures_say_so(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("signed")
    zones = {"signed.test": "www A 198.51.100.1\n", "broken.test": "www A 198.51.100.2\n"}
    with knot(folder, zones) as authority:
        good = trust_anchor(authority, "signed.test")
        stubs = dict.fromkeys(zones, authority)
        with unbound(folder, stubs, anchors=[good, good.replace("signed.test", "broken.test")]) as validating:
            signed, text, broken = quick(validating.address).ask_many(
                [Question("www.signed.test"), Question("www.signed.test", "TXT"), Question("www.broken.test")]
            )
    assert isinstance(signed, Found)
    assert (signed.value.records, signed.value.authenticated) == (("198.51.100.1",), True)
    assert text == Absent("TXT www.signed.test")
    assert isinstance(broken, Unknown)
    assert broken.cause is Cause.SERVFAIL
    assert str(broken.detail).startswith("DNSSEC validation failed (")
