"""Bytes of a draft into DraftFacts. Bounded, lenient, and without an exception for whatever stands in the bytes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeVar

from reputation.facts.draft import Body, DraftFacts, DraftKind, Line, Placing, Sender
from reputation.gather.draft_attachments import attachments_of
from reputation.gather.draft_links import MAX_LINKS, links_of, other_links
from reputation.gather.markdown import markdown_body
from reputation.model import Absent, Cause, Found, Observed, Unknown
from reputation.records.charset import decode
from reputation.records.html import read_html, text_view
from reputation.records.html_joined import joined_views
from reputation.records.html_outlook import outlook_view
from reputation.records.later import holds, later
from reputation.records.mailbox import parse_mailbox
from reputation.records.mapped_text import MappedText
from reputation.records.message import MAX_TEXT_BYTES, Header, Message, Part, first_header, read_message
from reputation.records.pasted_headers import pasted_headers
from reputation.records.position import HeaderIndex, LineIndex, PartIndex
from reputation.records.shown_parts import Shown, is_html, shown_parts, unread
from reputation.records.trouble import Trouble

T = TypeVar("T")
_AMP = "text/x-amp-html"
_MOST_SPECIAL = 20
_LOOKS_HTML = later(r"<(?:!doctype html|html|head|body|table|div|p|a\s|img\s|center)[\s>]?", re.IGNORECASE)
_LOOKS_MESSAGE = later(
    rb"(?:\A|\n)(?:mime-version|content-type|received|return-path|message-id|dkim-signature):", re.IGNORECASE
)
_META_CHARSET = later(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([A-Za-z0-9_-]{1,40})", re.IGNORECASE)
_IGNORE = later(
    r"<!--\s{0,5}reputation:\s{0,5}ignore:?\s{1,9}([a-z0-9_,\s-]{1,500})-->", re.IGNORECASE, when=holds("<!--")
)
_CHECK_ID = later(r"[a-z0-9_]+(?:-[a-z0-9_]+)*")
_TAG_OF_SIGNATURE = later(r"(?:^|;)\s*([sd])\s*=\s*([A-Za-z0-9._-]{1,253})")


def kind_of(raw: bytes, suffix: str) -> DraftKind:
    """What the bytes are, by the suffix of the file and, where it says nothing, by how they begin."""
    by_suffix = {
        ".eml": DraftKind.MESSAGE, ".html": DraftKind.HTML, ".htm": DraftKind.HTML, ".xhtml": DraftKind.HTML,
        ".md": DraftKind.MARKDOWN, ".markdown": DraftKind.MARKDOWN,
    }  # fmt: skip
    found = by_suffix.get(suffix.lower())
    if found:
        return found
    head = raw[:4_096]
    block = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    return DraftKind.MESSAGE if _LOOKS_MESSAGE.search(block) else DraftKind.TEXT


def read_draft(file: str, raw: bytes, kind: DraftKind) -> DraftFacts:
    """The facts of one draft; `file` is its name in places and reports."""
    return _from_message(file, raw) if kind is DraftKind.MESSAGE else _from_text(file, raw, kind)


# --- a message -------------------------------------------------------------------------------------------------------


def _from_message(file: str, raw: bytes) -> DraftFacts:
    message = read_message(raw)
    shown = shown_parts(message)
    troubles = set(message.troubles) | unread(message, shown)
    rich, plain = _joined(file, shown.rich, troubles), _joined(file, shown.plain, troubles)
    html = rich
    if rich and rich.html is None:
        html, plain = (_html_body(file, rich.source, rich.index), None) if _is_html(rich.source) else (None, rich)
    _note_charsets(troubles, shown.texts)
    return _facts(
        file, DraftKind.MESSAGE, _headers(file, message), (html, plain),
        _Extras(message, frozenset(troubles), raw, shown=shown, special=_special(file, shown.special)),
    )  # fmt: skip


def _special(file: str, parts: Sequence[Part]) -> tuple[Body, ...]:
    """AMP is HTML of its own kind; all else is shown as it stands."""
    return tuple(
        _html_body(file, part.text, PartIndex(part)) if part.content_type == _AMP else _part_body(file, part)
        for part in parts[:_MOST_SPECIAL]
    )


class _InTurn(NamedTuple):
    """Places in a text that is made of several parts."""

    indexes: list[PartIndex]
    starts: list[int]

    def place(self, offset: int) -> tuple[int, int]:
        number = bisect_right(self.starts, offset) - 1
        return self.indexes[number].place(offset - self.starts[number])


def _joined(file: str, parts: Sequence[Part], troubles: set[Trouble]) -> Body | None:
    """The parts as one body, in the order in which they are shown; HTML as soon as one of them is."""
    if len(parts) < 2:
        return _part_body(file, parts[0]) if parts else None
    bodies: list[Body] = []
    starts, length = [], 0
    for part in parts:
        if length > MAX_TEXT_BYTES:
            troubles.add(Trouble.TOO_LARGE)
            break
        bodies.append(_part_body(file, part))
        starts.append(length)
        length += len(part.text) + 1
    source = "\n".join(body.source for body in bodies)
    index = _InTurn([PartIndex(part) for part in parts[: len(bodies)]], starts)
    if not any(body.html for body in bodies):
        return Body(file, source, index, MappedText(source))
    view = joined_views([body.html or text_view(body.source) for body in bodies], starts)
    return Body(file, source, index, view.text, view)


def _part_body(file: str, part: Part) -> Body:
    if is_html(part):
        return _html_body(file, part.text, PartIndex(part))
    return Body(file, part.text, PartIndex(part), MappedText(part.text))


def _note_charsets(troubles: set[Trouble], parts: Sequence[Part]) -> None:
    for part in parts:
        if part.decoded.declared_unknown:
            troubles.add(Trouble.UNKNOWN_CHARSET)
        elif part.decoded.misdeclared:
            troubles.add(Trouble.WRONG_CHARSET)
        elif part.decoded.guessed:
            troubles.add(Trouble.UNDECLARED_CHARSET)
        if part.decoded.damaged:
            troubles.add(Trouble.DAMAGED_TEXT)


def _headers(file: str, message: Message) -> dict[str, Line]:
    found = {}
    for name in ("subject", "from", "reply-to"):
        header = first_header(message.headers, name)
        if header:
            found[name] = _header_line(file, header)
    return found


def _header_line(file: str, header: Header) -> Line:
    return Line(file, header.value, header.unfolded, HeaderIndex(header))


# --- anything else ---------------------------------------------------------------------------------------------------


class _Shifted(NamedTuple):
    """Places in a text that begins somewhere inside the file."""

    lines: LineIndex
    shift: int

    def place(self, offset: int) -> tuple[int, int]:
        return self.lines.place(offset + self.shift)

    def end(self, offset: int) -> tuple[int, int]:
        line, column = self.place(offset)
        return line, column + 1


def _from_text(file: str, raw: bytes, kind: DraftKind) -> DraftFacts:
    meta = _META_CHARSET.search(raw[:4_096])
    decoded = decode(raw[:MAX_TEXT_BYTES], meta[1].decode("ascii") if meta else "")
    troubles = {Trouble.TOO_LARGE} if len(raw) > MAX_TEXT_BYTES else set()
    if decoded.damaged and len(raw) <= MAX_TEXT_BYTES:
        troubles.add(Trouble.DAMAGED_TEXT)
    if decoded.misdeclared:
        troubles.add(Trouble.WRONG_CHARSET)
    lines = LineIndex(decoded.text)
    pasted = pasted_headers(decoded.text)
    headers = {name: Line(file, value, value, _Shifted(lines, start)) for name, (value, start) in pasted.values.items()}
    shift = pasted.end
    source, index = decoded.text[shift:], _Shifted(lines, shift)
    html = plain = None
    if kind is DraftKind.MARKDOWN:
        plain = markdown_body(file, source, index)
    elif kind is DraftKind.HTML or _is_html(source):
        kind, html = DraftKind.HTML, _html_body(file, source, index)
    else:
        plain = Body(file, source, index, MappedText(source))
    return _facts(file, kind, headers, (html, plain), _Extras(None, frozenset(troubles), raw, decoded.codec))


def _is_html(source: str) -> bool:
    return bool(_LOOKS_HTML.search(source, 0, 20_000)) and "</" in source


# --- common ----------------------------------------------------------------------------------------------------------


class _Extras(NamedTuple):
    message: Message | None
    troubles: frozenset[Trouble]
    raw: bytes
    charset: str = ""
    shown: Shown = Shown((), (), ())
    special: tuple[Body, ...] = ()


def _facts(
    file: str, kind: DraftKind, headers: dict[str, Line], bodies: tuple[Body | None, Body | None], extras: _Extras
) -> DraftFacts:
    html, plain = bodies
    troubles = set(extras.troubles)
    special = (*extras.special, *_outlook(html))
    links, text_links = links_of(html or plain), links_of(plain) if html else []
    others = other_links(html, links[:MAX_LINKS], special)
    read = [body.html for body in (html, *special) if body and body.html]
    if any(view.too_complex for view in read) or max(map(len, (links, text_links, others))) > MAX_LINKS:
        troubles.add(Trouble.TOO_DEEP)
    cut = extras.message is not None and Trouble.TOO_MANY_HEADERS in troubles
    sender = _sender(headers.get("from"))
    return DraftFacts(
        file=file, kind=kind,
        subject=_observed(headers.get("subject"), cut), sender=_observed(sender, cut),
        reply_to=_observed(_sender(headers.get("reply-to")), cut),
        html=_observed(html, False), plain=_observed(plain, False), message=_observed(extras.message, False),
        links=tuple(links[:MAX_LINKS]), text_links=tuple(text_links[:MAX_LINKS]),
        other_links=tuple(others[:MAX_LINKS]), special=special, has_loose_text=_has_loose_text(extras.shown),
        attachments=attachments_of(file, extras.message, extras.shown, html.source if html else ""),
        selectors=_selectors(extras.message),
        from_domain=sender.mailbox.domain if sender else "",
        troubles=frozenset(troubles), ignored=_ignored(html or plain, extras.message), raw=extras.raw,
        charset=extras.charset,
    )  # fmt: skip


def _ignored(body: Body | None, message: Message | None) -> frozenset[str]:
    """The checks named in a comment `reputation: ignore ID, ID` or in a header X-Reputation-Ignore."""
    named = _IGNORE.findall(body.source) if body else []
    named += [header.unfolded for header in message.all_headers("X-Reputation-Ignore")] if message else []
    return frozenset(name for words in named[:50] for name in _CHECK_ID.findall(words.lower()))


def _observed(value: T | None, cut: bool) -> Observed[T]:
    if value is not None:
        return Found(value)
    return Unknown(Cause.TOO_COMPLEX) if cut else Absent()


def _html_body(file: str, source: str, index: Placing) -> Body:
    view = read_html(source)
    return Body(file, source, index, view.text, view)


def _has_loose_text(shown: Shown) -> bool:
    return len({is_html(part) for part in shown.rich}) > 1


def _outlook(html: Body | None) -> Iterator[Body]:
    view = outlook_view(html.source) if html else None
    if html and view:
        yield Body(html.file, html.source, html.index, view.text, view)


def _sender(line: Line | None) -> Sender | None:
    return Sender(parse_mailbox(line.text), line) if line else None


def _selectors(message: Message | None) -> tuple[tuple[str, str], ...]:
    if message is None:
        return ()
    found = []
    for header in message.all_headers("DKIM-Signature")[:20]:
        tags = dict(_TAG_OF_SIGNATURE.findall(header.unfolded[:2_000]))
        if "s" in tags and "d" in tags:
            found.append((tags["s"].lower(), tags["d"].lower()))
    return tuple(dict.fromkeys(found))
