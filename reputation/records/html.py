"""What a reader of an HTML mail sees, what is hidden from her, and where each of it stands in the source.

    view = read_html(source)
    view.text.text                       # the visible text
    view.links[0].target, .text, .start  # offsets into `source`

Nothing that the HTML names is fetched. Depth and length are bounded; `too_complex` says that a bound was met.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from reputation.records.html_tokens import Kind, Token, attributes, tokens, unescaped
from reputation.records.later import later
from reputation.records.mapped_text import MappedText, TextBuilder

MAX_DEPTH = 200
MAX_TOKENS = 200_000


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


VOID = _names("area base br col embed hr img input link meta param source track wbr")
BLOCKS = _names(
    "p div br tr td th li ul ol table h1 h2 h3 h4 h5 h6 hr blockquote pre center section header footer article"
)
_CLOSES_ITSELF = _names("p li td th tr tbody thead tfoot dt dd option html body head colgroup")
_ENDS_WHEN_AGAIN = _names("p li td th tr dt dd option a")
_NOTED = _names(
    "form script iframe object embed applet link base font center marquee blink video audio meta input button svg"
)
_HIDING = later(
    r"display\s*:\s*none|visibility\s*:\s*hidden|max-height\s*:\s*0(?:px)?\s*(?:[;\"'!]|$)|opacity\s*:\s*0(?:\.0+)?\s*(?:[;\"'!]|$)",
    re.IGNORECASE,
)
_HIDING_WORDS = ("none", "hidden", "max-height", "opacity")
_FONT_SIZE = later(r"font-size\s*:\s*([0-9]{1,4}(?:\.[0-9]{1,4})?)(r?em|%)?", re.IGNORECASE)
_HIDDEN_ATTRIBUTE = later(r"\shidden(?:\s|=|/?$)", re.IGNORECASE)
_REFERENCE = later(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});?")
_TO_BLANK = {ord(c): " " for c in "\n\r\t\f\v"}


class HtmlLink(NamedTuple):
    """An <a href>: target as written, visible text, span of its tag. `has_image`: an image and no text inside."""

    target: str
    text: str
    start: int
    end: int
    has_image: bool


class HtmlImage(NamedTuple):
    """An <img>. `alt` is None when there is none; width and height are 0 when they are not given in pixels."""

    source: str
    alt: str | None
    width: int
    height: int
    start: int
    end: int
    hidden: bool


class Note(NamedTuple):
    """A tag worth naming: its name, its span, its attributes."""

    name: str
    start: int
    end: int
    attributes: dict[str, str]


class HtmlView(NamedTuple):
    """The source as seen. Offsets are characters of the source."""

    text: MappedText
    hidden: MappedText
    links: tuple[HtmlLink, ...]
    images: tuple[HtmlImage, ...]
    noted: tuple[Note, ...]
    counts: Counter[str]
    unclosed: tuple[Note, ...]
    title: str
    language: str
    styled: int  # tags with a style attribute
    comment_length: int
    style_sheet: str
    too_complex: bool

    def tags(self, *names: str) -> tuple[Note, ...]:
        """The noted tags of these names."""
        return tuple(note for note in self.noted if note.name in names)


def read_html(source: str) -> HtmlView:
    """The view of one HTML document. Never raises."""
    reader = _Reader(source)
    for count, token in enumerate(tokens(source)):
        if count >= MAX_TOKENS:
            reader.too_complex = True
            break
        reader.take(token)
    return reader.view()


class _Open(NamedTuple):
    name: str
    hidden: bool
    tiny: bool  # in a font too small to be seen, until a tag inside sets another size
    token: Token


class _OpenLink(NamedTuple):
    target: str
    token: Token
    text_from: int
    images: int


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.text, self.hidden_text = TextBuilder(), TextBuilder()
        self.stack: list[_Open] = []
        self.open_names: Counter[str] = Counter()
        self.counts: Counter[str] = Counter()
        self.links: list[tuple[_OpenLink, int]] = []
        self.link: _OpenLink | None = None
        self.images: list[HtmlImage] = []
        self.noted: list[Note] = []
        self.unclosed: list[Note] = []
        self.title = self.language = self.style_sheet = ""
        self.styled = self.comment_length = 0
        self.too_complex = False

    @property
    def hiding(self) -> bool:
        return bool(self.stack) and (self.stack[-1].hidden or self.stack[-1].tiny)

    def take(self, token: Token) -> None:
        if token.kind is Kind.TEXT:
            self.add_text(token.start, token.end)
        elif token.kind is Kind.OPEN:
            self.open(token)
        elif token.kind is Kind.CLOSE:
            self.close(token.name)
        elif token.kind is Kind.COMMENT:
            self.comment_length += token.end - token.start
        else:
            self.raw(token)

    def raw(self, token: Token) -> None:
        content = self.source[token.start : token.end]
        if token.name == "title":
            self.title = self.title or " ".join(unescaped(content).split())
        elif token.name == "style":
            self.style_sheet += content

    def add_text(self, start: int, end: int) -> None:
        builder = self.hidden_text if self.hiding else self.text
        piece = self.source[start:end].translate(_TO_BLANK)
        if "&" not in piece:
            builder.add(piece, start)
            return
        position = 0
        for match in _REFERENCE.finditer(piece):
            builder.add(piece[position : match.start()], start + position)
            builder.add(unescaped(match[0]), start + match.start())
            position = match.end()
        builder.add(piece[position:], start + position)

    def open(self, token: Token) -> None:
        name = token.name
        self.counts[name] += 1
        if name in BLOCKS:
            self.line_break(token.start)
        written = self.source[token.attributes_at : token.end - 1]
        above = self.stack[-1] if self.stack else None
        hidden = (above is not None and above.hidden) or self.hides(written)
        if name == "img":
            self.image(token, hidden)
        elif name == "html":
            self.language = attributes(self.source, token).get("lang", "")
        elif name in _NOTED:
            self.noted.append(Note(name, token.start, token.end, attributes(self.source, token)))
        if name in VOID or (written.endswith("/") and name not in ("a", "p", "div", "td", "span")):
            return
        if name in _ENDS_WHEN_AGAIN and self.stack and self.stack[-1].name == name:
            self.pop()
        if name in ("a", "area"):
            self.open_link(token)
        self.push(_Open(name, hidden, self.is_tiny(written, above), token))

    def hides(self, written: str) -> bool:
        low = written.lower()
        self.styled += "style" in low
        if not any(word in low for word in _HIDING_WORDS):
            return False
        return bool(_HIDING.search(low)) or ("hidden" in low and bool(_HIDDEN_ATTRIBUTE.search(low)))

    def is_tiny(self, written: str, above: _Open | None) -> bool:
        size = _FONT_SIZE.search(written) if "ont-size" in written or "ONT-SIZE" in written else None
        if size is None:
            return above is not None and above.tiny
        return float(size[1]) <= (0 if size[2] else 1)

    def push(self, opened: _Open) -> None:
        if len(self.stack) >= MAX_DEPTH:
            self.too_complex = True
            return
        self.stack.append(opened)
        self.open_names[opened.name] += 1

    def pop(self) -> _Open:
        opened = self.stack.pop()
        self.open_names[opened.name] -= 1
        if opened.name == "a":
            self.close_link()
        return opened

    def close(self, name: str) -> None:
        if name in BLOCKS:
            self.line_break(0)
        if not self.open_names[name]:
            return
        while True:
            opened = self.pop()
            if opened.name == name:
                return
            self.note_unclosed(opened)

    def note_unclosed(self, opened: _Open) -> None:
        if opened.name not in _CLOSES_ITSELF:
            self.unclosed.append(Note(opened.name, opened.token.start, opened.token.end, {}))

    def line_break(self, origin: int) -> None:
        self.text.add("\n", origin)

    def image(self, token: Token, hidden: bool) -> None:
        found = attributes(self.source, token)
        width, height = _pixels(found.get("width", "")), _pixels(found.get("height", ""))
        self.images.append(
            HtmlImage(found.get("src", ""), found.get("alt"), width, height, token.start, token.end, hidden)
        )

    def open_link(self, token: Token) -> None:
        self.close_link()
        target = attributes(self.source, token).get("href")
        if target is not None:
            self.link = _OpenLink(target.strip(), token, self.text.length, len(self.images))

    def close_link(self) -> None:
        if self.link:
            self.links.append((self.link, self.text.length))
            self.link = None

    def view(self) -> HtmlView:
        while self.stack:
            self.note_unclosed(self.pop())
        self.close_link()
        text = self.text.build()
        return HtmlView(
            text, self.hidden_text.build(), tuple(self.html_link(o, end, text.text) for o, end in self.links),
            tuple(self.images), tuple(self.noted), self.counts, tuple(self.unclosed), self.title, self.language,
            self.styled, self.comment_length, self.style_sheet, self.too_complex,
        )  # fmt: skip

    def html_link(self, opened: _OpenLink, text_to: int, text: str) -> HtmlLink:
        first = opened.images
        token = opened.token
        has_image = first < len(self.images) and token.end <= self.images[first].start
        shown = " ".join(text[opened.text_from : text_to].split())
        return HtmlLink(opened.target, shown, token.start, token.end, has_image and not shown)


def _pixels(value: str) -> int:
    match = re.match(r"\s*(\d{1,5})\s*(?:px)?\s*$", value)
    return int(match[1]) if match else 0
