"""What the lists say, decided from answers that a table gives: the states, the test entries, fair use, the notes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from reputation.facts.listing import Listings, ListingSubject, Role
from reputation.gather.listings import ListAsker, ListingOptions, gather_listings
from reputation.model import Cause, Confidence, Secret, Severity
from reputation.records.dnsxl import Blocklist, Code, CodeSense, FairUse, Kind, State
from reputation.records.dnsxl_names import reversed_labels
from reputation.records.target import kind_of
from tests.fakes import FakeZone

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
CODES = (
    Code("127.0.0.2", "spam source"),
    Code("127.0.0.10", "dynamic range", CodeSense.POLICY),
    Code("127.255.255.254", "open resolver", CodeSense.REFUSED),
)
IP, IP6, NAME = "203.0.113.5", "2001:db8::5", "shop.example.com"
Zone = dict[str, Any]


def make_list(zone: str = "bl.example", **changes: Any) -> Blocklist:
    """A list of everything, with the test entries of RFC 5782."""
    usual: dict[str, Any] = {
        "name": zone, "operator": zone, "kinds": frozenset(Kind), "severity": Severity.MAJOR, "codes": CODES,
        "test_listed": ("127.0.0.2", "::ffff:7f00:2", "test"),
        "test_unlisted": ("127.0.0.1", "::ffff:7f00:1", "invalid"),
    }  # fmt: skip
    return Blocklist(zone=zone, **usual | changes)


def passing(zone: str = "bl.example") -> Zone:
    """A zone that holds its test entries."""
    return {name: {"A": ["127.0.0.2"]} for name in _names(zone, "127.0.0.2", "::ffff:7f00:2", "test")}


def entry(zone: str, subject: str, *addresses: str, txt: str = "") -> Zone:
    """One listing."""
    table: Zone = {"A": list(addresses)} | ({"TXT": [txt]} if txt else {})
    return {_names(zone, subject)[0]: table}


def _names(zone: str, *subjects: str) -> list[str]:
    return [f"{s if kind_of(s) is Kind.DOMAIN else reversed_labels(s)}.{zone}" for s in subjects]


def subject(text: str = IP, role: Role | None = None) -> ListingSubject:
    """A subject with the role that its kind usually has."""
    kind = kind_of(text)
    role = role or (Role.DOMAIN if kind is Kind.DOMAIN else Role.GIVEN_IP)
    return ListingSubject(text, Kind.URL_HOST if role is Role.LINK_HOST and kind is Kind.DOMAIN else kind, role)


def gather(zone: Zone, lists: Sequence[Blocklist], *subjects: ListingSubject, **options: Any) -> Listings:
    """One run over a fresh table."""
    return gather_listings(FakeZone(zone), subjects or [subject()], lists, ListingOptions(now=NOW, **options))


def states(found: Listings) -> list[list[State]]:
    """Per subject, per list."""
    return [[answer.state for answer in fact.answers] for fact in found.facts]


@pytest.mark.parametrize("text", [IP, IP6, "example.com"])
@pytest.mark.parametrize(
    ("addresses", "state", "cause"),
    [
        (["127.0.0.2"], State.LISTED, None),
        (["127.0.0.10"], State.LISTED_POLICY, None),
        (["127.0.0.10", "127.0.0.2"], State.LISTED, None),
        (["127.255.255.254"], State.REFUSED, Cause.BLOCKED_BY_OPERATOR),
        (["127.0.0.77"], State.UNTRUSTED, Cause.MALFORMED_ANSWER),
        (["198.51.100.9"], State.UNTRUSTED, Cause.MALFORMED_ANSWER),
        ([], State.CLEAN, None),
    ],
)
def test_the_real_question(text: str, addresses: list[str], state: State, cause: Cause | None) -> None:
    """By an answer's addresses; without data means not listed from a list that passed its tests."""
    found = gather(passing() | entry("bl.example", text, *addresses), [make_list()], subject(text))
    answer = found.facts[0].answers[0]
    assert (answer.state, answer.unknown.cause if answer.unknown else None) == (state, cause)


@pytest.mark.parametrize("cause", [Cause.TIMEOUT, Cause.SERVFAIL, Cause.REFUSED, Cause.OFFLINE])
def test_a_question_without_an_answer_is_unreachable(cause: Cause) -> None:
    """Never clean, never listed."""
    found = gather(passing() | {_names("bl.example", IP)[0]: cause}, [make_list()])
    assert states(found) == [[State.UNREACHABLE]]
    assert found.facts[0].answers[0].unknown.cause is cause  # type: ignore[union-attr]


@pytest.mark.parametrize("text", [IP, IP6, "example.com"])
@pytest.mark.parametrize(
    ("listed", "unlisted", "state", "cause"),
    [
        (["127.0.0.2"], None, State.LISTED, None),
        (["127.0.0.99"], None, State.LISTED, None),
        (None, None, State.UNTRUSTED, Cause.LIST_UNTRUSTED),
        (["127.0.0.2"], ["127.0.0.2"], State.UNTRUSTED, Cause.LIST_UNTRUSTED),
        (["127.0.0.1"], None, State.UNTRUSTED, Cause.LIST_UNTRUSTED),
        (["198.51.100.9"], ["198.51.100.9"], State.UNTRUSTED, Cause.LIST_UNTRUSTED),
        (["127.255.255.254"], None, State.REFUSED, Cause.BLOCKED_BY_OPERATOR),
        (["127.255.255.254"], ["127.255.255.254"], State.REFUSED, Cause.BLOCKED_BY_OPERATOR),
        (["127.0.0.2"], ["127.255.255.254"], State.REFUSED, Cause.BLOCKED_BY_OPERATOR),
        (Cause.TIMEOUT, None, State.UNREACHABLE, Cause.TIMEOUT),
        (Cause.SERVFAIL, Cause.SERVFAIL, State.UNREACHABLE, Cause.SERVFAIL),
        (["127.0.0.2"], Cause.TIMEOUT, State.UNREACHABLE, Cause.TIMEOUT),
        ([], None, State.UNREACHABLE, Cause.MALFORMED_ANSWER),
        (["127.0.0.2"], [], State.LISTED, None),
    ],
)
def test_test_entries_decide_whether_a_list_is_believed(
    text: str, listed: Any, unlisted: Any, state: State, cause: Cause | None
) -> None:
    """Whatever the list says of the subject, here "listed"."""
    zone = entry("bl.example", text, "127.0.0.2")
    one = make_list()
    for points, given in ((one.test_listed, listed), (one.test_unlisted, unlisted)):
        if given is not None:
            zone |= {name: {"A": given} for name in _names("bl.example", *points)}
    answer = gather(zone, [one], subject(text)).facts[0].answers[0]
    assert (answer.state, answer.unknown.cause if answer.unknown else None) == (state, cause)


def test_a_list_that_fails_its_tests_is_not_asked() -> None:
    """There is nothing to learn from it."""
    lookup = FakeZone({})
    gather_listings(lookup, [subject()], [make_list()], ListingOptions(now=NOW))
    assert _names("bl.example", IP)[0] not in [q.name for q in lookup.asked]


def test_a_kind_that_a_list_does_not_hold_is_never_asked() -> None:
    """Neither the subject nor the test entries of that kind."""
    lookup = FakeZone(passing())
    lists = [make_list(kinds=frozenset({Kind.IP4}), test_listed=("127.0.0.2",), test_unlisted=("127.0.0.1",))]
    found = gather_listings(lookup, [subject(IP6), subject("example.com")], lists, ListingOptions(now=NOW))
    assert states(found) == [[State.NOT_APPLICABLE], [State.NOT_APPLICABLE]]
    assert not lookup.asked


@pytest.mark.parametrize(
    ("changes", "confidence"),
    [
        ({}, Confidence.HIGH),
        ({"test_unlisted": ()}, Confidence.HIGH),
        ({"test_listed": ()}, Confidence.MEDIUM),
        ({"test_listed": (), "test_unlisted": ()}, Confidence.MEDIUM),
        ({"confirmed": False}, Confidence.LOW),
        ({"codes": ()}, Confidence.LOW),
    ],
)
def test_how_sure_a_listing_is(changes: dict[str, Any], confidence: Confidence) -> None:
    """A list that cannot prove itself, or of which little is known, is less sure."""
    found = gather(passing() | entry("bl.example", IP, "127.0.0.2"), [make_list(**changes)])
    answer = found.facts[0].answers[0]
    assert (answer.state, answer.confidence) == (State.LISTED, confidence)


def test_without_a_confirmed_test_entry_silence_only_lowers_the_confidence() -> None:
    """The catalogue is not sure that the entry exists at all."""
    found = gather(entry("bl.example", IP, "127.0.0.2"), [make_list(test_confirmed=False)])
    assert found.facts[0].answers[0].confidence is Confidence.LOW
    assert states(found) == [[State.LISTED]]


def test_a_positive_entry_of_another_kind_shows_that_the_resolver_is_answered() -> None:
    """A list that states only 127.0.0.2 is not "clean" about IPv6 where it answers this resolver nothing at all."""
    one = make_list(test_listed=("127.0.0.2",), test_unlisted=("127.0.0.1",))
    assert states(gather({}, [one], subject(IP6))) == [[State.UNTRUSTED]]
    answer = gather(passing(), [one], subject(IP6)).facts[0].answers[0]
    assert (answer.state, answer.confidence) == (State.CLEAN, Confidence.MEDIUM)


@pytest.mark.parametrize("text", [IP, IP6, "example.com"])
def test_a_list_of_which_no_test_entry_is_known_must_not_list_what_no_list_may(text: str) -> None:
    """RFC 5782 section 5 forbids 127.0.0.1, ::ffff:7f00:1 and "invalid": a list that has them lists the world."""
    one = make_list(test_listed=(), test_unlisted=())
    zone = entry("bl.example", text, "127.0.0.2")
    assert states(gather(zone, [one], subject(text))) == [[State.LISTED]]
    zone |= {name: {"A": ["127.0.0.2"]} for name in _names("bl.example", "127.0.0.1", "::ffff:7f00:1", "invalid")}
    assert states(gather(zone, [one], subject(text))) == [[State.UNTRUSTED]]


@pytest.mark.parametrize(
    ("silent", "spoken", "state"), [(2, 0, State.UNTRUSTED), (1, 0, State.CLEAN), (2, 1, State.CLEAN)]
)
def test_silence_proves_nothing_through_a_resolver_that_the_tested_lists_refuse(
    silent: int, spoken: int, state: State
) -> None:
    """Two lists deny their own test entries and none answers: then a list without one is unknown, not clean."""
    lists = [make_list(f"silent{n}.example") for n in range(silent)]
    lists += [make_list(f"spoken{n}.example") for n in range(spoken)]
    zone = {name: table for n in range(spoken) for name, table in passing(f"spoken{n}.example").items()}
    untested = make_list("untested.example", test_listed=(), test_unlisted=())
    found = gather(zone, [*lists, untested])
    assert states(found)[0][-1] is state
    heard = gather(zone | entry("untested.example", IP, "127.0.0.2"), [*lists, untested])
    assert states(heard)[0][-1] is State.LISTED


def test_no_data_proves_nothing_where_the_list_has_not_proven_itself() -> None:
    """An empty answer of a list without test entries is not "clean"."""
    found = gather({_names("bl.example", IP)[0]: {"MX": ["1 x"]}}, [make_list(test_listed=(), test_unlisted=())])
    assert states(found) == [[State.UNREACHABLE]]


def test_a_resolver_that_invents_answers_is_found_by_one_name_that_cannot_exist() -> None:
    """Nothing it says is believed, and that is said once."""
    zone = passing() | entry("bl.example", IP, "127.0.0.2") | {"canary.invalid": {"A": ["203.0.113.66"]}}
    found = gather(zone, [make_list(), make_list("b.example")], probe="canary")
    assert states(found) == [[State.UNTRUSTED, State.UNTRUSTED]]
    assert ["invents answers" in str(note) for note in found.notes] == [True]


def test_the_same_strange_address_from_two_operators_is_the_resolver() -> None:
    """Two lists cannot be parked at one address."""
    lists = [make_list("a.example"), make_list("b.example")]
    zone = passing("a.example") | passing("b.example")
    for one in lists:
        zone |= entry(one.zone, IP, "203.0.113.66")
    assert "invents answers" in str(gather(zone, lists).notes[0])


@pytest.mark.parametrize("silent", [True, False])
def test_several_lists_that_refuse_the_resolver_are_one_note(silent: bool) -> None:
    """It names the resolver and three ways out; one list alone needs no note."""
    lists = [make_list("a.example"), make_list("b.example")]
    zone: Zone = {}
    if not silent:
        for one in lists:
            zone |= {name: {"A": ["127.255.255.254"]} for name in _names(one.zone, *one.test_listed)}
    found = gather(zone, lists)
    assert len(found.notes) == 1
    note = str(found.notes[0])
    assert "fake:53" in note
    assert "--resolver" in note
    assert not gather(zone, lists[:1]).notes


def test_the_reason_is_asked_only_after_a_hit_and_cleaned() -> None:
    """One TXT question, and no escape of a stranger survives."""
    lookup = FakeZone(passing() | entry("bl.example", IP, "127.0.0.2", txt="see \x1b[31m https://bl.example/"))
    lists = [make_list(), make_list("b.example", test_listed=(), test_unlisted=())]
    found = gather_listings(lookup, [subject()], lists, ListingOptions(now=NOW))
    assert [q.name for q in lookup.asked if q.rdtype == "TXT"] == _names("bl.example", IP)
    assert found.facts[0].answers[0].reason == "see \\x1b[31m https://bl.example/"


def test_reasons_have_a_limit() -> None:
    """A thousand listings do not become a thousand more questions."""
    lookup = FakeZone(
        passing() | entry("bl.example", IP, "127.0.0.2") | entry("bl.example", "203.0.113.6", "127.0.0.2")
    )
    gather_listings(lookup, [subject(), subject("203.0.113.6")], [make_list()], ListingOptions(now=NOW, reasons=1))
    assert len([q for q in lookup.asked if q.rdtype == "TXT"]) == 1


def test_three_calls_ask_everything() -> None:
    """Test entries, questions, reasons: round trips do not grow with lists and subjects."""
    lookup = FakeZone(passing() | entry("bl.example", IP, "127.0.0.2", txt="x"))
    lists = [make_list(), make_list("b.example"), make_list("c.example")]
    gather_listings(lookup, [subject(), subject(IP6), subject(NAME)], lists, ListingOptions(now=NOW))
    assert len(lookup.paces) == 3


def test_link_hosts_are_asked_in_full_where_a_list_holds_only_hosts() -> None:
    """And by their registrable domain where it holds domains, with or without hosts."""
    lookup = FakeZone(passing("h.example") | passing("d.example") | passing("b.example"))
    kinds = {"h": {Kind.URL_HOST}, "d": {Kind.DOMAIN}, "b": {Kind.DOMAIN, Kind.URL_HOST}}
    lists = [make_list(f"{name}.example", kinds=frozenset(held)) for name, held in kinds.items()]
    gather_listings(lookup, [subject(NAME, Role.LINK_HOST)], lists, ListingOptions(now=NOW))
    names = [q.name for q in lookup.asked]
    assert "shop.example.com.h.example" in names
    assert "example.com.d.example" in names
    assert "example.com.b.example" in names


def test_the_key_is_in_the_question_and_nowhere_else() -> None:
    """Shown names, facts and notes are free of it."""
    key = "canary0key0canary0key0abcd"
    lookup = FakeZone({})
    lists = [make_list("dq.example", key="dqs")]
    options = ListingOptions(now=NOW, keys={"dqs": Secret(key)})
    found = gather_listings(lookup, [subject()], lists, options)
    assert [q for q in lookup.asked if q.name.endswith(f".{key}.dq.example")]
    assert key not in repr([q.source for q in lookup.asked])
    assert key not in repr(found)


@pytest.mark.parametrize("keys", [{}, {"dqs": Secret("")}, {"dqs": Secret("not a label")}])
def test_a_list_without_its_key_is_not_asked(keys: dict[str, Secret]) -> None:
    """No answer of a keyed list proves anything without the key."""
    lookup = FakeZone({})
    options = ListingOptions(now=NOW, keys=keys)
    answer = gather_listings(lookup, [subject()], [make_list(key="dqs")], options).facts[0].answers[0]
    assert (answer.state, answer.unknown.cause if answer.unknown else None) == (State.REFUSED, Cause.NO_KEY)
    assert not lookup.asked


def test_a_pass_is_remembered_for_a_day(tmp_path: Path) -> None:
    """Then, with another resolver, or with another definition of the list, it is tested again; failures always."""

    def tested(zone: Zone, one: Blocklist, now: datetime, resolvers: tuple[str, ...] = ("fake:53",)) -> bool:
        lookup = FakeZone(zone)
        lookup.resolvers = resolvers
        gather_listings(lookup, [subject()], [one], ListingOptions(now=now, cache_folder=tmp_path))
        return _names(one.zone, "127.0.0.2")[0] in [q.name for q in lookup.asked]

    assert tested({}, make_list(), NOW)
    assert tested(passing(), make_list(), NOW)
    assert not tested(passing(), make_list(), NOW + timedelta(hours=23))
    assert tested(passing(), make_list(codes=CODES[:1]), NOW)
    assert tested(passing(), make_list(), NOW, ("other:53",))
    assert tested(passing(), make_list(), NOW + timedelta(hours=25))
    assert tested(passing(), make_list(), NOW - timedelta(hours=1))


def test_a_list_that_gives_127_0_0_1_a_meaning_is_tested_in_every_run(tmp_path: Path) -> None:
    """A resolver that blocks names answers just that, and may have begun to since."""
    one = make_list(codes=(Code("127.0.0.1", "welcome", CodeSense.GOOD), Code("127.0.0.2", "spam")))
    for _ in range(2):
        lookup = FakeZone(passing())
        gather_listings(lookup, [subject()], [one], ListingOptions(now=NOW, cache_folder=tmp_path))
        assert _names(one.zone, "127.0.0.1")[0] in [q.name for q in lookup.asked]


def test_the_cache_holds_no_key(tmp_path: Path) -> None:
    """Only hashes."""
    key = "canary0key0canary0key0abcd"
    zone = {f"{n.removesuffix('.dq.example')}.{key}.dq.example": v for n, v in passing("dq.example").items()}
    gather(zone, [make_list("dq.example", key="dqs")], keys={"dqs": Secret(key)}, cache_folder=tmp_path,
           state_folder=tmp_path)  # fmt: skip
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert written
    assert key.encode() not in written


def test_the_question_after_the_last_of_the_day_is_not_sent(tmp_path: Path) -> None:
    """Test entries and reasons count too; the next day begins anew."""
    one = make_list(fair_use=FairUse(queries_per_day=4))
    subjects = [subject(f"203.0.113.{n}") for n in range(1, 5)]
    lookup = FakeZone(passing())
    options = ListingOptions(now=NOW, state_folder=tmp_path)
    found = gather_listings(lookup, subjects, [one], options)
    assert states(found) == [[State.CLEAN], [State.CLEAN], [State.REFUSED], [State.REFUSED]]
    assert len([q for q in lookup.asked if q.name.endswith("bl.example")]) == 4
    assert found.facts[3].answers[0].unknown.cause is Cause.RATE_LIMITED  # type: ignore[union-attr]
    again = FakeZone(passing())
    gather_listings(again, subjects, [one], options)
    assert not [q for q in again.asked if q.name.endswith("bl.example")]
    later = ListingOptions(now=NOW + timedelta(days=1), state_folder=tmp_path)
    assert states(gather_listings(FakeZone(passing()), subjects[:1], [one], later)) == [[State.CLEAN]]


def test_the_test_entries_of_several_kinds_share_the_allowance(tmp_path: Path) -> None:
    """Three kinds need six questions; five are left, so one kind is not tested and not asked."""
    one = make_list(fair_use=FairUse(queries_per_day=5))
    lookup = FakeZone(passing())
    subjects = [subject(), subject(IP6), subject("example.com")]
    gather_listings(lookup, subjects, [one], ListingOptions(now=NOW, state_folder=tmp_path))
    assert len([q for q in lookup.asked if q.name.endswith("bl.example")]) <= 5


def test_a_list_is_asked_no_faster_than_its_operator_allows() -> None:
    """The pace goes to the lookup; a list without a limit is not paced."""
    lookup = FakeZone(passing())
    lists = [make_list(fair_use=FairUse(queries_per_second=5.0)), make_list("b.example")]
    gather_listings(lookup, [subject()], lists, ListingOptions(now=NOW))
    assert lookup.paces == [{"bl.example": 5.0}] * len(lookup.paces)


@pytest.mark.parametrize(
    ("answered", "state"),
    [(Cause.TIMEOUT, State.UNREACHABLE), ({"A": ["127.255.255.254"]}, State.REFUSED)],
    ids=["silent", "refusing"],
)
def test_a_list_that_stays_silent_or_refuses_is_not_asked_for_ever(answered: Any, state: State) -> None:
    """After a chunk of nothing else the rest gets the same answer at once; who has had enough is left in peace."""
    one = make_list(test_listed=(), test_unlisted=())
    first = [subject(f"203.0.113.{n}") for n in range(10)]
    second = [subject(f"203.0.113.{n}") for n in range(10, 20)]
    lookup = FakeZone({_names("bl.example", s.text)[0]: answered for s in first})
    asker = ListAsker(lookup, [one], ListingOptions(now=NOW))
    asker.ask(first)
    before = len(lookup.asked)
    facts = asker.ask(second)
    assert {answer.state for fact in facts for answer in fact.answers} == {state}
    assert len(lookup.asked) == before


def test_the_code_of_a_test_entry_is_not_shown_as_the_subjects() -> None:
    """A list that lists the world: its answer about 127.0.0.1 says nothing of the subject."""
    zone = passing() | {name: {"A": ["127.0.0.2"]} for name in _names("bl.example", "127.0.0.1")}
    answer = gather(zone, [make_list()]).facts[0].answers[0]
    assert (answer.state, answer.codes) == (State.UNTRUSTED, ())


def test_a_state_folder_that_cannot_be_used_stops_nothing(tmp_path: Path) -> None:
    """A file where the folder should be, or rubbish in the files."""
    blocked = tmp_path / "file"
    blocked.write_text("x")
    rubbish = tmp_path / "rubbish"
    rubbish.mkdir()
    for name in ("list-tests.json", "list-budget.json"):
        (rubbish / name).write_bytes(b'\xff{"asked": 3')
    one = make_list(fair_use=FairUse(queries_per_day=100))
    for folder in (blocked, rubbish):
        found = gather(passing(), [one], cache_folder=folder, state_folder=folder)
        assert states(found) == [[State.CLEAN]]


def test_a_name_too_long_for_a_question_is_not_asked() -> None:
    """253 characters are the limit of a name (RFC 1035)."""
    long = ".".join(["a" * 60] * 4) + ".com"
    lookup = FakeZone(passing())
    found = gather_listings(
        lookup, [subject(long, Role.LINK_HOST)], [make_list(full_name=True)], ListingOptions(now=NOW)
    )
    assert found.facts[0].answers[0].unknown.cause is Cause.TOO_COMPLEX  # type: ignore[union-attr]
    assert all(len(q.name) <= 253 for q in lookup.asked)


def test_no_subjects_no_questions() -> None:
    """An empty run is quiet."""
    lookup = FakeZone({})
    assert gather_listings(lookup, [], [make_list()], ListingOptions(now=NOW)).facts == ()
    assert not lookup.asked
