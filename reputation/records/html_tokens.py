"""HTML into tokens with their offsets, in one pass whose time grows with the length alone.

No tree library gives the place of a tag in the file, and a linter lives on places. The rules are the tokenizer's of the
HTML standard (section 13.2.5) as far as mail needs them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple

from reputation.records.later import later

RAW_TEXT = frozenset({"script", "style", "title", "textarea", "xmp", "noembed", "noframes"})
MAX_ATTRIBUTES = 100
_TAG = later(r"<(/?)([a-zA-Z][a-zA-Z0-9:_-]{0,40})")
_ATTRIBUTE = later(r"([^\s=/>\"']+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+)))?")
_CLOSED_VALUES = later(r"""(?:[^=]++|=\s*+"[^"]*+"|=\s*+'[^']*+'|=(?!\s*+["']))*+""")


class Kind(IntEnum):
    """What a token is."""

    TEXT = 0
    OPEN = 1
    CLOSE = 2
    COMMENT = 3
    RAW = 4  # the content of script, style, title...


class Token(NamedTuple):
    """A token; for a tag `name` is in lower case, and `attributes_at` is where the attributes begin."""

    kind: Kind
    name: str
    start: int
    end: int
    attributes_at: int = 0


def tokens(source: str) -> Iterator[Token]:
    """The tokens of `source` in order; together they cover it."""
    scanner = _Scanner(source)
    text_from = position = 0
    while True:
        position = source.find("<", position)
        if position < 0:
            break
        token = scanner.markup(position)
        if token is None:
            position += 1
            continue
        if position > text_from:
            yield Token(Kind.TEXT, "", text_from, position)
        yield token
        text_from = position = token.end
        if token.kind is Kind.OPEN and token.name in RAW_TEXT:
            text_from = position = scanner.raw_end(token)
            yield Token(Kind.RAW, token.name, token.end, position)
    if text_from < len(source):
        yield Token(Kind.TEXT, "", text_from, len(source))


def attributes(source: str, token: Token) -> dict[str, str]:
    """The attributes of an opening tag by lower-case name; the first of a name wins, character references are read."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(source, token.attributes_at, token.end - 1):
        name, double, single, bare = match.groups()
        value = double or single or bare or ""
        found.setdefault(name.lower(), unescaped(value))
        if len(found) >= MAX_ATTRIBUTES:
            break
    return found


def value_span(source: str, start: int, end: int, name: str) -> tuple[int, int]:
    """Where the value of an attribute is written in the opening tag `source[start:end]`; (end, end) without one."""
    tag = _TAG.match(source, start, end)
    for match in _ATTRIBUTE.finditer(source, tag.end() if tag else end, end - 1):
        if match[1].lower() == name:
            group = match.lastindex or 1
            return match.span(group) if group > 1 else (end, end)
    return end, end


def unescaped(text: str) -> str:
    """`text` with its character references read; the table of their names is loaded for the first one."""
    if "&" not in text:
        return text
    from html import unescape

    return unescape(text)


class _Scanner:
    """Remembers from where on a thing can not be found any more, so that no search is made twice in vain."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.missing: set[str] = set()

    def find(self, wanted: str, start: int) -> int:
        if wanted in self.missing:
            return -1
        found = self.source.find(wanted, start)
        if found < 0:
            self.missing.add(wanted)
        return found

    def markup(self, start: int) -> Token | None:
        """The tag or comment that begins at `start`, or None when the "<" is only a character."""
        tag = _TAG.match(self.source, start)
        if tag:
            end = self.tag_end(tag.end())
            kind = Kind.CLOSE if tag[1] else Kind.OPEN
            return Token(kind, tag[2].lower(), start, end, tag.end()) if end > 0 else None
        following = self.source[start + 1 : start + 4]
        if following == "!--":
            end = self.find("-->", start + 4)
            return Token(Kind.COMMENT, "", start, end + 3 if end >= 0 else len(self.source))
        if following[:1] in ("!", "?", "/") and following[:1]:
            end = self.find(">", start)
            return Token(Kind.COMMENT, "", start, end + 1) if end >= 0 else None
        return None

    def tag_end(self, start: int) -> int:
        """Just after the ">" that ends a tag; a ">" inside a quoted value does not. 0 when the tag never ends."""
        end = first = self.find(">", start)
        while end >= 0:
            quote = _open_quote(self.source, start, end)
            if not quote:
                return end + 1
            closed = self.find(quote, end)
            if closed < 0:
                break
            start = closed + 1
            end = self.find(">", start)
        return first + 1

    def raw_end(self, token: Token) -> int:
        """Where the closing tag of a raw text element begins."""
        closing = f"</{token.name}"
        if closing in self.missing:
            return len(self.source)
        found = _CLOSING[token.name].search(self.source, token.end)
        if found is None:
            self.missing.add(closing)
            return len(self.source)
        return found.start()


def _open_quote(source: str, start: int, end: int) -> str:
    """The quote that is still open at `end`, or "". Only a quote after "=" opens a value."""
    match = _CLOSED_VALUES.match(source, start, end)
    stopped = match.end() if match else end
    return source[stopped + 1 : end].lstrip()[:1] if stopped < end else ""


_CLOSING = {name: later(f"</{name}", re.IGNORECASE) for name in RAW_TEXT}
