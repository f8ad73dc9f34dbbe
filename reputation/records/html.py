"""What a reader of an HTML mail sees, what is hidden from her, and where each of it stands in the source.

    view = read_html(source)
    view.text.text                       # the visible text
    view.links[0].target, .text, .start  # offsets into `source`

Nothing that the HTML names is fetched. Depth and length are bounded; `too_complex` says that a bound was met.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cached_property, lru_cache
from typing import NamedTuple

from reputation.records.html_tokens import attributes, read_tokens, unescaped
from reputation.records.later import later
from reputation.records.link import bare_urls
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
    "form script iframe object embed applet link base font center marquee blink video audio meta input button svg "
    "v:roundrect v:rect v:oval v:shape"
)
_HIDING = later(
    r"display\s*:\s*none|visibility\s*:\s*hidden|max-height\s*:\s*0(?:px)?\s*(?:[;\"'!]|$)|opacity\s*:\s*(?:0?\.0\d*|0)\s*(?:[;\"'!]|$)"
    r"|(?<![\w-])(?:left|top|text-indent)\s*:\s*-\d{3}|(?<![\w-])color\s*:\s*transparent"
    r"|(?<![\w-])color\s*:\s*rgba\([\d\s,]{5,20},\s*0?\.?0+\s*\)|transform\s*:\s*scale\(\s*0?\.?0+\s*[,)]"
    r"|(?<![\w-])clip\s*:\s*rect\(\s*0(?:px)?[\s,]+0(?:px)?[\s,]+0(?:px)?[\s,]+0(?:px)?\s*\)"
)  # attributes in small letters
_HIDING_WORDS = ("none", "hidden", "max-height", "opacity", "left", "top", "indent", "transparent", "rgba", "(0")
_STYLE_COMMENT = later(r"/\*[^*]*+\*++(?:[^/*][^*]*+\*++)*+/")
_FLAT = later(r"(?<![\w-])height\s*:\s*0(?:px)?\s*(?:[;\"'!]|$)")  # hides where what is too high is cut off
_FONT_SIZE = later(
    r"(?:font-size\s*:|(?<![\w-])font\s*:\s*(?=0))\s*([0-9]{1,4}(?:\.[0-9]{1,4})?|\.[0-9]{1,4})(r?em|%)?"
)
_COLOR = later(r"(?<![\w-])color\s{0,9}[:=]\s{0,9}[\"']?\s{0,9}(#[0-9a-f]{3,6}|rgb\([0-9, ]{5,20}\)|[a-z]{3,20})")
_GROUND = later(
    r"(?:background(?:-color|-image)?\s{0,9}[:=]|bgcolor\s{0,9}=)\s{0,9}[\"']?\s{0,9}(rgb\([^)]{1,30}\)|[^;\"'>\s}]{1,60})",
    re.IGNORECASE,
)
_WHITE = later(r"#f[8-f]f[8-f]f[8-f]|#fff|white|rgb\(25[0-5],25[0-5],25[0-5]\)")
_NO_GROUND = frozenset(("none", "transparent", "inherit", "initial", "unset"))
_HIDDEN_ATTRIBUTE = later(r"\shidden(?:\s|=|/?$)")
_REFERENCE = later(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});?")
_BLANKS = "\n\r\t\f\v"


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
    if not read_tokens(source, reader, MAX_TOKENS):
        reader.too_complex = True
    return reader.view()


def text_view(text: str) -> HtmlView:
    """A text that is no HTML, as a program shows it beside HTML."""
    links = tuple(HtmlLink(target, target, start, end, False) for target, start, end in bare_urls(text))
    nothing = MappedText("", (), ())
    return HtmlView(MappedText(text), nothing, links, (), (), Counter(), (), "", "", 0, 0, "", False)


class _Open(NamedTuple):
    name: str
    hidden: bool
    tiny: bool  # in a font too small to be seen, until a tag inside sets another size
    white: bool  # in white, until a tag inside sets another colour
    start: int
    end: int


class _OpenLink(NamedTuple):
    target: str
    start: int
    end: int
    text_from: int  # pieces of text before it
    images: int


class _Look(NamedTuple):
    """What the attributes of a tag, as written, say of how it looks."""

    styled: bool
    hides: bool
    tiny: bool | None  # None: no size is given
    white: bool | None  # None: no colour is given
    is_empty: bool  # "/" at the end


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.blank = _blanked(source)
        self.visible, self.hidden_text = TextBuilder(), TextBuilder()
        self.stack: list[_Open] = []
        self.open_names: defaultdict[str, int] = defaultdict(int)
        self.names: list[str] = []
        self.links: list[tuple[_OpenLink, int]] = []
        self.link: _OpenLink | None = None
        self.areas: list[HtmlLink] = []
        self.images: list[HtmlImage] = []
        self.noted: list[Note] = []
        self.unclosed: list[Note] = []
        self.looks = {"": _Look(False, False, None, None, False)}
        self.title = self.language = self.style_sheet = ""
        self.styled = self.comment_length = 0
        self.too_complex = False

    @cached_property
    def is_white(self) -> bool:
        """Whether the whole document gives no ground but white: then white text can not be seen anywhere."""
        grounds = (match[1].lower().replace(" ", "") for match in _GROUND.finditer(self.source))
        return all(ground in _NO_GROUND or _WHITE.fullmatch(ground) for ground in grounds)

    def comment(self, start: int, end: int) -> None:
        self.comment_length += end - start

    def raw(self, name: str, start: int, end: int) -> None:
        content = self.source[start:end]
        if name == "title":
            self.title = self.title or " ".join(unescaped(content).split())
        elif name == "style":
            self.style_sheet += content

    def text(self, start: int, end: int) -> None:
        above = self.stack[-1] if self.stack else None
        unseen = above and (above.hidden or above.tiny or (above.white and self.is_white))
        builder = self.hidden_text if unseen else self.visible
        piece = self.blank[start:end]
        if "&" not in piece:
            builder.add(piece, start)
            return
        position = 0
        for match in _REFERENCE.finditer(piece):
            builder.add(piece[position : match.start()], start + position)
            builder.add(_read_reference(match[0]), start + match.start())
            position = match.end()
        builder.add(piece[position:], start + position)

    def open(self, name: str, start: int, end: int, attributes_at: int) -> None:
        self.names.append(name)
        if name in BLOCKS:
            self.visible.add("\n", start)
        above = self.stack[-1] if self.stack else None
        look = self.look(self.source[attributes_at : end - 1])
        hidden = look.hides
        if above and above.hidden:
            hidden = True
        else:
            self.styled += look.styled
        if name == "img":
            self.image(start, end, attributes_at, hidden)
        elif name == "html":
            self.language = attributes(self.source, attributes_at, end - 1).get("lang", "")
        elif name in _NOTED:
            self.noted.append(Note(name, start, end, attributes(self.source, attributes_at, end - 1)))
        if name == "area":
            self.area(start, end, attributes_at)
        if name in VOID or (look.is_empty and name not in ("a", "p", "div", "td", "span")):
            return
        if above and above.name == name and name in _ENDS_WHEN_AGAIN:
            self.pop()
        if name == "a":
            self.open_link(start, end, attributes_at)
        tiny = look.tiny if look.tiny is not None else above is not None and above.tiny
        white = look.white if look.white is not None else above is not None and above.white
        self.push(_Open(name, hidden, tiny, white, start, end))

    def look(self, written: str) -> _Look:
        """A document says the same of many tags, so each saying is read once."""
        look = self.looks.get(written)
        if look is None:
            look = self.looks[written] = _look_of(written)
        return look

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
            self.visible.add("\n", 0)
        if not self.open_names[name]:
            return
        while True:
            opened = self.pop()
            if opened.name == name:
                return
            self.note_unclosed(opened)

    def note_unclosed(self, opened: _Open) -> None:
        if opened.name not in _CLOSES_ITSELF:
            self.unclosed.append(Note(opened.name, opened.start, opened.end, {}))

    def image(self, start: int, end: int, attributes_at: int, hidden: bool) -> None:
        found = attributes(self.source, attributes_at, end - 1)
        width, height = _pixels(found.get("width", "")), _pixels(found.get("height", ""))
        self.images.append(HtmlImage(found.get("src", ""), found.get("alt"), width, height, start, end, hidden))

    def area(self, start: int, end: int, attributes_at: int) -> None:
        """A spot of a picture that is a link."""
        found = attributes(self.source, attributes_at, end - 1)
        if "href" in found:
            self.areas.append(HtmlLink(found["href"].strip(), found.get("alt", ""), start, end, True))

    def open_link(self, start: int, end: int, attributes_at: int) -> None:
        self.close_link()
        target = attributes(self.source, attributes_at, end - 1).get("href")
        if target is not None:
            self.link = _OpenLink(target.strip(), start, end, len(self.visible), len(self.images))

    def close_link(self) -> None:
        if self.link:
            self.links.append((self.link, len(self.visible)))
            self.link = None

    def view(self) -> HtmlView:
        while self.stack:
            self.note_unclosed(self.pop())
        self.close_link()
        text = self.visible.build()
        return HtmlView(
            text, self.hidden_text.build(), self.all_links(text),
            tuple(self.images), tuple(self.noted), Counter(self.names), tuple(self.unclosed), self.title, self.language,
            self.styled, self.comment_length, self.style_sheet, self.too_complex,
        )  # fmt: skip

    def all_links(self, text: MappedText) -> tuple[HtmlLink, ...]:
        links = [self.html_link(opened, end, text) for opened, end in self.links]
        return tuple(sorted([*links, *self.areas], key=lambda link: link.start) if self.areas else links)

    def html_link(self, opened: _OpenLink, pieces: int, text: MappedText) -> HtmlLink:
        first = opened.images
        has_image = first < len(self.images) and opened.end <= self.images[first].start
        starts = (*text.starts[opened.text_from : pieces + 1], len(text.text))
        shown = " ".join(text.text[starts[0] : starts[pieces - opened.text_from]].split())
        return HtmlLink(opened.target, shown, opened.start, opened.end, has_image and not shown)


def _blanked(source: str) -> str:
    """`source` with every kind of white space as a blank, as readers show it; as long as before."""
    for character in _BLANKS:
        source = source.replace(character, " ")
    return source


@lru_cache(maxsize=512)
def _read_reference(written: str) -> str:
    return unescaped(written)


def _look_of(written: str) -> _Look:
    low = unescaped(written.lower())
    low = _STYLE_COMMENT.sub("", low) if "/*" in low else low
    return _Look("style" in low, _hides(low), _is_tiny(low), _is_white(low), written.endswith("/"))


def _hides(low: str) -> bool:
    if not any(map(low.__contains__, _HIDING_WORDS)):
        return False
    if _HIDING.search(low) or ("overflow" in low and _FLAT.search(low)):
        return True
    return "hidden" in low and bool(_HIDDEN_ATTRIBUTE.search(low))


def _is_tiny(low: str) -> bool | None:
    size = _FONT_SIZE.search(low) if "ont-size" in low or "font:" in low else None
    return None if size is None else float(size[1]) <= (0 if size[2] else 1)


def _is_white(low: str) -> bool | None:
    color = _COLOR.search(low) if "color" in low else None
    return None if color is None else bool(_WHITE.fullmatch(color[1].replace(" ", "")))


def _pixels(value: str) -> int:
    match = re.match(r"(\d{1,5})\s{0,9}(?:px)?$", value.strip())
    return int(match[1]) if match else 0
