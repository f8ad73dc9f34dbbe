"""What no real server sends: forged, broken, endless and late answers, and silence in the middle."""

from __future__ import annotations

import struct
import time
from collections.abc import Iterable
from itertools import pairwise

import pytest

from reputation.gather.dns import Resolver, ResolverOptions
from reputation.gather.dns.pacing import Pacing
from reputation.model import Absent, Cause, Found, Observed, Unknown
from reputation.records.answer import Answer, Question
from tests.servers.odd import Query, Replies, Reply, a, answer, name, odd_server, record, txt, wrong_id, wrong_question

LISTED = ("127.0.0.2",)
ENDLESS = [a(f"127.0.{n // 250}.{n % 250}") for n in range(3000)]


def ask(replies: Replies, *names: str, rdtype: str = "A", **options: object) -> list[Observed[Answer]]:
    settings = ResolverOptions(**{"schedule": (0.3, 0.7, 3.0), "lifetime": 4.0, **options})  # type: ignore[arg-type]
    with odd_server(replies) as server:
        return Resolver([server.address], settings).ask_many([Question(n, rdtype) for n in names])


def with_reason(text: str) -> bytes:
    """An OPT record with the extended error "DNSSEC Bogus" and `text`."""
    words = text.encode()
    return b"\x00" + struct.pack("!HHIHHHH", 41, 1232, 0, len(words) + 6, 15, len(words) + 2, 6) + words


def forged_first(query: Query) -> Iterable[Reply]:
    clean = answer(query, code=3)
    kind = query.name.partition(".")[0]
    forged = {
        "id": [wrong_id(clean)],
        "question": [wrong_question(clean)],
        "source": [],
        "short": [clean[:9], clean[:20], b""],
        "header": [clean[:4] + bytes(8), clean[:12]],
        "query": [query.packet],
        "type": [clean[: -len(query.question)] + query.question[:-4] + b"\x00\x10\x00\x01"],
        "garbage": [query.packet[:2] + b"\x9d" * 40],
    }[kind]
    yield from (Reply(packet) for packet in forged)
    if kind == "source":
        yield Reply(clean, elsewhere=True)
    yield Reply(answer(query, a("127.0.0.2")), after=0.05)


def test_the_real_answer_wins_over_the_forged_one_before_it() -> None:
    kinds = ("id", "question", "source", "short", "header", "query", "type", "garbage")
    names = [f"{kind}.{n}.test" for n in range(125) for kind in kinds]
    answers = ask(forged_first, *names, window=1000)
    assert [plainly(a) for a in answers] == [LISTED] * 1000


def plainly(found: Observed[Answer]) -> object:
    return found.value.records if isinstance(found, Found) else found.cause if isinstance(found, Unknown) else found


def loop_pointer(query: Query) -> bytes:
    at = 12 + len(query.question)
    return answer(query, record(5, struct.pack("!H", 0xC000 | at + 12)))


BROKEN = {
    "compression that points to itself": loop_pointer,
    "a record cut in the middle": lambda q: answer(q, a("127.0.0.2"))[:-3],
    "a count of records that are not there": lambda q: answer(q)[:6] + b"\x00\x05" + answer(q)[8:],
    "an address of three bytes": lambda q: answer(q, record(1, b"\x7f\x00\x00")),
    "an address of sixteen bytes": lambda q: answer(q, record(1, bytes(16))),
    "garbage after the question": lambda q: answer(q)[:6] + b"\x00\x01" + answer(q)[8:] + b"\xff" * 50,
}


@pytest.mark.parametrize("make", BROKEN.values(), ids=BROKEN)
def test_a_broken_answer_is_malformed_and_neither_clean_nor_listed(make: object) -> None:
    (found,) = ask(lambda query: [Reply(make(query))], "broken.test")  # type: ignore[operator]
    assert isinstance(found, Unknown)
    assert found.cause is Cause.MALFORMED_ANSWER


def test_an_echo_in_other_case_is_the_same_question() -> None:
    def shouting(query: Query) -> Iterable[Reply]:
        data = answer(query, a("127.0.0.2"))
        yield Reply(data[:12] + query.question[:-4].upper() + query.question[-4:] + data[12 + len(query.question) :])

    assert plainly(ask(shouting, "a.test")[0]) == LISTED


@pytest.mark.parametrize("rdtype", ["A", "TXT"])
def test_a_late_answer_to_the_first_sending_counts(rdtype: str) -> None:
    def once(query: Query) -> Iterable[Reply]:
        if query.packet[:2] not in seen:
            seen.add(query.packet[:2])
            yield Reply(answer(query, a("127.0.0.2") if rdtype == "A" else txt(b"late")), after=0.3)

    seen: set[bytes] = set()
    (found,) = ask(once, "late.test", rdtype=rdtype, schedule=(0.1, 0.1, 3.8))
    assert isinstance(found, Found)


def test_a_cut_answer_with_a_silent_tcp_port_is_a_timeout() -> None:
    (found,) = ask(lambda query: [] if query.tcp else [Reply(answer(query, truncated=True))], "cut.test", lifetime=1.0)
    assert isinstance(found, Unknown)
    assert found.cause is Cause.TIMEOUT
    assert "TCP" in str(found.detail)


def test_40_cut_answers_with_a_silent_tcp_port_end_together() -> None:
    names = [f"n{n}.test" for n in range(40)]
    answers = ask(lambda q: [] if q.tcp else [Reply(answer(q, truncated=True))], *names, lifetime=1.0)
    assert {plainly(a) for a in answers} == {Cause.TIMEOUT}


def test_by_tcp_too_a_foreign_answer_is_ignored() -> None:
    def replies(query: Query) -> Iterable[Reply]:
        if not query.tcp:
            return [Reply(answer(query, truncated=True))]
        clean = answer(query, code=3)
        return [Reply(wrong_id(clean)), Reply(wrong_question(clean)), Reply(answer(query, a("127.0.0.2")))]

    assert plainly(ask(replies, "tcp.test")[0]) == LISTED


def test_3000_addresses_are_bounded() -> None:
    (found,) = ask(lambda q: [Reply(answer(q, *ENDLESS) if q.tcp else answer(q, truncated=True))], "endless.test")
    assert isinstance(found, Found)
    assert (len(found.value.records), found.value.cut) == (16, True)


def test_a_text_of_64_kilobytes_is_bounded() -> None:
    long = txt(*[b"x" * 255] * 250)
    (found,) = ask(
        lambda q: [Reply(answer(q, long) if q.tcp else answer(q, truncated=True))], "long.test", rdtype="TXT"
    )
    assert isinstance(found, Found)
    assert (sum(map(len, found.value.texts())), found.value.cut) == (16_384, True)


def test_the_reason_of_a_failure_is_one_clean_line() -> None:
    def bogus(query: Query) -> Iterable[Reply]:
        packet = answer(query, code=2)
        yield Reply(packet[:10] + b"\x00\x01" + packet[12:] + with_reason("\x1b[2Jsignature\nexpired <b>\u202e"))

    (found,) = ask(bogus, "bogus.test")
    assert isinstance(found, Unknown)
    assert found.cause is Cause.SERVFAIL
    shown = str(found.detail)
    assert shown.startswith("DNSSEC validation failed (")
    assert shown.isprintable()
    assert shown.isascii()


def test_an_error_is_asked_once_more_and_no_more() -> None:
    def healed(query: Query) -> Iterable[Reply]:
        first = query.name not in seen
        seen.add(query.name)
        yield Reply(answer(query, code=2)) if first or "never" in query.name else Reply(answer(query, a("127.0.0.2")))

    seen: set[str] = set()
    with odd_server(healed) as server:
        answers = Resolver([server.address]).ask_many([Question("once.test"), Question("never.test")])
        asked = [query.name for query in server.asked]
    assert [plainly(a) for a in answers] == [LISTED, Cause.SERVFAIL]
    assert (asked.count("once.test"), asked.count("never.test")) == (2, 2)


def test_a_server_that_knows_no_edns_is_asked_without() -> None:
    def old(query: Query) -> Iterable[Reply]:
        has_edns = query.packet[11] == 1
        yield Reply(query.packet[:2] + b"\x81\x81" + bytes(8) if has_edns else answer(query, txt(b"v=spf1 -all")))

    (found,) = ask(old, "old.test", rdtype="TXT")
    assert plainly(found) == (b"v=spf1 -all",)


def test_a_referral_is_not_an_absence() -> None:
    def lame(query: Query) -> Iterable[Reply]:
        packet = answer(query)
        header = packet[:2] + b"\x81\x00" + packet[4:8] + b"\x00\x01" + packet[10:12]
        yield Reply(header + query.question + record(2, name("ns.elsewhere.test")))

    (found,) = ask(lame, "lame.test")
    assert isinstance(found, Unknown)
    assert found.cause is Cause.REFUSED


def test_an_alias_loop_and_a_chain_of_nine_are_no_absence() -> None:
    def aliases(query: Query) -> Iterable[Reply]:
        kind, _, number = query.name.partition(".")[0].partition("-")
        following = f"{kind}-{(int(number) + 1) % (3 if kind == 'loop' else 100)}.test"
        end = (kind == "chain" and number == "9") or (kind == "short" and number == "8")
        yield Reply(answer(query, a("127.0.0.2") if end else record(5, name(following))))

    loop, chain, short = ask(aliases, "loop-0.test", "chain-0.test", "short-0.test")
    assert (plainly(loop), plainly(chain), plainly(short)) == (Cause.SERVFAIL, Cause.SERVFAIL, LISTED)


def test_a_key_is_nowhere_in_an_answer() -> None:
    key = "canarykey0123456789"

    def telling(query: Query) -> Iterable[Reply]:
        rdata = {
            1: a("127.0.0.2"),
            16: txt(b"you asked " + query.name.upper().encode()),
            15: record(15, b"\0\1" + name(query.name)),
        }
        if query.rdtype == 28:
            yield Reply(answer(query, code=2)[:10] + b"\x00\x01" + query.question + with_reason(query.name.upper()))
        else:
            yield Reply(answer(query, rdata[query.rdtype]))

    questions = [Question(f"2.0.0.127.{key}.bl.test", t, "2.0.0.127.bl.test") for t in ("A", "TXT", "MX", "AAAA")]
    questions.append(Question("2.0.0.127.canarykeyother.bl.test", "A", "2.0.0.127.bl.test"))
    with odd_server(telling) as server:
        resolver = Resolver([server.address])
        answers = resolver.ask_many(questions) + resolver.ask_many(questions)
    kinds = [Found, Found, Found, Unknown, Found]
    assert [type(found) for found in answers] == kinds * 2
    assert "***" in repr(answers[3])
    assert "canary" not in repr(answers).lower()


def test_a_question_is_asked_once_in_a_call_and_once_while_its_answer_holds() -> None:
    def known(query: Query) -> Iterable[Reply]:
        if query.name != "slow.test":
            yield Reply(answer(query, a("127.0.0.2")) if query.name == "found.test" else answer(query, code=3))

    names = ["found.test", "FOUND.test.", "none.test", "slow.test"]
    with odd_server(known) as server:
        resolver = Resolver([server.address], ResolverOptions(schedule=(1.0,), lifetime=1.0))
        first = resolver.ask_many([Question(n) for n in names])
        again = resolver.ask_many([Question(n) for n in names])
        asked = [query.name for query in server.asked]
    assert first == again
    assert [plainly(f) for f in first] == [LISTED, LISTED, Absent("A none.test", True), Cause.TIMEOUT]
    assert asked == ["found.test", "none.test", "slow.test"]
    assert [f.source for f in first] == ["A found.test", "A FOUND.test.", "A none.test", "A slow.test"]


def test_a_paced_zone_does_not_hold_up_the_others() -> None:
    with odd_server(lambda query: [Reply(answer(query, code=3))]) as server:
        questions = [Question(f"{n}.slow.test") for n in range(10)] + [Question(f"{n}.fast.test") for n in range(300)]
        answers = Resolver([server.address]).ask_many(questions, {"slow.test": 20.0})
        asked = [query.name for query in server.asked]
    assert len({a.source for a in answers if isinstance(a, Absent)}) == 310
    assert asked[-1] == "9.slow.test"


def test_a_zone_keeps_its_pace_whenever_the_loop_comes_round() -> None:
    names = [f"{n}.slow.test" for n in range(50)] + ["other.test", "notslow.test", "slow.test"]
    pacing = Pacing(names, {"slow.test.": 10.0, "unused.test": 1.0, "none.test": 0.0}, in_flight=5)
    assert list(pacing.free) == [50, 51]
    left: list[tuple[float, int]] = []
    for step in range(1000):
        now = 100.0 + step * 0.017
        for index in pacing.due(now) if now >= pacing.next_due else ():
            left.append((now, index))
            pacing.done(index)
    assert [index for _, index in left] == [*range(50), 52]
    gaps = [later - earlier for (earlier, _), (later, _) in pairwise(left)]
    assert min(gaps) > 0.05
    assert left[-1][0] - left[0][0] >= 50 / 10 - 0.06


def test_a_paced_zone_has_at_most_five_questions_under_way() -> None:
    under_way: list[int] = []
    open_questions: list[float] = []

    def slowly(query: Query) -> Iterable[Reply]:
        now = time.monotonic()
        open_questions[:] = [end for end in open_questions if end > now] + [now + 0.1]
        under_way.append(len(open_questions))
        yield Reply(answer(query, code=3), after=0.1)

    with odd_server(slowly) as server:
        Resolver([server.address]).ask_many([Question(f"{n}.slow.test") for n in range(20)], {"slow.test": 1e6})
    assert len(under_way) == 20
    assert max(under_way) <= 5


def test_progress_is_told_and_ends_with_all() -> None:
    seen: list[tuple[int, int]] = []
    ask(
        lambda q: [Reply(answer(q, code=3))],
        "a.test",
        "b.test",
        progress=lambda done, total: seen.append((done, total)),
    )
    assert seen[-1] == (2, 2)
