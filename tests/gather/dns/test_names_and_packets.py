"""Names that must not be asked and packets that must not be believed, both by the thousand."""

from __future__ import annotations

import os
import random
import secrets
import struct
from collections.abc import Iterable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reputation.gather.dns import Resolver, ResolverOptions
from reputation.gather.dns.reading import Follow, read
from reputation.model import Absent, Cause, Found, Unknown
from reputation.records.answer import Question
from reputation.records.wire import answers_question, pack_question
from tests.servers.odd import Query, Reply, a, answer, name, odd_server, record, txt

PACKETS = int(os.environ.get("PACKETS", "20000"))  # more by night: PACKETS=1000000
BAD_LETTERS = '\0\n\r\t ;"\\\x7f\x1bäß例。．\u200b\u202e\ud800'
bad_names = st.one_of(
    st.tuples(st.text("ab.-_", max_size=20), st.sampled_from(BAD_LETTERS), st.text("ab.-_", max_size=20)).map("".join),
    st.text("ab.", max_size=20).map(lambda t: f"{t}..{t}"),
    st.text("abc", min_size=64, max_size=100),
    st.lists(st.text("abc", min_size=40, max_size=63), min_size=7, max_size=9).map(".".join),
    st.sampled_from(["", ".", "..", ".a"]),
)


def test_no_bad_name_is_ever_sent() -> None:
    with odd_server(lambda query: [Reply(answer(query, code=3))]) as server:
        resolver = Resolver([server.address], ResolverOptions(lifetime=1.0))

        @settings(max_examples=2000, deadline=None, suppress_health_check=list(HealthCheck))
        @given(bad_names, st.sampled_from(["A", "TXT", "MX"]))
        def refused(bad: str, rdtype: str) -> None:
            (found,) = resolver.ask_many([Question(bad, rdtype)])
            assert isinstance(found, Unknown)
            assert found.cause is Cause.MALFORMED_ANSWER

        refused()
        assert server.asked == []


def seeds() -> Iterable[tuple[str, bytes, bytes]]:
    """Real answers of each kind as (type, packed question, message)."""
    for rdtype in ("A", "AAAA", "TXT", "MX", "CNAME", "PTR", "NS", "SOA", "TLSA", "CAA", "DNSKEY"):
        packed = pack_question("a.example.test", rdtype)
        query = Query("a.example.test", 0, False, struct.pack("!HHHHHH", 7, 0x120, 1, 0, 0, 0) + packed)
        target = name("b.example.test")
        records = [
            record(5, target), record(1, b"\x7f\0\0\2", target), record(28, bytes(16), target), txt(b"v=spf1"),
            record(15, b"\0\x0a" + target), record(12, target), record(2, target), record(46, bytes(40)),
            record(6, target + target + bytes(20)), record(52, b"\3\1\1" + bytes(32)), record(257, b"\0\5issueca.test"),
            record(48, b"\1\1\3\x0d" + bytes(64)),
        ]  # fmt: skip
        yield rdtype, packed, answer(query, *records)
        yield rdtype, packed, answer(query, *records[3:])
        yield rdtype, packed, answer(query, a("127.0.0.2"), a("127.0.0.3"))
        yield rdtype, packed, answer(query, code=3)
        yield (
            rdtype,
            packed,
            answer(query, code=2)[:10] + b"\0\1" + packed + b"\0\0\x29\4\xd0\0\0\0\0\0\x0a\0\x0f\0\6\0\6text",
        )


def mutated(rng: random.Random, data: bytes, keep: int) -> bytes:
    """`data` with some damage behind its first `keep` bytes, or anywhere in its counts and flags."""
    out = bytearray(data)
    for _ in range(rng.randint(1, 6)):
        at = rng.choice([rng.randrange(2, 12), rng.randrange(keep, len(out)) if len(out) > keep else 3])
        out[at] = rng.choice([0, 1, 0x3F, 0x40, 0xC0, 0xFF, rng.randrange(256)])
    if rng.random() < 0.3:
        del out[rng.randrange(keep, len(out) + 1) :]
    if rng.random() < 0.2:
        out += rng.randbytes(rng.randint(1, 300))
    return bytes(out)


def test_no_packet_raises() -> None:
    seed = secrets.randbits(32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    samples = list(seeds())
    read_at_all = 0
    for number in range(PACKETS):
        rdtype, packed, data = samples[number % len(samples)]
        packet = rng.randbytes(rng.randint(0, 600)) if number % 10 == 0 else mutated(rng, data, 12 + len(packed))
        if number % 10 == 1:
            packet = data[:6] + rng.randbytes(6) + packed + rng.randbytes(rng.randint(0, 200))
        if answers_question(packet, packed):
            found = read(Question("a.example.test", rdtype), packed, packet)
            assert isinstance(found, (Found, Absent, Unknown, Follow))
            read_at_all += 1
    assert read_at_all > PACKETS // 4
