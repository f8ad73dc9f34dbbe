"""DNS messages as bytes (RFC 1035 section 4): a question packed, an answer verified, and the plain answers read.

Only what the bulk of blocklist questions needs is read here: A records that belong to the name asked, and the life of
a negative answer. Every read is bounds checked; what does not fit raises `BrokenMessage`, never anything else.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

MAX_ADDRESSES: Final = 16
MAX_NAME: Final = 253  # characters without the final dot, RFC 1035 section 3.1 as text
FORMERR, SERVFAIL, NXDOMAIN, NOTIMP, REFUSED = 1, 2, 3, 4, 5
RCODE_NAMES: Final = {
    1: "FORMERR", 2: "SERVFAIL", 3: "NXDOMAIN", 4: "NOTIMP", 5: "REFUSED", 6: "YXDOMAIN", 7: "YXRRSET", 8: "NXRRSET",
    9: "NOTAUTH", 10: "NOTZONE",
}  # fmt: skip
TYPE_NUMBERS: Final = {
    "A": 1, "NS": 2, "CNAME": 5, "SOA": 6, "PTR": 12, "MX": 15, "TXT": 16, "AAAA": 28, "SRV": 33, "DS": 43,
    "RRSIG": 46, "DNSKEY": 48, "TLSA": 52, "HTTPS": 65, "SPF": 99, "CAA": 257,
}  # fmt: skip
# Recursion desired, and AD: "tell me whether you validated" (RFC 6840 section 5.7). One question.
PLAIN_HEADER: Final = b"\x01\x20\x00\x01\x00\x00\x00\x00\x00\x00"
EDNS_HEADER: Final = b"\x01\x20\x00\x01\x00\x00\x00\x00\x00\x01"
OPT_RECORD: Final = b"\x00\x00\x29\x04\xd0\x00\x00\x00\x00\x00\x00"  # RFC 6891, 1,232 bytes (DNS flag day 2020)
_LABEL: Final = re.compile(r"[!#-\-/-:<-\[\]-~]{1,63}")  # printable ASCII but dot, quote, semicolon and backslash
_MAX_CACHED_LABELS: Final = 20_000
_POINTER_TO_QUESTION: Final = b"\xc0\x0c"


class BadName(ValueError):
    """A name that cannot be asked: empty or too long, or with letters that no host, domain or record name has."""


class BrokenMessage(ValueError):
    """An answer whose bytes do not hold together."""


class Addresses(NamedTuple):
    """The A records of the name asked; `ttl` in seconds; `cut`: there were more than MAX_ADDRESSES."""

    addresses: tuple[str, ...]
    ttl: int
    cut: bool


def pack_question(name: str, rdtype: str) -> bytes:
    """The question section for `name` (ASCII, a final dot is allowed) and type, class IN. Raises BadName."""
    number = TYPE_NUMBERS.get(rdtype)
    if number is None:
        raise BadName(f"no such record type: {rdtype}")
    return pack_name(name) + number.to_bytes(2, "big") + b"\x00\x01"


def pack_name(name: str) -> bytes:
    """`name` as length-prefixed labels, not compressed (RFC 1035 section 3.1). Raises BadName."""
    packed = b"".join(map(_packed_labels, name.removesuffix(".").split(".")))
    if len(packed) > MAX_NAME + 1:
        raise BadName(f"a name has at most {MAX_NAME} characters")
    return packed + b"\x00"


class _Labels(dict[str, bytes]):
    """Labels with their length in front, each made once."""

    def __missing__(self, label: str) -> bytes:
        if not _LABEL.fullmatch(label):
            raise BadName("a part of a name has 1 to 63 letters, digits or signs")
        if len(self) >= _MAX_CACHED_LABELS:
            self.clear()
        packed = self[label] = bytes((len(label),)) + label.encode("ascii")
        return packed


_packed_labels: Final = _Labels().__getitem__


def answers_question(data: bytes, question: bytes) -> bool:
    """Whether `data` is an answer to `question` (its id already checked): a response to a query, the same question.

    The question may come back in other case. A bare header is taken only with an error code, as RFC 1035 servers
    that cannot read a question send it.
    """
    if len(data) < 12 or data[2] & 0xF8 != 0x80:
        return False
    if data[4:6] == b"\x00\x01":
        echoed = data[12 : 12 + len(question)]
        return echoed == question or echoed.lower() == question.lower()
    return len(data) == 12 and data[4:6] == b"\x00\x00" and data[3] & 15 not in (0, NXDOMAIN)


def read_addresses(data: bytes, question: bytes) -> Addresses | None:
    """The A records when every record of the answer section is one and belongs to the name asked, else None.

    None sends the reader to the full reader: aliases, signatures, foreign owners. Raises BrokenMessage.
    """
    position = 12 + len(question)
    count = data[6] << 8 | data[7]
    owner = question[:-4]
    found: list[str] = []
    ttl, size = 0x7FFFFFFF, len(data)
    for _ in range(count):
        if data[position : position + 2] == _POINTER_TO_QUESTION:
            position += 2
        elif data[position : position + len(owner)].lower() == owner.lower():
            position += len(owner)
        else:
            return None
        if data[position : position + 4] != b"\x00\x01\x00\x01":
            return None
        if data[position + 8 : position + 10] != b"\x00\x04" or position + 14 > size:
            raise BrokenMessage("an address has not four bytes")
        ttl = min(ttl, int.from_bytes(data[position + 4 : position + 8], "big"))
        if len(found) <= MAX_ADDRESSES:
            a, b, c, d = data[position + 10 : position + 14]
            found.append(f"{a}.{b}.{c}.{d}")
        position += 14
    return Addresses(tuple(found[:MAX_ADDRESSES]), 0 if ttl == 0x7FFFFFFF else ttl, len(found) > MAX_ADDRESSES)


def skip_name(data: bytes, position: int) -> int:
    """Where the name at `position` ends; a compression pointer ends it. Raises BrokenMessage."""
    size = len(data)
    while position < size:
        length = data[position]
        if length == 0:
            return position + 1
        if length >= 0xC0:
            if position + 2 > size:
                break
            return position + 2
        if length > 63:
            raise BrokenMessage("a label has an unknown kind")
        position += length + 1
    raise BrokenMessage("a name runs off the end")


def negative_ttl(data: bytes, question: bytes) -> int:
    """How many seconds an answer without records holds (RFC 2308 section 5): 0 where it has no SOA or is broken."""
    try:
        position = 12 + len(question)
        for _ in range((data[6] << 8 | data[7]) + (data[8] << 8 | data[9])):
            position = skip_name(data, position)
            end = position + 10 + int.from_bytes(data[position + 8 : position + 10], "big")
            if end > len(data):
                return 0
            if data[position : position + 4] == b"\x00\x06\x00\x01" and end - position >= 30:
                ttl = int.from_bytes(data[position + 4 : position + 8], "big")
                return min(ttl, int.from_bytes(data[end - 4 : end], "big"))
            position = end
    except (BrokenMessage, IndexError):
        return 0
    return 0
