"""From an offset in the decoded text of a part to the line and column in the file that the user edits."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from codecs import getincrementalencoder
from collections.abc import Callable, Mapping
from functools import cached_property

from reputation.records.charset import escaped, mark_length
from reputation.records.later import later
from reputation.records.message import MAX_TEXT_BYTES, Header, Part
from reputation.records.mime_header import Origin, folds, origins
from reputation.records.quoted_printable import QUOTED

_LINE_END = later(r"\n")
_LINE_END_BYTES = later(rb"\n")
_ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_BASE64_LETTERS = later(rb"[A-Za-z0-9+/]+")
_OF_UNMARKED = {"utf-16": "utf-16-le", "utf-32": "utf-32-le"}  # so that no mark is written before each piece


class LineIndex:
    """Line and column, both from 1, of offsets in one text; "\\n" alone ends a line, as in editors and in SARIF.

    Worked out only when a finding asks.
    """

    def __init__(self, text: str) -> None:
        self._text = text

    def place(self, offset: int) -> tuple[int, int]:
        """(line, column) of the character at `offset`."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    @cached_property
    def _starts(self) -> array[int]:
        starts = array("L", [0])
        starts.extend(match.end() for match in _LINE_END.finditer(self._text))
        return starts


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


class PartIndex:
    """Line and column in the file of offsets in a part's decoded text; worked out only when a finding asks."""

    def __init__(self, part: Part) -> None:
        self._part = part

    def place(self, offset: int) -> tuple[int, int]:
        """(line, column) of the character at `offset` of `part.text`."""
        line, column = self._encoded.place(offset) if self._encoded else self._shown.place(offset)
        marked = line == 1 and not self._encoded and mark_length(self._part.body_bytes(8))
        return self._lines_before + line, column + bool(marked)

    @cached_property
    def _encoded(self) -> _EncodedIndex | None:
        return _EncodedIndex(self._part) if self._part.encoding in _RUNS_OF else None

    @cached_property
    def _shown(self) -> LineIndex:
        return LineIndex(self._part.text)

    @cached_property
    def _lines_before(self) -> int:
        return self._part.source.count(b"\n", 0, self._part.start)


class _EncodedIndex:
    """Line and column within an encoded body: from the character to its byte, to where that is written.

    What was decoded lies in runs, each written without a gap; runs and lines are indexed once.
    """

    def __init__(self, part: Part) -> None:
        self._part = part
        self._bytes = _ByteCount(part)

    def place(self, offset: int) -> tuple[int, int]:
        """(line, column) of the first letter that the character at `offset` is written with."""
        at = self._written(self._bytes.before(offset))
        line = bisect_right(self._line_starts, at)
        return line, len(escaped(self._body[self._line_starts[line - 1] : at], self._codec)) + 1

    def _written(self, byte: int) -> int:
        """Where in the encoded body the decoded byte number `byte` is written."""
        unit = self._letter(byte) if self._part.encoding == "base64" else byte
        starts, origins = self._runs
        run = bisect_right(starts, unit) - 1
        return min(len(self._body), origins[run] + unit - starts[run])

    def _letter(self, byte: int) -> int:
        """How many letters of base64 stand before the first one of a byte; after a padding they count anew."""
        pieces, letters = self._pieces
        piece = bisect_right(pieces, byte) - 1
        return letters[piece] + (byte - pieces[piece]) * 4 // 3

    @cached_property
    def _pieces(self) -> tuple[array[int], array[int]]:
        """How many bytes, and how many letters, stand before each piece of base64 that a padding ends."""
        pieces, letters = array("L", [0]), array("L", [0])
        for written in self._body.split(b"=")[:-1]:
            count = len(written) - len(written.translate(None, _ALPHABET))
            pieces.append(pieces[-1] + (count - (count % 4 == 1)) * 3 // 4)
            letters.append(letters[-1] + count)
        return pieces, letters

    @cached_property
    def _body(self) -> bytes:
        return self._part.source[self._part.start : min(self._part.end, self._part.start + 3 * MAX_TEXT_BYTES)]

    @cached_property
    def _line_starts(self) -> array[int]:
        starts = array("L", [0])
        starts.extend(match.end() for match in _LINE_END_BYTES.finditer(self._body))
        return starts

    @cached_property
    def _runs(self) -> tuple[array[int], array[int]]:
        return _RUNS_OF[self._part.encoding](self._body)

    @property
    def _codec(self) -> str:
        """How the encoded lines themselves are shown: no encoding writes two bytes a letter."""
        codec = self._part.decoded.codec
        return "ascii" if codec.startswith(("utf-16", "utf-32")) else codec


def _runs_of_base64(body: bytes) -> tuple[array[int], array[int]]:
    """How many letters stand before each run of them, and where it begins; four letters make three bytes."""
    starts, origins = array("L", [0]), array("L", [0])
    letters = 0
    for match in _BASE64_LETTERS.finditer(body):
        starts.append(letters)
        origins.append(match.start())
        letters += match.end() - match.start()
    return starts, origins


def _runs_of_quoted_printable(body: bytes) -> tuple[array[int], array[int]]:
    """How many bytes come out before each run of bytes that stand for themselves, and where it begins."""
    starts, origins = array("L", [0]), array("L", [0])
    gone = 0  # bytes written and not decoded
    for match in QUOTED.finditer(body):
        start, end = match.span()
        gone += end - start - (match.lastindex is not None)
        starts.append(end - gone)
        origins.append(end)
    return starts, origins


_RUNS_OF: Mapping[str, Callable[[bytes], tuple[array[int], array[int]]]] = {
    "base64": _runs_of_base64,
    "quoted-printable": _runs_of_quoted_printable,
}


class _ByteCount:
    """How many bytes of a decoded body make the characters before an offset; counted on from the last question."""

    def __init__(self, part: Part) -> None:
        decoded, self._mark = part.decoded, mark_length(part.body_bytes(8))
        self._codec = _OF_UNMARKED.get(decoded.codec, decoded.codec)
        self._text = escaped(part.body_bytes()[self._mark :], decoded.codec) if decoded.damaged else decoded.text
        self._characters, self._bytes = 0, self._mark
        self._encoder = getincrementalencoder(self._codec)("surrogateescape")

    def before(self, offset: int) -> int:
        """Decoded bytes before the character at `offset`, the mark of the charset with them."""
        if offset < self._characters:
            self._characters, self._bytes = 0, self._mark
            self._encoder.reset()
        self._bytes += len(self._encoded(self._text[self._characters : offset]))
        self._characters = offset
        return self._bytes

    def _encoded(self, text: str) -> bytes:
        try:
            return self._encoder.encode(text)
        except UnicodeError:
            return text.encode(self._codec, "replace")
