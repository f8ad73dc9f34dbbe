"""The lines of a draft's file as people read them: each part in its own charset."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reputation.records.charset import decode, mark_of
from reputation.records.message import Message, Part


def lines_of_text(text: str, numbers: Iterable[int]) -> Iterator[tuple[int, str]]:
    """(number, line) of those lines of `text`, from 1 and in ascending order, that it has."""
    line, start = 1, 0
    for number in numbers:
        while line < number and (end := text.find("\n", start)) >= 0:
            line, start = line + 1, end + 1
        if line == number:
            end = text.find("\n", start)
            yield number, text[start:end] if end >= 0 else text[start:]


def lines_of_message(raw: bytes, message: Message, numbers: Iterable[int]) -> Iterator[tuple[int, str]]:
    """The same of a message. A part without a transfer encoding is read in its charset, all else as it is guessed."""
    wanted = list(numbers)
    yield from _outside(raw, wanted)
    for part in message.walk():
        if _is_plain(part):
            before = raw.count(b"\n", 0, part.start)
            inside = [number - before for number in wanted if number > before]
            yield from ((before + number, line) for number, line in lines_of_text(_text(part), inside))


def _is_plain(part: Part) -> bool:
    is_text = not part.children and part.content_type.startswith(("text/", "multipart/"))
    return is_text and part.end > part.start and part.encoding not in ("base64", "quoted-printable")


def _text(part: Part) -> str:
    """The lines that belong to the part alone: the newline before a delimiter is none of its own."""
    return ("\ufeff" if mark_of(part.body_bytes(8)) else "") + part.text


def _outside(raw: bytes, numbers: Iterable[int]) -> Iterator[tuple[int, str]]:
    line, start = 1, 0
    for number in numbers:
        while line < number and (end := raw.find(b"\n", start)) >= 0:
            line, start = line + 1, end + 1
        if line == number:
            end = raw.find(b"\n", start)
            yield number, decode(raw[start:end] if end >= 0 else raw[start:]).text
