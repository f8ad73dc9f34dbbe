"""Where in HTML every reader sees the same: which tags are plainly written and whole, and what is text between them.

A finding may rest on a guess, an edit of the source may not: words put into a quoted value that never ends, into a
comment or a script change something else than they were meant for. So this goes by the tokenizer of the HTML standard
(section 13.2.5), leaves out what readers do not agree on, and stops where one of them may have lost the thread.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from reputation.records.later import later

_RAW_TEXT = frozenset({"script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes", "plaintext"})
_VALUE = r"""\s*+=\s*+(?:"[^"]*+"|'[^']*+'|(?!["'])[^\s>]++|(?=>))"""
_TAG = later(rf"<(/?)([a-zA-Z][^\s/>]*+)(?:[\s/]++|[^\s/>][^\s/>=]*+(?:(?!\s*+=)|{_VALUE}))*+>")
_PLAIN_TAG = later(
    r"""<[a-zA-Z][a-zA-Z0-9:_-]*+(?:\s++[a-zA-Z_:][a-zA-Z0-9_:.-]*+"""
    r"""(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'=<>`][^\s"'<>`]*+))?+)*+\s*+/?>"""
)
_NO_TAG = later(r"<(?:!--|!\[CDATA\[|[!?]|/[^a-zA-Z])")
_ENDS = {"<!--": "-->", "<![CDATA[": "]]>"}
_SCRIPT = later("<script", re.IGNORECASE)
_CLOSING = {name: later(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in _RAW_TEXT}


class SureMarkup(NamedTuple):
    """Spans of the source: `tags` by where they begin, `texts` sorted."""

    tags: dict[int, int]
    texts: tuple[tuple[int, int], ...]

    def is_tag(self, start: int, end: int) -> bool:
        """Whether `source[start:end]` is one plain opening tag."""
        return self.tags.get(start) == end

    def is_text(self, start: int, end: int) -> bool:
        """Whether `source[start:end]` lies in text between two tags."""
        before = bisect_right(self.texts, start, key=lambda span: span[0]) - 1
        return before >= 0 and end <= self.texts[before][1]


def sure_markup(source: str) -> SureMarkup:
    """The plain tags and the texts of `source`, up to where a tag, a comment or a script does not end."""
    tags: dict[int, int] = {}
    texts = []
    text_from = 0
    for start, end in _markup(source):
        texts.append((text_from, start))
        text_from = end
        if _PLAIN_TAG.fullmatch(source, start, end):
            tags[start] = end
    texts.append((text_from, len(source)))
    return SureMarkup(tags, tuple(texts))


def _markup(source: str) -> Iterator[tuple[int, int]]:
    """The spans that are no text, in order. What does not end goes on to the end."""
    position = source.find("<")
    while position >= 0:
        tag = _TAG.match(source, position)
        end = tag.end() if tag else _end_without_tag(source, position)
        if end > position:
            yield position, end
        name = tag[2].lower() if tag and not tag[1] else ""
        if name in _RAW_TEXT:
            start, end = end, _raw_end(source, name, end)
            yield start, end
        position = source.find("<", max(end, position + 1))


def _end_without_tag(source: str, start: int) -> int:
    """Behind the comment or the like that begins at `start`, behind everything where a tag does not end, or `start`
    when the "<" is a character of the text."""
    begun = _NO_TAG.match(source, start)
    if begun:
        wanted = _ENDS.get(begun[0], ">")
        found = source.find(wanted, start + 2)  # "<!-->" is a whole comment
        return found + len(wanted) if found >= 0 else len(source)
    following = source[start + 1 : start + 3].removeprefix("/")[:1]
    return len(source) if following.isascii() and following.isalpha() else start


def _raw_end(source: str, name: str, start: int) -> int:
    """Where the closing tag begins; a comment in a script may hide it."""
    found = _CLOSING[name].search(source, start)
    if found is None or name == "plaintext":
        return len(source)
    comment = source.find("<!--", start, found.start()) if name == "script" else -1
    hidden = comment >= 0 and _SCRIPT.search(source, comment, found.start())
    return len(source) if hidden else found.start()
