"""Quoted-printable (RFC 2045 section 6.7), lenient, and the way back to the encoded line."""

from __future__ import annotations

import binascii

from reputation.records.later import later

_TOKEN = later(rb"=[0-9A-Fa-f]{2}|=[ \t]*\r?\n|=[ \t]*\Z|[^=]|=")


def decode_quoted_printable(data: bytes) -> bytes:
    """The decoded bytes; what is no valid escape stays as it is."""
    return binascii.a2b_qp(data)


def offset_in_line(line: bytes, decoded: int) -> int:
    """The offset in an encoded line of the byte that becomes its decoded byte number `decoded`."""
    first = line.find(b"=")
    if first < 0 or decoded < first:  # up to there each byte stands for itself
        return min(decoded, len(line))
    for produced, match in enumerate(_TOKEN.finditer(line, first), first):
        if produced == decoded:
            return match.start()
    return len(line)
