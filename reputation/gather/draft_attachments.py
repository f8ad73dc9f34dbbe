"""The files that go with a draft; none is opened."""

from __future__ import annotations

from reputation.facts.draft import Attachment, Line
from reputation.model import Where
from reputation.records.message import Message, Part, first_header
from reputation.records.position import HeaderIndex
from reputation.records.shown_parts import Shown

_SEALS = frozenset(
    ("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature",
     "application/pgp-encrypted")
)  # fmt: skip


def attachments_of(file: str, message: Message | None, shown: Shown, html: str) -> tuple[Attachment, ...]:
    """What a reader is offered as a file; a picture is none that stands in the text of `html`."""
    if message is None:
        return ()
    texts = {id(part) for part in shown.texts}
    parts = (part for part in _leaves(message.root) if _is_offered(part, id(part) in texts, html))
    return tuple(_attachment(file, part) for part in parts)


def _leaves(part: Part) -> list[Part]:
    """The parts that hold something; an enclosed message is one."""
    if part.content_type.startswith("multipart/") or (part.depth == 0 and part.children):
        return [leaf for child in part.children for leaf in _leaves(child)]
    return [part]


def _is_offered(part: Part, is_shown: bool, html: str) -> bool:
    if is_shown:
        return part.depth > 0 and bool(part.filename) and part.disposition.value == "inline"
    if part.content_type.startswith("image/") and part.disposition.value != "attachment":
        return bool(part.filename) and not _is_in(html, part)
    return part.content_type not in _SEALS


def _is_in(html: str, picture: Part) -> bool:
    """Whether the HTML shows the picture by its Content-ID (RFC 2392)."""
    name = picture.header("Content-ID").strip().strip("<>")
    return bool(name) and f"cid:{name}" in html


def _attachment(file: str, part: Part) -> Attachment:
    name, other = part.filename, part.content.parameters.get("name", "")
    also = other if other != name else ""
    return Attachment(name, part.content_type, part.end - part.start, _place(file, part), also)


def _place(file: str, part: Part) -> Where:
    """The header that names the file, else the one that says what it is."""
    names = ("Content-Disposition", "Content-Type")
    header = next((found for found in (first_header(part.headers, name) for name in names) if found), None)
    return Line(file, header.value, header.unfolded, HeaderIndex(header)).where if header else Where(file)
