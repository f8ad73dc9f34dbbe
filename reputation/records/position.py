"""From an offset in the decoded text of a part to the line and column in the file that the user edits."""

from __future__ import annotations

from bisect import bisect_right

from reputation.records.message import Part
from reputation.records.quoted_printable import encoded_offset

_ALPHABET = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")


class LineIndex:
    """Line and column, both from 1, of offsets in one text."""

    def __init__(self, text: str) -> None:
        self._starts = [0]
        position = text.find("\n")
        while position >= 0:
            self._starts.append(position + 1)
            position = text.find("\n", position + 1)

    def place(self, offset: int) -> tuple[int, int]:
        """(line, column) of the character at `offset`."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


class PartIndex:
    """Line and column in the file of offsets in a part's decoded text; worked out only when a finding asks."""

    def __init__(self, part: Part) -> None:
        self._part = part

    def place(self, offset: int) -> tuple[int, int]:
        """(line, column) of the character at `offset` of `part.text`."""
        part = self._part
        raw = part.start + self._encoded(self._byte_offset(offset))
        line = part.source.count(b"\n", 0, raw) + 1
        line_start = part.source.rfind(b"\n", 0, raw) + 1
        before = part.source[line_start:raw]
        codec = "utf-8" if part.encoding in ("base64", "quoted-printable") else part.decoded.codec
        return line, len(before.decode(codec, "replace")) + 1

    def _byte_offset(self, offset: int) -> int:
        text, codec = self._part.text, self._part.decoded.codec
        return len(text[:offset].encode(codec, "replace"))

    def _encoded(self, byte_offset: int) -> int:
        part = self._part
        body = part.source[part.start : part.end]
        if part.encoding == "quoted-printable":
            return encoded_offset(body, byte_offset)
        if part.encoding == "base64":
            return _base64_offset(body, byte_offset)
        return byte_offset


def _base64_offset(body: bytes, byte_offset: int) -> int:
    letters = byte_offset * 4 // 3
    seen = 0
    position = 0
    while position < len(body):
        newline = body.find(b"\n", position)
        end = len(body) if newline < 0 else newline + 1
        in_line = sum(byte in _ALPHABET for byte in body[position:end])
        if seen + in_line > letters:
            return position + letters - seen
        seen += in_line
        position = end
    return len(body)
