"""Quoted-printable (RFC 2045 section 6.7), lenient."""

from __future__ import annotations

import binascii

from reputation.records.later import later

QUOTED = later(rb"=(?:([0-9A-Fa-f]{2}|=)|\r[^\n]*\n?|\n|\Z)")  # one byte (the group) or none, as `binascii` does


def decode_quoted_printable(data: bytes) -> bytes:
    """The decoded bytes; what is no valid escape stays as it is."""
    return binascii.a2b_qp(data)
