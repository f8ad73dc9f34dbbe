"""Quoted-printable (RFC 2045 section 6.7), lenient, and a way back from a decoded byte to the encoded one."""

from __future__ import annotations

import binascii
import re

_TOKEN = re.compile(rb"=[0-9A-Fa-f]{2}|=[ \t]*\r?\n|=[ \t]*\Z|[^=]|=")


def decode_quoted_printable(data: bytes) -> bytes:
    """The decoded bytes; what is no valid escape stays as it is."""
    return binascii.a2b_qp(data)


def encoded_offset(data: bytes, decoded_offset: int) -> int:
    """The offset in `data` of the byte that becomes decoded byte number `decoded_offset`."""
    produced = 0
    line_start = 0
    while line_start < len(data):
        newline = data.find(b"\n", line_start)
        line_end = len(data) if newline < 0 else newline + 1
        length = len(binascii.a2b_qp(data[line_start:line_end]))
        if produced + length > decoded_offset:
            return line_start + _within(data[line_start:line_end], decoded_offset - produced)
        produced += length
        line_start = line_end
    return len(data)


def _within(line: bytes, wanted: int) -> int:
    for produced, match in enumerate(_TOKEN.finditer(line)):
        if produced == wanted:
            return match.start()
    return len(line)
