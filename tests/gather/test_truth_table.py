"""The truth table: no odd answer makes an unlisted subject "listed" or a listed one "clean"."""

from __future__ import annotations

import random
from functools import cache

import pytest

from reputation.gather.dns.reading import Follow, read
from reputation.gather.list_answers import AnswerReader, Standing
from reputation.model import Confidence
from reputation.records.answer import Question
from reputation.records.dnsxl import Kind, State
from reputation.records.wire import pack_question
from tests.servers.odd import Query, a, answer, record, txt
from tests.truth_table import BEHAVIOURS, LISTED, Behaviour, observe

KINDS = tuple(LISTED)
PACKETS = 20_000


@cache
def observed() -> dict[tuple[str, Kind, bool], State]:
    return observe()


def test_the_table_is_as_long_as_promised() -> None:
    """At least 25 behaviours, each for IPv4, IPv6 and domains, with names of their own."""
    assert len({one.name for one in BEHAVIOURS}) == len(BEHAVIOURS) >= 25
    assert len(KINDS) == 3


@pytest.mark.parametrize("on_list", [True, False], ids=["listed", "unlisted"])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("behaviour", BEHAVIOURS, ids=lambda one: one.name)
def test_behaviour(behaviour: Behaviour, kind: Kind, on_list: bool) -> None:
    """What is said of a listed and of an unlisted subject."""
    expected = behaviour.listed if on_list else behaviour.unlisted
    assert observed()[behaviour.name, kind, on_list] is expected


def test_no_false_listed_and_no_false_clean() -> None:
    """Over the whole table, whatever else the states are. A welcome list may call its entries good."""
    lies = [
        (name, kind, on_list, state)
        for (name, kind, on_list), state in observed().items()
        if (state is State.LISTED and not on_list) or (state is State.CLEAN and on_list)
    ]
    assert lies == []


def test_random_and_mutated_packets_end_in_a_state() -> None:
    """20,000 packets through reading and deciding: no exception, and nothing outside 127/8 counts as listed."""
    seed = random.SystemRandom().randrange(2**32)
    print(f"seed {seed}")
    source = random.Random(seed)
    behaviour = BEHAVIOURS[0]
    question = Question(f"5.113.0.203.{behaviour.zone}")
    packed = pack_question(question.name, "A")
    query = Query(question.name, 1, False, b"\x12\x34\x01\x20\x00\x01\x00\x00\x00\x00\x00\x00" + packed)
    honest = [
        answer(query, a("127.0.0.2")), answer(query, a("127.0.0.2"), a("127.0.0.10")), answer(query, code=3),
        answer(query), answer(query, txt(b"x" * 200)), answer(query, record(5, b"\xc0\x0c")),
        answer(query, *[a("127.0.0.2")] * 40), answer(query, code=2),
    ]  # fmt: skip
    reader = AnswerReader(behaviour.blocklist(), Kind.IP4, Standing(Confidence.HIGH, proven=True))
    for _ in range(PACKETS):
        said = read(question, packed, _mutated(source, honest))
        if not isinstance(said, Follow):
            found = reader.read(said)
            assert found.state in State
            assert found.state is not State.LISTED or all(hit.address.startswith("127.") for hit in found.codes)


def _mutated(source: random.Random, honest: list[bytes]) -> bytes:
    """Half random, half an honest packet with bits flipped, cut, doubled or spliced."""
    if source.random() < 0.3:
        return source.randbytes(source.randrange(12, 300))
    packet = bytearray(source.choice(honest))
    for _ in range(source.randrange(1, 8)):
        packet[source.randrange(2, len(packet))] = source.randrange(256)
    choice = source.random()
    if choice < 0.3:
        return bytes(packet[: source.randrange(12, len(packet) + 1)])
    return bytes(packet + packet[12:]) if choice < 0.5 else bytes(packet)
