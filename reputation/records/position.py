"""From an offset in the decoded text of a part to the line and column in the file that the user edits."""

from __future__ import annotations

import binascii
from bisect import bisect_right
from functools import cached_property
from itertools import accumulate

from reputation.records.charset import escaped, mark_length
from reputation.records.message import Header, Part
from reputation.records.mime_header import Origin, folds, origins
from reputation.records.quoted_printable import offset_in_line

_ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


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


class HeaderIndex:
    """Line and column in the file of offsets in a header's value; worked out only when a finding asks."""

    def __init__(self, header: Header) -> None:
        self._header = header

    def place(self, offset: int) -> tuple[int, int]:
        """(line, column) of the character at `offset` of `header.value`, or of the encoded word that it is in."""
        return self._line_and_column(self._written(offset)[0])

    def end(self, offset: int) -> tuple[int, int]:
        """(line, column) behind the character at `offset`, or behind its encoded word."""
        line, column = self._line_and_column(self._written(offset)[1] - 1)
        return line, column + 1

    def _written(self, offset: int) -> tuple[int, int]:
        """The span in the unfolded value of the character at `offset` of the decoded one."""
        origin = self._origins[max(0, bisect_right(self._origins, offset, key=lambda one: one.at) - 1)]
        if origin.encoded:
            return origin.start, origin.end
        return origin.start + offset - origin.at, origin.start + offset - origin.at + 1

    def _line_and_column(self, offset: int) -> tuple[int, int]:
        text, gaps = self._folds
        offset += self._blanks
        offset += bisect_right(range(len(gaps)), offset, key=lambda count: gaps[count] - count)
        start = text.rfind("\n", 0, offset) + 1
        name = 0 if start else len(self._header.name) + 1
        return self._header.line + text.count("\n", 0, offset), name + offset - start + 1

    @cached_property
    def _folds(self) -> tuple[str, list[int]]:
        return folds(self._header.raw)

    @cached_property
    def _blanks(self) -> int:
        """How many blanks before the value `unfold` takes away; of a value of blanks alone those of its first line."""
        text, gaps = self._folds
        lead = len(text) - len(text.lstrip(None if text.strip() else " \t"))
        return lead - sum(gap < lead for gap in gaps)

    @cached_property
    def _origins(self) -> list[Origin]:
        return origins(self._header.unfolded)


def _lengths(lines: list[bytes], encoding: str) -> list[int]:
    """How many bytes each line decodes to; of base64 how many letters it has, of which four make three bytes."""
    if encoding == "base64":
        return [len(line) - len(line.translate(None, _ALPHABET)) for line in lines]
    if encoding == "quoted-printable":
        return [len(binascii.a2b_qp(line)) if b"=" in line else len(line) for line in lines]
    return list(map(len, lines))


class PartIndex:
    """Line and column in the file of offsets in a part's decoded text; worked out only when a finding asks.

    The lines of the encoded body are indexed once, by where they begin and by how much was decoded before them.
    """

    def __init__(self, part: Part) -> None:
        self._part = part
        self._mark = mark_length(part.body_bytes(8))
        self._known = (0, self._mark)  # an offset in the text, and how many decoded bytes stand before it

    def place(self, offset: int) -> tuple[int, int]:
        """(line, column) of the character at `offset` of `part.text`."""
        byte = self._byte_offset(offset)
        line = max(0, bisect_right(self._decoded_before, byte) - 1)
        body_line = self._lines[line]
        inside = self._within(body_line, byte - self._decoded_before[line])
        before = body_line[:inside]
        codec = "utf-8" if self._part.encoding in ("base64", "quoted-printable") else self._part.decoded.codec
        return self._first_line + line, len(escaped(before, codec)) + 1

    @cached_property
    def _lines(self) -> list[bytes]:
        return self._part.source[self._part.start : self._part.end].splitlines(keepends=True) or [b""]

    @cached_property
    def _first_line(self) -> int:
        return self._part.source.count(b"\n", 0, self._part.start) + 1

    @cached_property
    def _decoded_before(self) -> list[int]:
        """For each line, how many bytes the lines before it decode to."""
        before = list(accumulate(_lengths(self._lines, self._part.encoding), initial=0))[:-1]
        if self._part.encoding == "base64":
            return [letters * 3 // 4 for letters in before]
        return before

    def _within(self, line: bytes, decoded: int) -> int:
        if self._part.encoding == "quoted-printable":
            return offset_in_line(line, decoded)
        return decoded * 4 // 3 if self._part.encoding == "base64" else decoded

    def _byte_offset(self, offset: int) -> int:
        """Decoded bytes before the character at `offset`; counted on from the last question where that lies before."""
        codec = self._part.decoded.codec
        known, byte = self._known if self._known[0] <= offset else (0, self._mark)
        self._known = (offset, byte + len(_encoded(self._text[known:offset], codec)))
        return self._known[1]

    @cached_property
    def _text(self) -> str:
        """The text of the part in the form that encodes to the bytes that it was decoded from."""
        decoded = self._part.decoded
        return escaped(self._part.body_bytes()[self._mark :], decoded.codec) if decoded.damaged else decoded.text


def _encoded(text: str, codec: str) -> bytes:
    try:
        return text.encode(codec, "surrogateescape")
    except UnicodeError:
        return text.encode(codec, "replace")
