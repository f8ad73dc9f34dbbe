"""The embedded world and its name server, seen through the real engine."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from reputation.catalogue import load
from reputation.checks.listing_results import listing_results
from reputation.facts.listing import ListingSubject, Role
from reputation.gather.demo_server import DemoServer
from reputation.gather.demo_world import Failure, Story, World, stories
from reputation.gather.dns import Resolver, ResolverOptions
from reputation.gather.drafts import DraftProblem, from_file
from reputation.gather.listings import ListingOptions, gather_listings
from reputation.model import Absent, Found, Outcome, Unknown
from reputation.records.answer import MailExchange, Question
from reputation.records.dnsxl import Kind

LONG = "v=spf1 " + "x" * 3000
STORY = Story(
    name="test", title="", story="", targets=(),
    records={"a.example": {"A": ["192.0.2.1"], "MX": ["10 mx.a.example."], "TXT": ['quoted " and \\ slash', LONG]},
             "deep.below.b.example": {"A": ["192.0.2.2"]}},
)  # fmt: skip


@pytest.fixture(scope="module")
def resolver() -> Iterator[Resolver]:
    """The engine, pointed at the small world above."""
    with DemoServer(World(STORY, ())) as server:
        yield Resolver([server.address])


def test_records_arrive_whole_even_when_udp_is_too_small(resolver: Resolver) -> None:
    """TXT over TCP, quotes and backslashes untouched."""
    answers = resolver.ask_many([Question("a.example", kind) for kind in ("A", "MX", "TXT")])
    found = [answer.value.records for answer in answers if isinstance(answer, Found)]
    assert found[:2] == [("192.0.2.1",), (MailExchange(10, "mx.a.example"),)]
    assert set(found[2]) == {b'quoted " and \\ slash', LONG.encode()}  # records of one type have no order


def test_absence_comes_in_its_two_kinds(resolver: Resolver) -> None:
    """NXDOMAIN, and NOERROR without data, also for a name that only has names below it."""
    names = ("no.example", "below.b.example", "a.example")
    answers = resolver.ask_many([Question(name, "AAAA") for name in names])
    assert [isinstance(a, Absent) and a.nxdomain for a in answers] == [True, False, False]


@pytest.mark.parametrize(
    "packet", [b"", b"x", b"\0" * 11, b"\0" * 12, b"\xff" * 600, struct.pack("!6H", 1, 0, 9, 0, 0, 0)]
)
def test_a_strange_packet_does_not_end_the_server(packet: bytes) -> None:
    """It answers the next question."""
    with DemoServer(World(STORY, ())) as server:
        host, port = server.address.split(":")
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
            stranger.sendto(packet, (host, int(port)))
        answer = Resolver([server.address]).ask_many([Question("a.example")])[0]
        assert isinstance(answer, Found)


def test_every_list_of_the_catalogue_works_in_the_healthy_world() -> None:
    """The world has the test entries of all of them: none is distrusted, and nothing is listed."""
    catalogue = load()
    story = stories()[0]
    subjects = [
        ListingSubject("192.0.2.10", Kind.IP4, Role.GIVEN_IP),
        ListingSubject("2001:db8::10", Kind.IP6, Role.GIVEN_IP),
        ListingSubject("maple-tools.example", Kind.DOMAIN, Role.DOMAIN),
    ]
    lists = [one for one in catalogue.lists if not one.key]
    with DemoServer(World(story, catalogue.lists)) as server:
        options = ListingOptions(now=datetime(2026, 11, 24, tzinfo=UTC))
        found = gather_listings(Resolver([server.address]), subjects, lists, options)
    results = listing_results(found.facts)
    odd = {(r.details["zone"], r.details["state"]) for r in results if r.outcome not in (Outcome.PASS, Outcome.SKIPPED)}
    assert odd == set() and any(r.outcome is Outcome.PASS for r in results)


@pytest.mark.parametrize("story", stories(), ids=lambda story: story.name)
def test_each_story_can_be_told(story: Story) -> None:
    """Reserved names only, words for both languages, a draft that can be read."""
    names = {name.rpartition(".")[2] for name in (*story.targets, *story.records) if not name.endswith(".arpa")}
    assert names <= {"example"} and story.title and story.story
    assert story.draft is None or not isinstance(from_file(story.draft), DraftProblem)


def test_faults_speak_as_the_real_ones_do() -> None:
    """A refusal is 127.255.255.254, silence is silence, and the list of everything lists everything."""
    lists = load().lists
    zones = {story.name: World(story, lists) for story in stories()}
    assert zones["refused-resolver"].answer("40.2.0.192.zen.spamhaus.org", "A") == ["127.255.255.254"]
    assert zones["dead-lists"].answer("9.9.9.9.psbl.surriel.com", "A") is Failure.SILENCE
    assert zones["dead-lists"].answer("1.0.0.127.bl.spamcop.net", "A") == ["127.0.0.2"]
    assert zones["everything-down"].answer("night-train.example", "A") is Failure.SILENCE


def test_silence_is_unknown() -> None:
    """Nothing comes back over UDP."""
    silent = Story(name="s", title="", story="", targets=(), silent=frozenset({"everything"}))
    with DemoServer(World(silent, ())) as server:
        answer = Resolver([server.address], ResolverOptions(schedule=(0.1,), lifetime=0.1)).ask_many(
            [Question("a.example")]
        )
    assert isinstance(answer[0], Unknown)
