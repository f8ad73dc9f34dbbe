"""Text back into the bytes of a file: in the charset and the transfer encoding that the bytes before it had.

What did not change keeps its spelling as far as the encoding allows it: quoted-printable line by line, base64 up to the
first change. The result reads back as the text, or there is none.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator

from reputation.records.charset import mark_of
from reputation.records.quoted_printable import decode_quoted_printable

_AS_THEY_ARE = frozenset({"", "7bit", "8bit", "binary"})
_BASE64_LINE = 57  # bytes that make the 76 letters of a line


def newline_of(raw: bytes) -> bytes:
    """How the first line of the file ends."""
    first = raw.find(b"\n")
    return b"\r\n" if raw[max(0, first - 1) : first] == b"\r" else b"\n"


def rewritten(old: bytes, text: str, encoding: str, codec: str, newline: bytes = b"\n") -> bytes | None:
    """`text` in place of the encoded bytes `old`; None where either can not be read or written without a loss."""
    try:
        bare = _undone(old, encoding)
        mark = mark_of(bare)
        bare[len(mark) :].decode(codec)
        fresh = mark + text.encode(codec)
        found = _redone(old, fresh, encoding, newline)
        return found if _undone(found, encoding) == fresh and fresh[len(mark) :].decode(codec) == text else None
    except (ValueError, LookupError):  # UnicodeError and binascii.Error are of the first kind
        return None


def _undone(data: bytes, encoding: str) -> bytes:
    """Strict where lenient reading would lose something: what stands in base64 beside its letters."""
    if encoding == "base64":
        return base64.b64decode(re.sub(rb"\s+", b"", data), validate=True)
    if encoding == "quoted-printable":
        return decode_quoted_printable(data)
    if encoding in _AS_THEY_ARE:
        return data
    raise LookupError(encoding)


def _redone(old: bytes, fresh: bytes, encoding: str, newline: bytes) -> bytes:
    if encoding == "base64":
        lines = (fresh[at : at + _BASE64_LINE] for at in range(0, len(fresh), _BASE64_LINE))
        tail = old[len(old.rstrip()) :]
        return newline.join(binascii.b2a_base64(line, newline=False) for line in lines) + tail
    if encoding == "quoted-printable":
        spelled = {decode_quoted_printable(line): line for line in _logical_lines(old)}
        lines = (spelled.get(line) or quoted_printable(line, newline) for line in fresh.splitlines(keepends=True))
        return b"".join(lines)
    return fresh


def _logical_lines(encoded: bytes) -> Iterator[bytes]:
    """The lines of quoted-printable, each with those that a soft break adds to it."""
    start = end = 0
    for line in encoded.splitlines(keepends=True):
        end += len(line)
        if not line.rstrip().endswith(b"="):
            yield encoded[start:end]
            start = end
    if start < end:
        yield encoded[start:end]


def quoted_printable(data: bytes, newline: bytes) -> bytes:
    """`data` in quoted-printable (RFC 2045 section 6.7): only `newline` ends a line, any other break is written out."""
    lines = (binascii.b2a_qp(line, istext=False) for line in data.split(newline))
    return newline.join(line.replace(b"=\n", b"=" + newline) for line in lines)
