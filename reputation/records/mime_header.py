"""Header values into text: encoded words (RFC 2047) and parameters (RFC 2045, RFC 2231), bounded and never raising."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from reputation.records.charset import decode
from reputation.records.later import holds, later

MAX_ENCODED_WORDS = 1_000
_ENCODED_WORD = later(r"=\?([^?\s*]{1,40})(?:\*[^?\s]{0,20})?\?([bBqQ])\?([^?\r\n]*)\?=", when=holds("=?"))
_COMMENT = later(r"\([^()]{0,200}\)")  # RFC 5322 section 3.2.2, not nested
_FOLD = later(r"\r?\n(?=[ \t])")
_TOKEN = later(r"[^\s;=\"]{1,80}")
_SPACES = later(r"[ \t\r\n]*")
_CONTINUED = later(r"^(.+?)\*(\d{1,3})?(\*?)$", when=holds("*"))


class Parameterized(NamedTuple):
    """A value with parameters: `multipart/mixed; boundary=x` is ("multipart/mixed", {"boundary": "x"})."""

    value: str
    parameters: dict[str, str]


def folds(raw: bytes) -> tuple[str, list[int]]:
    """The header as it stands in the file, as text, and where in it each fold lies that `unfold` takes out."""
    text = decode(raw).text
    return text, [place for match in _FOLD.finditer(text) for place in range(*match.span())]


def unfold(raw: bytes) -> str:
    """The header as one line of text; bytes outside ASCII are read as `charset.decode` guesses them."""
    text = decode(raw).text.strip()
    return _FOLD.sub("", text) if "\n" in text else text


class Origin(NamedTuple):
    """From `at` on, the decoded text stands for `value[start:end]`: as it is, or as an encoded word."""

    at: int
    start: int
    end: int
    encoded: bool


class _Word(NamedTuple):
    charset: str
    data: bytes
    start: int
    end: int


class _Run(NamedTuple):
    """Encoded words that are decoded together, or what stands between them."""

    words: tuple[_Word, ...]
    start: int
    end: int


def decode_words(value: str) -> str:
    """`value` with its encoded words decoded. Neighbours of one charset are joined before decoding."""
    if "=?" not in value:
        return value
    return "".join(_run_text(run.words) if run.words else value[run.start : run.end] for run in _runs(value))


def origins(value: str) -> list[Origin]:
    """Where the pieces of `decode_words(value)` stand in `value`."""
    found, at = [], 0
    for run in _runs(value):
        for count, word in enumerate(run.words):
            found.append(Origin(at + len(_run_text(run.words[:count])), word.start, word.end, True))
        if not run.words:
            found.append(Origin(at, run.start, run.end, False))
        at += len(_run_text(run.words)) if run.words else run.end - run.start
    return found


def _run_text(words: tuple[_Word, ...]) -> str:
    return decode(b"".join(word.data for word in words), words[0].charset).text if words else ""


def _runs(value: str) -> Iterator[_Run]:
    words: list[_Word] = []
    end = 0
    for match in islice(_ENCODED_WORD.finditer(value), MAX_ENCODED_WORDS):
        word = _Word(match[1].lower(), _word_bytes(match[2], match[3]), match.start(), match.end())
        joined = bool(words) and not value[end : word.start].strip()
        if not joined or words[-1].charset != word.charset:
            yield from _closed(words)
            yield from () if joined else (_Run((), end, word.start),)
            words = []
        words.append(word)
        end = word.end
    yield from _closed(words)
    yield _Run((), end, len(value))


def _closed(words: list[_Word]) -> Iterator[_Run]:
    if words:
        yield _Run(tuple(words), words[0].start, words[-1].end)


def _word_bytes(encoding: str, text: str) -> bytes:
    if encoding in "bB":
        return lenient_base64(text.encode("ascii", "ignore"))
    raw = text.replace("_", " ").encode("latin-1", "replace")
    return binascii.a2b_qp(raw)


def lenient_base64(data: bytes) -> bytes:
    """What base64 can be read from `data`: letters outside the alphabet are skipped, missing padding is added, and
    behind a padding it goes on, as when several pieces were put together."""
    letters = re.sub(rb"[^A-Za-z0-9+/=]", b"", data).rstrip(b"=")
    return b"".join(map(_unpadded, letters.split(b"=")))


def _unpadded(letters: bytes) -> bytes:
    letters = letters[: len(letters) - 1] if len(letters) % 4 == 1 else letters
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


def parse_parameters(value: str) -> Parameterized:
    """The value in lower case and its parameters by lower-case name; RFC 2231 pieces joined and decoded."""
    head, _, rest = value.partition(";")
    head = _COMMENT.sub("", head) if "(" in head else head
    if "=" in head and len(words := head.split(None, 1)) > 1:  # the semicolon before the first parameter is missing
        head, rest = words[0], f"{words[1]};{rest}"
    pieces: dict[str, str] = {}
    position = 0
    while position < len(rest):
        name, text, position = _parameter(rest, position)
        if name:
            pieces.setdefault(name.lower(), text)
    return Parameterized(head.strip().lower(), _joined(pieces))


def _parameter(text: str, position: int) -> tuple[str, str, int]:
    """One parameter from `position`: its name, its value, and where the next begins. The name is "" when broken."""
    position = _skip_spaces(text, position)
    token = _TOKEN.match(text, position)
    if not token:
        return "", "", _after(text, position)
    after_name = _skip_spaces(text, token.end())
    if text[after_name : after_name + 1] != "=":
        return "", "", _after(text, after_name)
    start = _skip_spaces(text, after_name + 1)
    if text[start : start + 1] == '"':
        value, end = _quoted(text, start + 1)
        return token[0], value, _after(text, end)
    end = text.find(";", start)
    end = len(text) if end < 0 else end
    return token[0], text[start:end].strip(), end + 1


def _skip_spaces(text: str, position: int) -> int:
    match = _SPACES.match(text, position)
    return match.end() if match else position


def _after(text: str, position: int) -> int:
    found = text.find(";", position)
    return len(text) if found < 0 else found + 1


def _quoted(text: str, start: int) -> tuple[str, int]:
    out = []
    position = start
    while position < len(text) and text[position] != '"':
        position += text[position] == "\\"
        out.append(text[position : position + 1])
        position += 1
    return "".join(out), position + 1


def _joined(pieces: dict[str, str]) -> dict[str, str]:
    plain: dict[str, str] = {}
    continued: dict[str, list[tuple[int, bool, str]]] = {}
    for name, text in pieces.items():
        match = _CONTINUED.match(name)
        if match:
            continued.setdefault(match[1], []).append((int(match[2] or 0), bool(match[3]) or not match[2], text))
        else:
            plain[name] = decode_words(text)
    for name, parts in continued.items():
        plain.setdefault(name, _decode_2231(sorted(parts)))
    return plain


def _decode_2231(parts: list[tuple[int, bool, str]]) -> str:
    charset, data = "", b""
    if parts[0][1] and parts[0][2].count("'") >= 2:
        charset, _, first = parts[0][2].split("'", 2)
        parts = [(parts[0][0], True, first), *parts[1:]]
    for _, encoded, text in parts:
        data += unquote_to_bytes(text) if encoded else text.encode("utf-8", "replace")
    return decode(data, charset).text
