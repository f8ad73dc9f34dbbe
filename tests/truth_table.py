"""Odd ways in which a blocklist or a resolver may answer, and what may be said about a listed and an unlisted subject.

Each behaviour is one zone of one server, with the test entries of RFC 5782. `LISTED` subjects are on every list by
what the operator knows, `UNLISTED` ones on none: so "clean" for the former and "listed" for the latter are lies.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from reputation.facts.listing import ListingSubject, Role
from reputation.gather.dns import Resolver, ResolverOptions
from reputation.gather.listings import ListingOptions, gather_listings
from reputation.model import Severity
from reputation.records.dnsxl import Blocklist, Code, CodeSense, Kind, State
from reputation.records.dnsxl_names import reversed_labels
from tests.servers.odd import Query, Reply, a, answer, name, odd_server, record, txt, wrong_id, wrong_question

Replies = Iterable[Reply]
Play = Callable[[Query, bool], Replies]  # the question, and whether its subject is on the list
LISTED = {Kind.IP4: "203.0.113.5", Kind.IP6: "2001:db8::5", Kind.DOMAIN: "listed.example"}
UNLISTED = {Kind.IP4: "203.0.113.6", Kind.IP6: "2001:db8::6", Kind.DOMAIN: "unlisted.example"}
POSITIVE = {Kind.IP4: "127.0.0.2", Kind.IP6: "::ffff:7f00:2", Kind.DOMAIN: "test"}
NEGATIVE = {Kind.IP4: "127.0.0.1", Kind.IP6: "::ffff:7f00:1", Kind.DOMAIN: "invalid"}
NXDOMAIN, SERVFAIL, REFUSED, NOTIMP, FORMERR, YXDOMAIN = 3, 2, 5, 4, 1, 6
CODES = (
    Code("127.0.0.2", "spam source"),
    Code("127.0.0.4-7", "hijacked"),
    Code("127.0.0.10-11", "dynamic range", CodeSense.POLICY),
    Code("127.0.0.13", "suspicious", CodeSense.INFO),
    Code("127.0.0.20", "welcome", CodeSense.GOOD),
    Code("127.255.255.0/24", "the operator refuses this resolver", CodeSense.REFUSED),
)
BITS = (Code("127.0.0.1", "refused", CodeSense.REFUSED), Code("&16", "malware"), Code("&64", "abuse"),
        Code("&4", "disposable", CodeSense.INFO))  # fmt: skip


def _labels(kind: Kind, subject: str) -> str:
    return subject if kind is Kind.DOMAIN else reversed_labels(subject)


ON_LIST = {_labels(kind, text) for table in (LISTED, POSITIVE) for kind, text in table.items()}
TESTS = {_labels(kind, text) for table in (POSITIVE, NEGATIVE) for kind, text in table.items()}


@dataclass(frozen=True)
class Behaviour:
    """One zone. `listed` and `unlisted` are the states that must come out for such subjects."""

    name: str
    play: Play
    listed: State
    unlisted: State
    codes: tuple[Code, ...] = CODES
    tested: bool = True

    @property
    def zone(self) -> str:
        return f"{self.name}.truth.test"

    def blocklist(self) -> Blocklist:
        return Blocklist(
            zone=self.zone, name=self.name, operator=self.name, kinds=frozenset(Kind), severity=Severity.MAJOR,
            full_name=True, codes=self.codes, test_listed=tuple(POSITIVE.values()) if self.tested else (),
            test_unlisted=tuple(NEGATIVE.values()) if self.tested else (),
        )  # fmt: skip


def says(*addresses: str, code: int = 0) -> Play:
    """Answers so for what is on the list, NXDOMAIN for the rest."""

    def play(query: Query, on_list: bool) -> Replies:
        yield Reply(answer(query, *map(a, addresses), code=code) if on_list else answer(query, code=NXDOMAIN))

    return play


def always(*addresses: str, code: int = 0) -> Play:
    """Answers so whatever is asked."""

    def play(query: Query, _on_list: bool) -> Replies:
        yield Reply(answer(query, *map(a, addresses), code=code))

    return play


def silent(_query: Query, _on_list: bool) -> Replies:
    """Says nothing."""
    return ()


HONEST = says("127.0.0.2")


def _is_test(query: Query) -> bool:
    return any(query.name.startswith(f"{labels}.") for labels in TESTS)


def tests_then(play: Play) -> Play:
    """Honest about its test entries, and only then odd."""
    return lambda query, on_list: (HONEST if _is_test(query) else play)(query, on_list)


def before_it(forge: Callable[[Query], bytes]) -> Play:
    """A forged packet, and 30 ms later the true answer."""

    def play(query: Query, on_list: bool) -> Replies:
        yield Reply(forge(query))
        yield from (reply._replace(after=0.03) for reply in HONEST(query, on_list))

    return play


def _lie(query: Query) -> bytes:
    on_list = any(query.name.startswith(f"{labels}.") for labels in ON_LIST)
    return answer(query, code=NXDOMAIN) if on_list else answer(query, a("127.0.0.2"))


def _cut(query: Query, on_list: bool) -> Replies:
    """Truncated over UDP, whole by TCP."""
    yield Reply(next(iter(HONEST(query, on_list))).data if query.tcp else answer(query, truncated=True))


def _cut_then_silent(query: Query, _on_list: bool) -> Replies:
    if not query.tcp:
        yield Reply(answer(query, truncated=True))


def _late(query: Query, on_list: bool) -> Replies:
    yield from (reply._replace(after=0.35) for reply in HONEST(query, on_list))


def _twice(query: Query, on_list: bool) -> Replies:
    yield from [*HONEST(query, on_list)] * 3


def _other_case(query: Query, on_list: bool) -> Replies:
    for reply in HONEST(query, on_list):
        section = reply.data[12 : 12 + len(query.question)]
        yield Reply(reply.data.replace(section, section[:-4].upper() + section[-4:], 1))


def _hordes(query: Query, on_list: bool) -> Replies:
    """3,000 addresses by TCP, all of them listings."""
    if not on_list:
        yield Reply(answer(query, code=NXDOMAIN))
    elif query.tcp:
        yield Reply(answer(query, *[a("127.0.0.2")] * 3000))
    else:
        yield Reply(answer(query, truncated=True))


def _by_alias(query: Query, on_list: bool) -> Replies:
    """The listing stands behind an alias."""
    alias = record(5, name("target.alias.truth.test"))
    target = record(1, bytes((127, 0, 0, 2)), owner=name("target.alias.truth.test"))
    yield Reply(answer(query, alias, target) if on_list else answer(query, code=NXDOMAIN))


def _loop(query: Query, _on_list: bool) -> Replies:
    yield Reply(answer(query, record(5, b"\xc0\x0c")))


def _alias_to_nothing(query: Query, _on_list: bool) -> Replies:
    yield Reply(answer(query, record(5, name("gone.truth.test")), code=NXDOMAIN))


def _pointer_to_itself(query: Query, _on_list: bool) -> Replies:
    here = len(answer(query))
    yield Reply(answer(query, struct.pack("!HHHIH", 0xC000 | here, 1, 1, 60, 4) + b"\x7f\x00\x00\x02"))


def _of_another_name(query: Query, _on_list: bool) -> Replies:
    yield Reply(answer(query, record(1, bytes((127, 0, 0, 2)), owner=name("else.where.test"))))


def _of_another_type(query: Query, _on_list: bool) -> Replies:
    yield Reply(answer(query, txt(b"listed")))


def _short_address(query: Query, _on_list: bool) -> Replies:
    yield Reply(answer(query, record(1, b"\x7f\x00")))


def _announces_more(query: Query, _on_list: bool) -> Replies:
    """The header counts one record more than there is."""
    whole = answer(query, a("127.0.0.2"))
    yield Reply(whole[:6] + b"\x00\x02" + whole[8:])


def _evil_reason(query: Query, on_list: bool) -> Replies:
    if query.rdtype == 16 and on_list:
        yield Reply(answer(query, txt(b"\x1b[2J\x07<script>alert(1)</script>", b"=cmd|' /C calc'!A0")))
    else:
        yield from HONEST(query, on_list)


def _garbage(query: Query) -> bytes:
    return query.packet[:2] + b"\xff" * 40


def _without_data_for_the_rest(query: Query, on_list: bool) -> Replies:
    yield from HONEST(query, on_list) if on_list else [Reply(answer(query))]


L, POLICY, INFO, GOOD, CLEAN = State.LISTED, State.LISTED_POLICY, State.INFO, State.GOOD, State.CLEAN
R, X, U = State.REFUSED, State.UNREACHABLE, State.UNTRUSTED
BEHAVIOURS = (
    Behaviour("honest", HONEST, L, CLEAN),
    Behaviour("several-codes", says("127.0.0.10", "127.0.0.2", "127.0.0.4"), L, CLEAN),
    Behaviour("range-code", says("127.0.0.6"), L, CLEAN),
    Behaviour("policy", tests_then(says("127.0.0.11")), POLICY, CLEAN),
    Behaviour("information", tests_then(says("127.0.0.13")), INFO, CLEAN),
    Behaviour("welcome", tests_then(says("127.0.0.20")), GOOD, CLEAN),
    Behaviour("bits-combined", says("127.0.0.80"), L, CLEAN, BITS),
    Behaviour("bits-refused", always("127.0.0.1"), R, R, BITS),
    Behaviour("bits-error-range", tests_then(always("127.255.255.254")), U, U, BITS),
    Behaviour("no-code-table", says("127.0.0.99"), L, CLEAN, ()),
    Behaviour("no-code-table-127-0-0-1", tests_then(always("127.0.0.1")), U, U, ()),
    Behaviour("no-code-table-error-range", tests_then(always("127.255.255.255")), U, U, ()),
    Behaviour("typing-error", always("127.255.255.252"), R, R),
    Behaviour("open-resolver", always("127.255.255.254"), R, R),
    Behaviour("too-many", always("127.255.255.255"), R, R),
    Behaviour("too-many-later", tests_then(always("127.255.255.255")), R, R),
    Behaviour("refusal-beside-a-listing", tests_then(always("127.0.0.2", "127.255.255.255")), R, R),
    Behaviour("silently-refused", always(code=NXDOMAIN), U, U),
    Behaviour("lists-the-world", always("127.0.0.2"), U, U),
    Behaviour("lists-the-world-untested", always("127.0.0.2"), U, U, tested=False),
    Behaviour("parked", always("203.0.113.66"), U, U),
    Behaviour("parked-later", tests_then(always("203.0.113.66")), U, U),
    Behaviour("parked-beside-a-listing", tests_then(always("127.0.0.2", "203.0.113.66")), U, U),
    Behaviour("undocumented", tests_then(says("127.0.0.77")), U, CLEAN),
    Behaviour("router-ad-block", always("127.0.0.1"), U, U),
    Behaviour("null-address", always("0.0.0.0"), U, U),
    Behaviour("servfail", always(code=SERVFAIL), X, X),
    Behaviour("servfail-later", tests_then(always(code=SERVFAIL)), X, X),
    Behaviour("refused", always(code=REFUSED), X, X),
    Behaviour("refused-later", tests_then(always(code=REFUSED)), X, X),
    Behaviour("not-implemented", always(code=NOTIMP), X, X),
    Behaviour("format-error", always(code=FORMERR), X, X),
    Behaviour("odd-rcode", always(code=YXDOMAIN), X, X),
    Behaviour("silent", silent, X, X),
    Behaviour("silent-later", tests_then(silent), X, X),
    Behaviour("silent-untested", silent, X, X, tested=False),
    Behaviour("no-data-for-unlisted", _without_data_for_the_rest, L, CLEAN),
    Behaviour("no-data-at-all", always(), X, X),
    Behaviour("no-data-untested", always(), X, X, tested=False),
    Behaviour("late", _late, L, CLEAN),
    Behaviour("answers-three-times", _twice, L, CLEAN),
    Behaviour("other-case", _other_case, L, CLEAN),
    Behaviour("forged-id-first", before_it(lambda query: wrong_id(_lie(query))), L, CLEAN),
    Behaviour("forged-question-first", before_it(lambda query: wrong_question(_lie(query))), L, CLEAN),
    Behaviour("garbage-first", before_it(_garbage), L, CLEAN),
    Behaviour("garbage-only", lambda query, _: [Reply(_garbage(query))], X, X),
    Behaviour("empty-packet-only", lambda *_: [Reply(b"")], X, X),
    Behaviour("question-echoed", lambda query, _: [Reply(query.packet)], X, X),
    Behaviour("cut-off-then-tcp", _cut, L, CLEAN),
    Behaviour("cut-off-then-silent", _cut_then_silent, X, X),
    Behaviour("three-thousand-addresses", _hordes, L, CLEAN),
    Behaviour("listing-behind-an-alias", _by_alias, L, CLEAN),
    Behaviour("alias-loop", _loop, X, X),
    Behaviour("alias-loop-later", tests_then(_loop), X, X),
    Behaviour("pointer-to-itself", _pointer_to_itself, U, U),
    Behaviour("alias-to-nothing", tests_then(_alias_to_nothing), U, U),
    Behaviour("record-of-another-name", _of_another_name, U, U),
    Behaviour("record-of-another-name-later", tests_then(_of_another_name), U, U),
    Behaviour("record-of-another-type", _of_another_type, U, U),
    Behaviour("record-of-another-type-later", tests_then(_of_another_type), U, U),
    Behaviour("short-address", _short_address, U, U),
    Behaviour("announces-more", _announces_more, U, U),
    Behaviour("evil-reason", _evil_reason, L, CLEAN),
)


@contextmanager
def playing(behaviours: Iterable[Behaviour] = BEHAVIOURS) -> Iterator[str]:
    """The address of a server that plays all of them at once."""
    plays: Mapping[str, Behaviour] = {one.zone: one for one in behaviours}

    def replies(query: Query) -> Replies:
        labels, _, rest = query.name.partition(".truth.test")
        subject, _, zone = labels.rpartition(".")
        behaviour = plays.get(f"{zone}.truth.test")
        if behaviour is None or rest:
            return [Reply(answer(query, code=NXDOMAIN))]
        return behaviour.play(query, subject in ON_LIST)

    with odd_server(replies) as server:
        yield server.address


def observe(behaviours: Iterable[Behaviour] = BEHAVIOURS) -> dict[tuple[str, Kind, bool], State]:
    """(behaviour, kind, whether the subject is on the list) -> the state that the product finds, all in one run."""
    wanted = tuple(behaviours)
    subjects = [
        ListingSubject(table[kind], kind, Role.DOMAIN if kind is Kind.DOMAIN else Role.GIVEN_IP)
        for table in (LISTED, UNLISTED)
        for kind in table
    ]
    impatient = ResolverOptions(lifetime=0.9, schedule=(0.2, 0.3, 0.4))
    with playing(wanted) as address:
        found = gather_listings(
            Resolver([address], impatient), subjects, [one.blocklist() for one in wanted],
            ListingOptions(now=datetime(2026, 11, 24, tzinfo=UTC)),
        )  # fmt: skip
    return {
        (behaviour.name, facts.subject.kind, facts.subject.text in LISTED.values()): result.state
        for facts in found.facts
        for behaviour, result in zip(wanted, facts.answers, strict=True)
    }
