"""Text back into the bytes of a file: in the charset and the transfer encoding that the bytes before it had.

What did not change keeps its spelling as far as the encoding allows it: quoted-printable line by line, base64 up to the
first change, everything else byte by byte. The result reads back as the text, or there is none.
"""

from __future__ import annotations

import base64
import binascii
import re
import sys
from collections.abc import Iterator
from itertools import islice
from typing import Final

from reputation.records.charset import mark_of
from reputation.records.later import later
from reputation.records.quoted_printable import decode_quoted_printable

_AS_THEY_ARE = frozenset({"", "7bit", "8bit", "binary", "7-bit", "8-bit", "none"})  # as mail programs read them
_BASE64_LINE = 76
_LINE = later(rb"[^\n]*\n|[^\n]+\Z")
_SOFT_BREAK = later(rb"=\r?\n")
_END = later(rb"(=?)(\r?\n|\Z)\Z")
# Python writes a mark in front of these, which a text that was read without one must not get.
_ORDER: Final = {"little": "le", "big": "be"}[sys.byteorder]
_WITHOUT_MARK: Final = {"utf-16": f"utf-16-{_ORDER}", "utf-32": f"utf-32-{_ORDER}"}


def newline_of(raw: bytes) -> bytes:
    """How the first line of the file ends."""
    first = raw.find(b"\n")
    return b"\r\n" if raw[max(0, first - 1) : first] == b"\r" else b"\n"


def rewritten(old: bytes, text: str, encoding: str, codec: str, newline: bytes = b"\n") -> bytes | None:
    """`text` in place of the encoded bytes `old`; None where either can not be read or written without a loss, or where
    the charset could spell in another way what stays. `newline` is for where `old` has none."""
    codec = _WITHOUT_MARK.get(codec, codec)
    try:
        bare = _undone(old, encoding)
        mark = mark_of(bare)
        if bare[len(mark) :].decode(codec).encode(codec) != bare[len(mark) :]:
            return None
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
        return _base64(old, fresh, newline)
    if encoding == "quoted-printable":
        return b"".join(_requoted(old, fresh, newline))
    return fresh


def _base64(old: bytes, fresh: bytes, newline: bytes) -> bytes:
    """In lines as long as the first one was, when that was a length for lines."""
    body = old.strip()
    first = len(body.split(b"\n", 1)[0].rstrip())
    step = (first if 60 <= first <= _BASE64_LINE else _BASE64_LINE) // 4 * 3
    lines = (binascii.b2a_base64(fresh[at : at + step], newline=False) for at in range(0, len(fresh), step))
    lead, tail = old[: len(old) - len(old.lstrip())], old[len(old.rstrip()) :]
    return lead + (newline_of(body) if b"\n" in body else newline).join(lines) + tail


def _requoted(old: bytes, fresh: bytes, newline: bytes) -> Iterator[bytes]:
    """The encoded lines of `fresh`, which has as many line feeds as what `old` decodes to."""
    newline = newline_of(old) if b"\n" in old else newline
    lines = iter(_LINE.findall(fresh))
    for encoded, decoded in _logical_lines(old):
        feeds = decoded.count(b"\n") + (not decoded.endswith(b"\n"))
        line = b"".join(islice(lines, feeds))
        yield encoded if line == decoded else _quoted_like(encoded, line, newline)


def _logical_lines(encoded: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The lines of quoted-printable, each with those that soft breaks add to it, and what they decode to."""
    written: list[bytes] = []
    read: list[bytes] = []
    for line in _LINE.findall(encoded):
        written.append(line)
        read.append(decode_quoted_printable(line))
        if read[-1].endswith(b"\n"):
            yield b"".join(written), b"".join(read)
            written, read = [], []
    if written:
        yield b"".join(written), b"".join(read)


def _quoted_like(encoded: bytes, line: bytes, newline: bytes) -> bytes:
    """`line` in quoted-printable, ending as `encoded` does: with a line break, a soft one, or nothing."""
    found = _END.search(encoded)
    soft, end = (found[1], found[2]) if found else (b"", b"")
    body = line if soft else line.removesuffix(end)
    return _SOFT_BREAK.sub(b"=" + newline, binascii.b2a_qp(body, istext=False)) + soft + end


def quoted_printable(data: bytes, newline: bytes) -> bytes:
    """`data` in quoted-printable (RFC 2045 section 6.7): only `newline` ends a line, any other break is written out."""
    lines = (binascii.b2a_qp(line, istext=False) for line in data.split(newline))
    return newline.join(line.replace(b"=\n", b"=" + newline) for line in lines)
