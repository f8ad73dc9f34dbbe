"""Markdown as a draft: its text without the targets of links, and the links with their places."""

from __future__ import annotations

from reputation.facts.draft import Body, Placing
from reputation.records.later import holds, later
from reputation.records.mapped_text import TextBuilder

# The target ends before the next "](", and the blanks are few: each character is tried a bounded number of times.
_LINK = later(
    r"(!?)\[([^\]\[\n]{0,500})\]\([ \t]{0,9}<?((?:[^)\s>\]]|\](?!\()){0,2000})>?"
    r"(?:[ \t]{1,9}[\"'][^\"'\n]{0,200}[\"'])?[ \t]{0,9}\)",
    when=holds("]("),
)


def markdown_body(file: str, source: str, index: Placing) -> Body:
    """The body of a Markdown draft. Its `html` stays None: structure is made later, by whatever renders it."""
    text = TextBuilder()
    position = 0
    for match in _LINK.finditer(source):
        text.add(source[position : match.start()], position)
        text.add("" if match[1] else match[2], match.start(2))
        position = match.end()
    text.add(source[position:], position)
    return Body(file, source, index, text.build())


def markdown_links(source: str) -> list[tuple[str, str, int, int]]:
    """(target, text, start, end) of each inline link."""
    return [(m[3], m[2], m.start(), m.end()) for m in _LINK.finditer(source) if not m[1]]
