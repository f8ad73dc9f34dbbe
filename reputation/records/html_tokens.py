"""HTML into tokens with their offsets, in one pass whose time grows with the length alone.

No tree library gives the place of a tag in the file, and a linter lives on places. The rules are the tokenizer's of the
HTML standard (section 13.2.5) as far as mail needs them.
"""

from __future__ import annotations

import re
from typing import Protocol

from reputation.records.later import later

RAW_TEXT = frozenset({"script", "style", "title", "textarea", "xmp", "noembed", "noframes"})
_TAG = later(r"<(/?)([a-zA-Z][a-zA-Z0-9:_-]{0,40})")
_ATTRIBUTE = later(r"([^\s=/>\"']+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+)))?")
_COMMENT_END = later(r"--!?>")
_CLOSED_VALUES = later(r"""(?:[^=]++|=\s*+"[^"]*+"|=\s*+'[^']*+'|=(?!\s*+["']))*+""")
_WHOLE_TAG = later(  # a tag as almost all are; the rest takes the way of `_Scanner.tag_end`
    r"""<(/?)([a-zA-Z][a-zA-Z0-9:_-]{0,40}+)(?:[^=>]++|=\s*+(?:"[^"]*+"|'[^']*+'|(?!["'])))*+>"""
)


class Reader(Protocol):
    """Is told of each piece of the source; the names of tags come in small letters."""

    def text(self, start: int, end: int) -> None:
        """Text between tags."""

    def open(self, name: str, start: int, end: int, attributes_at: int) -> None:
        """An opening tag, and where its attributes begin."""

    def close(self, name: str) -> None:
        """A closing tag."""

    def comment(self, start: int, end: int) -> None:
        """A comment, a declaration or the like."""

    def raw(self, name: str, start: int, end: int) -> None:
        """The content of script, style, title..."""


def read_tokens(source: str, reader: Reader, most: int) -> bool:
    """Tells `reader` of the tokens of `source` in order; together they cover it. False when there are more than `most`
    and reading stopped."""
    scanner = _Scanner(source)
    text_from = position = count = 0
    while (position := source.find("<", position)) >= 0:
        markup = scanner.markup(position)
        if markup is None:
            position += 1
            continue
        if count >= most:
            return False
        closing, name, attributes_at, end = markup
        count += 1 + (position > text_from)
        if position > text_from:
            reader.text(text_from, position)
        if closing:
            reader.close(name)
        elif name:
            reader.open(name, position, end, attributes_at)
        else:
            reader.comment(position, end)
        text_from = end
        if name in RAW_TEXT and not closing:
            text_from = scanner.raw_end(name, end)
            reader.raw(name, end, text_from)
        position = text_from
    if text_from < len(source):
        reader.text(text_from, len(source))
    return True


def attributes(source: str, start: int, end: int) -> dict[str, str]:
    """The attributes written in `source[start:end]` by lower-case name; the first of a name wins, character references
    are read."""
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(source, start, end):
        found.setdefault(name.lower(), unescaped(double or single or bare))
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

    def markup(self, start: int) -> tuple[str, str, int, int] | None:
        """The tag or comment that begins at `start`: "/" for a closing tag, its name ("" for a comment), where its
        attributes begin, its end. None when the "<" is only a character."""
        whole = None if self.missing else _WHOLE_TAG.match(self.source, start)
        if whole:
            return whole[1], whole[2].lower(), whole.end(2), whole.end()
        tag = _TAG.match(self.source, start)
        if tag:
            end = self.tag_end(tag.end())
            return (tag[1], tag[2].lower(), tag.end(), end) if end > 0 else None
        end = self.comment_end(start)
        return ("", "", start, end) if end > 0 else None

    def comment_end(self, start: int) -> int:
        """Just after the comment or declaration that begins at `start`; 0 when there is none."""
        following = self.source[start + 1 : start + 4]
        if following == "!--":
            return self.marked_end(start)
        if following[:1] in ("!", "?", "/") and following[:1]:
            return self.find(">", start) + 1
        return 0

    def marked_end(self, start: int) -> int:
        """Just after the comment that begins at `start`: "<!-->" is a whole one, "<!--!>" only begins one."""
        end = None if "-->" in self.missing else _COMMENT_END.search(self.source, start + 2)
        if end and end.start() < start + 4 and len(end[0]) > len("-->"):
            end = _COMMENT_END.search(self.source, start + 4)
        if end is None:
            self.missing.add("-->")
        return end.end() if end else len(self.source)

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

    def raw_end(self, name: str, start: int) -> int:
        """Where the closing tag of the raw text element whose content begins at `start` begins."""
        closing = f"</{name}"
        if closing in self.missing:
            return len(self.source)
        found = _CLOSING[name].search(self.source, start)
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
