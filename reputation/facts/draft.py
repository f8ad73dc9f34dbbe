"""What is known of a draft: its headers, its text as a reader sees it, its links, and where in the file each stands."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from functools import cached_property
from typing import Final, NamedTuple, Protocol

from reputation.facts.draft_lines import lines_of_message, lines_of_text
from reputation.model import Found, Observed, Where
from reputation.records.charset import decode, mark_of
from reputation.records.html import HtmlView
from reputation.records.later import later
from reputation.records.link import WEB_ADDRESS, Target
from reputation.records.mail_text import folded
from reputation.records.mailbox import Mailbox
from reputation.records.mapped_text import MappedText, TextBuilder
from reputation.records.message import Message
from reputation.records.trouble import TOO_COMPLEX, Trouble

_REFERENCE = later(r"&[#\w]{1,32};?")
_WORD = later(r"[^\W\d_]{2,}")
_HAN = later("[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]")


class DraftKind(StrEnum):
    """How the draft was written down."""

    MESSAGE = "eml"
    HTML = "html"
    MARKDOWN = "markdown"
    TEXT = "text"


class Placing(Protocol):
    """Knows the line and the column, both from 1, of an offset."""

    def place(self, offset: int) -> tuple[int, int]:
        """(line, column)."""


class HeaderPlacing(Placing, Protocol):
    """Knows also where a character ends: one in an encoded word is as long as the word."""

    def end(self, offset: int) -> tuple[int, int]:
        """(line, column) behind the character at `offset`."""


class Line(NamedTuple):
    """One header of the draft: decoded, as written, and where each character of it stands in the file."""

    file: str
    text: str
    written: str
    places: HeaderPlacing

    @property
    def where(self) -> Where:
        """The place of the whole value."""
        return self.spot(0, len(self.text))

    def spot(self, start: int, end: int) -> Where:
        """The place of `text[start:end]`."""
        return Where(self.file, *self.places.place(start), *self.places.end(max(start, end - 1)))


class Sender(NamedTuple):
    """A From or Reply-To."""

    mailbox: Mailbox
    line: Line


class Body:
    """One text of the draft. `source` is its text as written, `visible` what a reader sees, `html` its structure."""

    def __init__(
        self, file: str, source: str, index: Placing, visible: MappedText, html: HtmlView | None = None
    ) -> None:
        self.file: Final = file
        self.source: Final = source
        self.index: Final = index
        self.visible: Final = visible
        self.html: Final = html

    @cached_property
    def folded(self) -> MappedText:
        """The visible text in the form for comparing; its origins are offsets in `visible.text`."""
        return folded(self.visible.text)

    @cached_property
    def word_list(self) -> list[str]:
        """The runs of two letters and more in the visible text, addresses and all."""
        return _WORD.findall(self.visible.text)

    @cached_property
    def words(self) -> int:
        """How many words are visible: two Han characters count as one, a web address as none."""
        if "://" not in self.visible.text and self.visible.text.isascii():
            return len(self.word_list)
        text = WEB_ADDRESS.sub(" ", self.visible.text)
        if text.isascii():
            return len(_WORD.findall(text))
        return len(_WORD.findall(_HAN.sub(" ", text))) + len(_HAN.findall(text)) // 2

    def where(self, start: int, end: int) -> Where:
        """The place of `source[start:end]`."""
        line, column = self.index.place(start)
        end_line, end_column = self.index.place(max(start, end - 1))
        return Where(self.file, line, column, end_line, end_column + 1)

    def where_visible(self, start: int, end: int) -> Where:
        """The place of `visible.text[start:end]`; a character that is written as a reference is as long as that."""
        first, last = self.visible.span(start, end)
        reference = _REFERENCE.match(self.source, last - 1) if self.html else None
        return self.where(first, reference.end() if reference else last)

    def where_folded(self, start: int, end: int) -> Where:
        """The place of `folded.text[start:end]`."""
        return self.where_visible(*self.folded.span(start, end))


class DraftLink(NamedTuple):
    """A link: its target in pieces, its visible text ("" for a picture), and where its tag or address stands."""

    target: Target
    text: str
    body: Body
    start: int
    end: int
    has_image: bool = False

    @property
    def where(self) -> Where:
        """The place of the link in the file."""
        return self.body.where(self.start, self.end)


class Attachment(NamedTuple):
    """A file that goes with the draft; it is never opened. `size` is in bytes before decoding."""

    name: str
    content_type: str
    size: int
    where: Where
    also: str = ""  # where a second field of the part gives it another name

    @property
    def endings(self) -> frozenset[str]:
        """What its names end in, in small letters, as a system reads it: blanks, dots and what can not be seen behind
        them do not count."""
        shown = (
            "".join(c for c in name if c.isprintable() or c == " ").rstrip(" .") for name in (self.name, self.also)
        )
        return frozenset(name.rpartition(".")[2].lower() for name in shown if "." in name)


class _Fields(NamedTuple):
    file: str
    kind: DraftKind
    subject: Observed[Line]
    sender: Observed[Sender]
    reply_to: Observed[Sender]
    html: Observed[Body]
    plain: Observed[Body]
    message: Observed[Message]
    links: tuple[DraftLink, ...] = ()
    text_links: tuple[DraftLink, ...] = ()
    other_links: tuple[DraftLink, ...] = ()
    special: tuple[Body, ...] = ()  # what only some programs show: AMP, what the HTML holds for Outlook
    has_loose_text: bool = False  # a text that is no HTML stands beside the HTML, not in its place
    attachments: tuple[Attachment, ...] = ()
    selectors: tuple[tuple[str, str], ...] = ()  # (selector, signing domain) of each DKIM-Signature
    from_domain: str = ""
    troubles: frozenset[Trouble] = frozenset()
    ignored: frozenset[str] = frozenset()  # ids of checks that a comment in the draft switches off
    raw: bytes = b""
    charset: str = ""  # of `raw` as a whole, for showing its lines; "" when its parts have their own


class DraftFacts(_Fields):
    """Everything that is known of one draft; Absent where only a message would have something.

    `links` are those of the text that a reader sees, `text_links` those of the text part beside the HTML, `other_links`
    those of `special`, where forms lead to, and relative links by the <base> of the HTML. A draft is equal to itself
    alone: what is worked out of it can be kept.
    """

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)

    @property
    def incomplete(self) -> bool:
        """Whether a bound kept something from being read."""
        return bool(self.troubles & TOO_COMPLEX)

    def lines(self, numbers: Iterable[int]) -> dict[int, str]:
        """Those lines of the file, from 1, for showing them; a number that it does not have is left out."""
        wanted = sorted(set(numbers))
        if isinstance(self.message, Found):
            return dict(lines_of_message(self.raw, self.message.value, wanted))
        return dict(lines_of_text(decode(self.raw, self.charset).text, wanted))

    def readable(self) -> str:
        """The whole file with the encodings of its text parts undone."""
        if not isinstance(self.message, Found):
            return self.raw[len(mark_of(self.raw)) :].decode(self.charset, "replace")
        pieces, position = [], 0
        for part in self.message.value.walk():
            if part.content_type.startswith("text/") and not part.is_attachment and not part.children:
                pieces += [decode(self.raw[position : part.start]).text, part.text]
                position = part.end
        return "".join([*pieces, decode(self.raw[position:]).text])

    @property
    def link_hosts(self) -> tuple[str, ...]:
        """The hosts that web links lead to, each once, in the order of the draft."""
        return tuple(dict.fromkeys(link.target.host for link in self.every_link if link.target.is_web))

    @property
    def every_link(self) -> tuple[DraftLink, ...]:
        """The links of all texts that go out; the same link may stand in two of them."""
        return self.links + self.text_links + self.other_links

    @cached_property
    def texts(self) -> tuple[Body, ...]:
        """The words that go out: the text that a reader sees, then what a list of mails, a program without pictures,
        Outlook and a program without HTML show instead: hidden text, alternative texts, its own text, text part."""
        bodies = self._bodies
        unseen = (*(_unseen(bodies[0]) if bodies else ()), *self.special)
        return (*bodies[:1], *(text for text in unseen if text.visible.text.strip()), *bodies[1:])

    @property
    def targets(self) -> Body | None:
        """The targets of the links, one a line, where the text that a reader sees does not show them."""
        shown = self._bodies[:1]
        if not self.links or shown[0].visible.text == shown[0].source:
            return None
        return _of_tags(shown[0], [(link.target.written, link.start, link.end) for link in self.links])

    @property
    def _bodies(self) -> list[Body]:
        return [observed.value for observed in (self.html, self.plain) if isinstance(observed, Found)]


def _unseen(body: Body) -> tuple[Body, ...]:
    if body.html is None:
        return ()
    alts = [(image.alt, image.start, image.end) for image in body.html.images if image.alt]
    return Body(body.file, body.source, body.index, body.html.hidden), _of_tags(body, alts)


def _of_tags(body: Body, tags: list[tuple[str, int, int]]) -> Body:
    """What stands inside tags, (words, start and end of the tag), one a line; in another spelling it is at the tag."""
    words = TextBuilder()
    for written, start, end in tags:
        words.add(written + "\n", max(start, body.source.find(written, start, end)))
    return Body(body.file, body.source, body.index, words.build())
