"""Which text parts of a message a mail program shows, and which it only offers as files."""

from __future__ import annotations

from collections.abc import Iterator

from reputation.records.message import Message, Part
from reputation.records.trouble import Trouble

_HTML_TYPES = frozenset(("text/html", "application/xhtml+xml"))
_SHOWN_TYPES = _HTML_TYPES | {"text/plain", "text/markdown"}
_ENCODINGS = frozenset(("", "7bit", "8bit", "binary", "quoted-printable", "base64", "7-bit", "8-bit", "none"))
_SEALED_TYPES = frozenset(("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"))


def shown_parts(message: Message) -> tuple[Part, ...]:
    """The text parts that are shown, in the order of the file: RFC 2046 section 5.1.3 puts those of a multipart/mixed
    one below the other. Texts of an enclosed message count only where there is nothing else; so does a text of a kind
    that is not known, which is shown as plain text (RFC 2046 section 4.1.4)."""
    own = tuple(_shown(message.root, "", enclosed=False)) or tuple(_shown(message.root, "", enclosed=True))
    return (
        own or tuple(part for part in message.walk() if part.content_type.startswith("text/") and not part.children)[:1]
    )


def is_html(part: Part) -> bool:
    """Whether the part is a document in HTML."""
    return part.content_type in _HTML_TYPES


def unread(message: Message, shown: tuple[Part, ...]) -> set[Trouble]:
    """Why texts that are shown, or hidden in a seal, can not be read here."""
    troubles = {Trouble.UNKNOWN_ENCODING for part in shown if part.encoding not in _ENCODINGS}
    return troubles | {Trouble.SEALED for part in message.walk() if part.content_type in _SEALED_TYPES}


def _shown(part: Part, parent: str, *, enclosed: bool) -> Iterator[Part]:
    if part.content_type.startswith("message/") and not enclosed:
        return
    for child in part.children:
        yield from _shown(child, part.content_type, enclosed=enclosed)
    if not part.children and _is_text(part) and not _is_file(part, parent):
        yield part


def _is_text(part: Part) -> bool:
    """A root that is declared multipart and has no part is shown as text."""
    return part.content_type in _SHOWN_TYPES or (part.depth == 0 and part.content_type.startswith("multipart/"))


def _is_file(part: Part, parent: str) -> bool:
    """A name alone makes no file of the whole message, nor of one of several forms of the same text."""
    if part.depth == 0 or parent == "multipart/alternative":
        return part.disposition.value == "attachment"
    return part.is_attachment
