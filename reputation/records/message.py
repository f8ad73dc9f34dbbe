"""A message (RFC 5322, RFC 2045-2046) as a bounded tree of parts that never raises and knows where its bytes stood.

    message = read_message(raw)
    message.header("Subject")            # decoded text, "" when there is none
    for part in message.walk(): part.content_type, part.text, part.filename

Bounds are those that real readers use or stay below; what lies beyond them is not read, and `troubles` says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from reputation.records.charset import Decoded, decode
from reputation.records.mime_header import (
    MAX_ENCODED_WORDS,
    Parameterized,
    decode_words,
    lenient_base64,
    parse_parameters,
    unfold,
)
from reputation.records.quoted_printable import decode_quoted_printable
from reputation.records.trouble import TOO_COMPLEX, Trouble

MAX_BYTES = 25 * 1024 * 1024
MAX_DEPTH = 20
MAX_PARTS = 1_000
MAX_HEADERS = 1_000
MAX_HEADER_BYTES = 64 * 1024
MAX_ALL_HEADERS_BYTES = 256 * 1024
MAX_LINE_BYTES = 1024 * 1024
MAX_TEXT_BYTES = 1024 * 1024
_MAX_DELIMITERS = 100_000
_OF_NAMES = bytes(range(33, 127))  # what names of headers are made of


class Header(NamedTuple):
    """One header field. `start` and `end` are byte offsets in the file, `line` counts from 1; `raw` is the value."""

    name: str
    raw: bytes
    start: int
    end: int
    line: int

    @property
    def unfolded(self) -> str:
        """The value on one line, encoded words left as they are."""
        return unfold(self.raw)

    @property
    def value(self) -> str:
        """The value on one line with its encoded words decoded."""
        return decode_words(self.unfolded)


class _PartFields(NamedTuple):
    source: bytes
    headers: tuple[Header, ...]
    content: Parameterized
    disposition: Parameterized
    encoding: str
    start: int
    end: int
    depth: int
    children: tuple[Part, ...] = ()


class Part(_PartFields):
    """One node of the tree. A message/rfc822 part has the enclosed message as its only child.

    `start` and `end` bound the still encoded body in the file, in bytes. `body_bytes()` undoes the transfer encoding,
    `text` also the charset; both read at most MAX_TEXT_BYTES of text, and the text is worked out once.
    """

    @property
    def content_type(self) -> str:
        """Type and subtype in lower case, such as "text/html"."""
        return self.content.value

    @property
    def charset(self) -> str:
        """The declared charset, or ""."""
        return self.content.parameters.get("charset", "")

    @property
    def filename(self) -> str:
        """The declared name of an attachment, or ""."""
        return self.disposition.parameters.get("filename", "") or self.content.parameters.get("name", "")

    @property
    def is_attachment(self) -> bool:
        """Whether it is offered as a file rather than shown."""
        return self.disposition.value == "attachment" or (bool(self.filename) and self.disposition.value != "inline")

    @cached_property
    def _named(self) -> dict[str, list[Header]]:
        found: dict[str, list[Header]] = {}
        for header in self.headers:
            found.setdefault(header.name.lower(), []).append(header)
        return found

    @cached_property
    def _values(self) -> dict[str, str]:
        return {}

    def header(self, name: str) -> str:
        """The decoded value of the first header of that name, or ""; several checks ask for the same one."""
        value = self._values.get(name)
        if value is None:
            found = self.all_headers(name)
            value = self._values[name] = found[0].value if found else ""
        return value

    def all_headers(self, name: str) -> tuple[Header, ...]:
        """Every header of that name, in the order of the file."""
        return tuple(self._named.get(name.lower(), ()))

    def raw_body(self) -> bytes:
        """The body as it stands in the file."""
        return self.source[self.start : self.end]

    def body_bytes(self, limit: int = MAX_TEXT_BYTES) -> bytes:
        """The body with its transfer encoding undone, at most about `limit` bytes of it."""
        body = self.source[self.start : min(self.end, self.start + 3 * limit)]
        if self.encoding == "base64":
            body = lenient_base64(body)
        elif self.encoding == "quoted-printable":
            body = decode_quoted_printable(body)
        return body[:limit]

    @cached_property
    def decoded(self) -> Decoded:
        """The body as text, with what is known of its charset."""
        return decode(self.body_bytes(), self.charset)

    @property
    def text(self) -> str:
        """The body as text."""
        return self.decoded.text

    def walk(self) -> Iterator[Part]:
        """This part and all parts below it, in the order of the file."""
        yield self
        for child in self.children:
            yield from child.walk()


class Message(NamedTuple):
    """A read message: its tree, and what could not be read."""

    root: Part
    troubles: frozenset[Trouble]

    @property
    def too_complex(self) -> bool:
        """Whether something was left unread because of the bounds."""
        return bool(self.troubles & TOO_COMPLEX)

    @property
    def headers(self) -> tuple[Header, ...]:
        """The headers of the message itself."""
        return self.root.headers

    def header(self, name: str) -> str:
        """The decoded value of the first header of that name, or ""."""
        return self.root.header(name)

    def all_headers(self, name: str) -> tuple[Header, ...]:
        """Every header of that name, in the order of the file."""
        return self.root.all_headers(name)

    def walk(self) -> Iterator[Part]:
        """All parts, in the order of the file."""
        return self.root.walk()


def first_header(headers: tuple[Header, ...], name: str) -> Header | None:
    """The first header of that name, in any case."""
    wanted = name.lower()
    return next((h for h in headers if len(h.name) == len(wanted) and h.name.lower() == wanted), None)


def read_message(raw: bytes, start: int = 0) -> Message:
    """The message in `raw` from `start`. Reads at most MAX_BYTES. Never raises."""
    reader = _Reader(raw)
    end = min(len(raw), start + MAX_BYTES)
    if end < len(raw):
        reader.troubles.add(Trouble.TOO_LARGE)
    if raw.startswith(b"From ", start):  # the separator line of an mbox
        start = _line_end(raw, start, end)
    root = reader.part(start, end, 0, "text/plain")
    for part in root.walk():
        if part.content_type.startswith("text/") and part.disposition.value != "attachment":
            reader.note_text(part)
    return Message(root, frozenset(reader.troubles))


def _line_end(raw: bytes, start: int, end: int) -> int:
    return raw.find(b"\n", start, end) + 1 or end


class _Reader:
    """Walks the bytes once for each level of nesting and counts what the bounds count."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.troubles: set[Trouble] = set()
        self.parts = 0
        self.headers = 0
        self.header_bytes = 0
        self._counted = (0, 1)  # an offset, and the line that it lies in

    def part(self, start: int, end: int, depth: int, default_type: str) -> Part:
        self.parts += 1
        headers, body = self.read_headers(start, end)
        content = parse_parameters(_value(headers, "content-type") or default_type)
        if "/" not in content.value:
            content = Parameterized(default_type, content.parameters)
        part = Part(
            self.raw, headers, content, parse_parameters(_value(headers, "content-disposition")),
            parse_parameters(_value(headers, "content-transfer-encoding")).value, body, end, depth,
        )  # fmt: skip
        return part._replace(children=self.children(part))

    def children(self, part: Part) -> tuple[Part, ...]:
        multipart = part.content_type.startswith("multipart/")
        if not multipart and part.content_type not in ("message/rfc822", "message/global"):
            return ()
        if part.depth >= MAX_DEPTH:
            self.troubles.add(Trouble.TOO_DEEP)
            return ()
        if not multipart:
            return self.enclosed(part)
        boundary = part.content.parameters.get("boundary", "").rstrip()
        if not boundary:
            self.troubles.add(Trouble.NO_BOUNDARY)
            return ()
        default_type = "message/rfc822" if part.content_type == "multipart/digest" else "text/plain"
        found = []
        for start, end in self.sections(part, boundary):
            if self.parts >= MAX_PARTS:
                self.troubles.add(Trouble.TOO_MANY_PARTS)
                break
            found.append(self.part(start, end, part.depth + 1, default_type))
        return tuple(found)

    def enclosed(self, part: Part) -> tuple[Part, ...]:
        if self.parts >= MAX_PARTS:
            self.troubles.add(Trouble.TOO_MANY_PARTS)
            return ()
        if part.encoding in ("base64", "quoted-printable"):  # forbidden by RFC 2046 5.2.1, and yet seen
            return ()
        return (self.part(part.start, part.end, part.depth + 1, "text/plain"),)

    def sections(self, part: Part, boundary: str) -> Iterator[tuple[int, int]]:
        """(start, end) of each body part. A part that no delimiter closes ends with its parent."""
        needle = b"--" + boundary.encode("latin-1", "replace")
        opened = -1
        for count, (line, after, closing) in enumerate(self.delimiters(part, needle)):
            if opened >= 0:
                yield opened, _without_newline(self.raw, opened, line)
            if count >= _MAX_DELIMITERS:
                self.troubles.add(Trouble.TOO_MANY_PARTS)
                return
            opened = after
            if closing:
                return
        if opened >= 0:
            yield opened, part.end

    def delimiters(self, part: Part, needle: bytes) -> Iterator[tuple[int, int, bool]]:
        """(where the delimiter's line starts, where the next line starts, whether it closes the multipart)."""
        position = (
            part.start if self.raw.startswith(needle, part.start) else self.next_delimiter(part.start, part, needle)
        )
        tried = 0
        while 0 <= position < part.end and tried < 2 * _MAX_DELIMITERS:
            tried += 1
            after = _line_end(self.raw, position, part.end)
            rest = self.raw[position + len(needle) : min(after, position + len(needle) + 200)].strip()
            if rest in (b"", b"--"):
                yield position, after, rest == b"--"
            position = self.next_delimiter(after - 1, part, needle)

    def next_delimiter(self, start: int, part: Part, needle: bytes) -> int:
        return self.raw.find(b"\n" + needle, start, part.end) + 1 or -1

    def read_headers(self, start: int, end: int) -> tuple[tuple[Header, ...], int]:
        """The headers from `start`, and where the body begins."""
        found: list[Header] = []
        position, line = start, self.line_of(start)
        while position < end:
            after = _line_end(self.raw, position, end)
            if not self.raw[position : min(after, position + 3)].strip(b"\r\n"):
                return tuple(found), after
            stop = self.unfolded_end(after, end)
            header = self.header(position, stop, line)
            if header is None:
                self.troubles.add(Trouble.MALFORMED_HEADER)
                return tuple(found), position
            if self.full(header):
                return tuple(found), self.body_after(position, end)
            found.append(header)
            line += self.raw.count(b"\n", position, stop)
            position = stop
        return tuple(found), end

    def line_of(self, offset: int) -> int:
        """The line of an offset; parts come in the order of the file, so each byte is counted once."""
        known, line = self._counted if self._counted[0] <= offset else (0, 1)
        self._counted = (offset, line + self.raw.count(b"\n", known, offset))
        return self._counted[1]

    def unfolded_end(self, position: int, end: int) -> int:
        while position < end and self.raw[position] in b" \t":
            after = _line_end(self.raw, position, end)
            if not self.raw[position:after].strip() and after - position <= 3:
                break  # a line of blanks before the body
            position = after
        return position

    def header(self, start: int, end: int, line: int) -> Header | None:
        colon = self.raw.find(b":", start, min(end, start + 200))
        name = self.raw[start:colon].rstrip() if colon >= 0 else b""
        if not name or name.translate(None, _OF_NAMES):
            return None
        value_end = min(end, colon + 1 + MAX_HEADER_BYTES)
        if value_end < end or self.raw.count(b"=?", colon, value_end) > MAX_ENCODED_WORDS:
            self.troubles.add(Trouble.HEADER_TOO_LONG)
        return Header(name.decode("ascii"), self.raw[colon + 1 : value_end], start, end, line)

    def full(self, header: Header) -> bool:
        self.headers += 1
        self.header_bytes += len(header.raw)
        if self.headers > MAX_HEADERS or self.header_bytes > MAX_ALL_HEADERS_BYTES:
            self.troubles.add(Trouble.TOO_MANY_HEADERS)
            return True
        return False

    def body_after(self, position: int, end: int) -> int:
        """Where the body begins when the headers themselves are not read any further."""
        found = [f + len(gap) for gap in (b"\n\n", b"\n\r\n") if (f := self.raw.find(gap, position, end)) >= 0]
        return min(found, default=end)

    def note_text(self, part: Part) -> None:
        if part.end - part.start > MAX_TEXT_BYTES and len(part.body_bytes()) >= MAX_TEXT_BYTES:
            self.troubles.add(Trouble.TOO_LARGE)
        if _has_longer_line(self.raw, part):
            self.troubles.add(Trouble.LINE_TOO_LONG)


def _has_longer_line(raw: bytes, part: Part) -> bool:
    position = part.start
    while part.end - position > MAX_LINE_BYTES:
        found = raw.rfind(b"\n", position, position + MAX_LINE_BYTES)
        if found < 0:
            return True
        position = found + 1
    return False


def _value(headers: tuple[Header, ...], name: str) -> str:
    found = first_header(headers, name)
    return found.unfolded if found else ""


def _without_newline(raw: bytes, start: int, end: int) -> int:
    """The newline before a delimiter belongs to the delimiter (RFC 2046 section 5.1.1)."""
    if end > start and raw[end - 1 : end] == b"\n":
        end -= 1
    if end > start and raw[end - 1 : end] == b"\r":
        end -= 1
    return end
