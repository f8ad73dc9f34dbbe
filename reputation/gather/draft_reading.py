"""Bytes of a draft into DraftFacts. Bounded, lenient, and without an exception for whatever stands in the bytes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from reputation.facts.draft import Attachment, Body, DraftFacts, DraftKind, DraftLink, Line, Placing, Sender
from reputation.gather.markdown import markdown_body, markdown_links
from reputation.model import Absent, Cause, Found, Observed, Unknown, Where
from reputation.records.charset import decode
from reputation.records.html import read_html
from reputation.records.html_joined import joined_views
from reputation.records.html_outlook import VML, outlook_view
from reputation.records.later import holds, later
from reputation.records.link import bare_urls, parse_target
from reputation.records.mailbox import parse_mailbox
from reputation.records.mapped_text import MappedText
from reputation.records.message import MAX_TEXT_BYTES, Header, Message, Part, first_header, read_message
from reputation.records.pasted_headers import pasted_headers
from reputation.records.position import HeaderIndex, LineIndex, PartIndex
from reputation.records.shown_parts import is_html, shown_parts, unread
from reputation.records.trouble import Trouble

T = TypeVar("T")
MAX_LINKS = 2_000
_FORMS = ("form", "button", "input")
_ACTIONS = ("formaction", "action")
_LOOKS_HTML = later(r"<(?:!doctype html|html|head|body|table|div|p|a\s|img\s|center)[\s>]?", re.IGNORECASE)
_LOOKS_MESSAGE = later(
    rb"(?:\A|\n)(?:mime-version|content-type|received|return-path|message-id|dkim-signature):", re.IGNORECASE
)
_META_CHARSET = later(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([A-Za-z0-9_-]{1,40})", re.IGNORECASE)
_IGNORE = later(
    r"<!--\s{0,5}reputation:\s{0,5}ignore:?[ \t]{1,9}([a-z0-9_, -]{1,500})-->", re.IGNORECASE, when=holds("<!--")
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
    html = _joined(file, [part for part in shown if is_html(part)], troubles)
    plain = _joined(file, [part for part in shown if not is_html(part)], troubles)
    if plain and not html and _is_html(plain.source):
        html, plain = _html_body(file, plain.source, plain.index), None
    _note_charsets(troubles, shown)
    return _facts(
        file, DraftKind.MESSAGE, _headers(file, message), (html, plain),
        _Extras(message, frozenset(troubles), raw, shown=shown),
    )  # fmt: skip


class _InTurn(NamedTuple):
    """Places in a text that is made of several parts."""

    indexes: list[PartIndex]
    starts: list[int]

    def place(self, offset: int) -> tuple[int, int]:
        number = bisect_right(self.starts, offset) - 1
        return self.indexes[number].place(offset - self.starts[number])


def _joined(file: str, parts: list[Part], troubles: set[Trouble]) -> Body | None:
    """The parts as one body, in the order in which they are shown."""
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
    views = [body.html for body in bodies if body.html]
    if not views:
        return Body(file, source, index, MappedText(source))
    view = joined_views(views, starts)
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
    shown: tuple[Part, ...] = ()


def _facts(
    file: str, kind: DraftKind, headers: dict[str, Line], bodies: tuple[Body | None, Body | None], extras: _Extras
) -> DraftFacts:
    html, plain = bodies
    troubles = set(extras.troubles)
    links, outlook = _links(html, plain), _outlook(html)
    if any(body.html.too_complex for body in (html, outlook) if body and body.html) or len(links) > MAX_LINKS:
        troubles.add(Trouble.TOO_DEEP)
    cut = extras.message is not None and Trouble.TOO_MANY_HEADERS in troubles
    sender = _sender(headers.get("from"))
    return DraftFacts(
        file=file, kind=kind,
        subject=_observed(headers.get("subject"), cut), sender=_observed(sender, cut),
        reply_to=_observed(_sender(headers.get("reply-to")), cut),
        html=_observed(html, False), plain=_observed(plain, False), message=_observed(extras.message, False),
        links=tuple(links[:MAX_LINKS]), text_links=tuple(_links(None, plain)[:MAX_LINKS]) if html else (),
        other_links=tuple(_other_links(html, links[:MAX_LINKS], outlook)[:MAX_LINKS]), outlook=outlook,
        attachments=_attachments(file, extras),
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


def _links(html: Body | None, plain: Body | None) -> list[DraftLink]:
    if html and html.html:
        return [
            DraftLink(parse_target(link.target), link.text, html, link.start, link.end, link.has_image)
            for link in html.html.links
        ]
    if plain is None:
        return []
    written = [(target, text, start, end) for target, text, start, end in markdown_links(plain.source)]
    inside = [(start, end) for _, _, start, end in written]
    bare = [(t, t, start, end) for t, start, end in bare_urls(plain.source) if not _within(start, inside)]
    return [DraftLink(parse_target(t), text, plain, start, end) for t, text, start, end in (*written, *bare)]


def _outlook(html: Body | None) -> Body | None:
    view = outlook_view(html.source) if html else None
    return Body(html.file, html.source, html.index, view.text, view) if html and view else None


def _other_links(html: Body | None, links: list[DraftLink], outlook: Body | None) -> list[DraftLink]:
    """What Outlook alone shows, where the forms of the HTML lead to, and its relative links as its first <base href>
    makes them whole."""
    if html is None or html.html is None:
        return []
    found = [*_links(outlook, None), *_tag_links(outlook, ("href",), *VML), *_tag_links(html, _ACTIONS, *_FORMS)]
    bases = (tag.attributes["href"] for tag in html.html.tags("base") if "href" in tag.attributes)
    base = parse_target(next(bases, ""))
    if not base.is_web:
        return found
    site = base.written[: len(base.written) - len(base.path)]
    relative = (link for link in links if not link.target.scheme and link.target.written[:1] not in ("", "#"))
    return found + [link._replace(target=parse_target(f"{site}/{link.target.path}")) for link in relative]


def _tag_links(body: Body | None, attributes: tuple[str, ...], *names: str) -> list[DraftLink]:
    """Where tags of these names lead to by the first of these attributes that they have."""
    tags = body.html.tags(*names) if body and body.html else ()
    targets = ((next(filter(None, map(tag.attributes.get, attributes)), ""), tag) for tag in tags)
    return [DraftLink(parse_target(target), "", body, tag.start, tag.end) for target, tag in targets if target and body]


def _within(start: int, spans: list[tuple[int, int]]) -> bool:
    before = bisect_right(spans, (start, 1 << 60)) - 1
    return before >= 0 and spans[before][0] <= start < spans[before][1]


def _sender(line: Line | None) -> Sender | None:
    return Sender(parse_mailbox(line.text), line) if line else None


def _attachments(file: str, extras: _Extras) -> tuple[Attachment, ...]:
    if extras.message is None:
        return ()
    found, shown = [], {part.start for part in extras.shown}
    for part in extras.message.walk():
        if part.children or part.content_type.startswith("multipart/") or part.start in shown:
            continue
        if part.is_attachment or not part.content_type.startswith(("text/", "image/")):
            size = part.end - part.start
            found.append(Attachment(part.filename, part.content_type, size, _attachment_place(file, part)))
    return tuple(found)


def _attachment_place(file: str, part: Part) -> Where:
    """The header that names the file, else the one that says what it is."""
    names = ("Content-Disposition", "Content-Type")
    header = next((found for found in (first_header(part.headers, name) for name in names) if found), None)
    return _header_line(file, header).where if header else Where(file)


def _selectors(message: Message | None) -> tuple[tuple[str, str], ...]:
    if message is None:
        return ()
    found = []
    for header in message.all_headers("DKIM-Signature")[:20]:
        tags = dict(_TAG_OF_SIGNATURE.findall(header.unfolded[:2_000]))
        if "s" in tags and "d" in tags:
            found.append((tags["s"].lower(), tags["d"].lower()))
    return tuple(dict.fromkeys(found))
