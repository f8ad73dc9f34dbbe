"""Questions packed and answers read, from the RFC's own bytes and from none at all."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reputation.records.wire import (
    Addresses,
    BadName,
    BrokenMessage,
    answers_question,
    negative_ttl,
    pack_question,
    read_addresses,
)

QUESTION = b"\x01a\x04test\x00\x00\x01\x00\x01"
POINTER = b"\xc0\x0c"


def message(*records: bytes, code: int = 0, question: bytes = QUESTION, counts: tuple[int, int] = (-1, 0)) -> bytes:
    answers = len(records) if counts[0] < 0 else counts[0]
    return struct.pack("!HHHHHH", 7, 0x8180 | code, 1, answers, counts[1], 0) + question + b"".join(records)


def record(rdata: bytes, rdtype: int = 1, owner: bytes = POINTER, ttl: int = 60) -> bytes:
    return owner + struct.pack("!HHIH", rdtype, 1, ttl, len(rdata)) + rdata


SOA = record(b"\x00\x00" + struct.pack("!IIIII", 1, 60, 60, 60, 30), 6, b"\x00", 90)


def test_a_question_is_packed_as_in_rfc_1035() -> None:
    assert pack_question("a.test", "A") == QUESTION
    assert pack_question("a.test.", "TXT") == b"\x01a\x04test\x00\x00\x10\x00\x01"
    assert pack_question("_dmarc.x-y.test", "CAA")[-4:] == b"\x01\x01\x00\x01"


@pytest.mark.parametrize(
    "name",
    [
        "", ".", "..", "a..b", ".a", "a.", "a" * 64, "a" * 64 + ".test", ".".join(["a" * 63] * 4), "a.b" * 84 + "cde",
        "a b", "a\nb", "a\0b", "a;b", 'a"b', "a\\b", "ä.test", "例子.test", "a\x7f.test", "a\t", "a\u200b.test",
    ],
)  # fmt: skip
def test_what_is_no_name_is_refused(name: str) -> None:
    if name == "a.":
        assert pack_question(name, "A") == b"\x01a\x00\x00\x01\x00\x01"
        return
    with pytest.raises(BadName):
        pack_question(name, "A")


def test_the_longest_name_passes_and_one_letter_more_does_not() -> None:
    longest = ".".join(["a" * 63, "b" * 63, "c" * 63, "d" * 61])
    assert len(longest) == 253
    assert len(pack_question(longest, "A")) == 255 + 4
    with pytest.raises(BadName):
        pack_question(longest + "d", "A")


def test_an_unknown_type_is_refused() -> None:
    with pytest.raises(BadName):
        pack_question("a.test", "NONSENSE")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (message(), True),
        (message(code=2), True),
        (message(question=QUESTION.upper()), True),
        (message(question=b"\x01b\x04test\x00\x00\x01\x00\x01"), False),
        (message(question=b"\x01a\x04test\x00\x00\x10\x00\x01"), False),
        (message(question=b"\x01a\x05tests\x00\x00\x01\x00\x01"), False),
        (message()[:2] + b"\x01\x00" + message()[4:], False),  # a question, no answer
        (message()[:2] + b"\xa8\x00" + message()[4:], False),  # an answer to an update
        (message()[:20], False),
        (message()[:11], False),
        (b"", False),
        (b"\x00\x07\x80\x01" + bytes(8), True),  # a bare header: FORMERR
        (b"\x00\x07\x80\x00" + bytes(8), False),  # a bare header must not say "no record"
        (b"\x00\x07\x80\x03" + bytes(8), False),  # nor "no such name"
    ],
)
def test_only_an_answer_to_this_question_counts(data: bytes, expected: bool) -> None:
    assert answers_question(data, QUESTION) is expected


def test_addresses_of_the_name_are_read() -> None:
    data = message(record(b"\x7f\x00\x00\x02", ttl=90), record(b"\x7f\x00\x00\x0a", owner=QUESTION[:8].upper()))
    assert read_addresses(data, QUESTION) == Addresses(("127.0.0.2", "127.0.0.10"), 60, False)


def test_at_most_16_addresses_are_kept_and_the_cut_is_told() -> None:
    data = message(*[record(bytes((127, 0, n // 250, n % 250))) for n in range(3000)])
    found = read_addresses(data, QUESTION)
    assert found
    assert (len(found.addresses), found.addresses[15], found.cut) == (16, "127.0.0.15", True)


@pytest.mark.parametrize(
    "other", [record(b"\x00", 5), record(b"\x7f\x00\x00\x02", owner=b"\x01b\x00"), record(bytes(30), 46)]
)
def test_any_other_record_goes_to_the_full_reader(other: bytes) -> None:
    assert read_addresses(message(record(b"\x7f\x00\x00\x02"), other), QUESTION) is None


def test_an_address_of_another_length_is_broken() -> None:
    with pytest.raises(BrokenMessage):
        read_addresses(message(record(b"\x7f\x00\x00\x02"), record(b"\x7f\x00")), QUESTION)


@pytest.mark.parametrize("cut", range(1, 15))
def test_a_cut_record_is_broken_or_not_plain(cut: int) -> None:
    try:
        assert read_addresses(message(record(b"\x7f\x00\x00\x02"))[:-cut], QUESTION) is None
    except BrokenMessage:
        return


@pytest.mark.parametrize(
    ("data", "seconds"),
    [
        (message(SOA, code=3, counts=(0, 1)), 30),
        (message(record(b"\x00" * 4, 5), SOA, code=3, counts=(1, 1)), 30),
        (message(code=3), 0),
        (message(SOA[:-3], code=3, counts=(0, 1)), 0),
        (message(b"\xc0", code=3, counts=(0, 1)), 0),
        (message(b"\x45aa", code=3, counts=(0, 1)), 0),
        (message(SOA, counts=(0xFFFF, 0xFFFF)), 30),
    ],
)
def test_how_long_no_holds(data: bytes, seconds: int) -> None:
    assert negative_ttl(data, QUESTION) == seconds


@settings(max_examples=2000, deadline=None)
@given(st.binary(max_size=200), st.booleans())
def test_bytes_from_outside_raise_nothing_else(tail: bytes, with_head: bool) -> None:
    data = message(counts=(3, 3)) + tail if with_head else tail
    if answers_question(data, QUESTION) and len(data) > 12:
        negative_ttl(data, QUESTION)
        try:
            read_addresses(data, QUESTION)
        except BrokenMessage:
            return
