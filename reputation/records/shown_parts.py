"""Which text parts of a message a mail program shows, and which it only offers as files."""

from __future__ import annotations

from collections.abc import Iterator

from reputation.records.message import Message, Part

HTML = "text/html"
_SHOWN_TYPES = frozenset((HTML, "text/plain", "text/markdown"))


def shown_parts(message: Message) -> tuple[Part, ...]:
    """The text parts that are shown, in the order of the file: RFC 2046 section 5.1.3 puts those of a multipart/mixed
    one below the other. Texts of an enclosed message count only where there is nothing else."""
    own = tuple(_shown(message.root, "", enclosed=False))
    return own or tuple(_shown(message.root, "", enclosed=True))


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
