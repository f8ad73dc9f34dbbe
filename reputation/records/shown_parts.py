"""Which texts of a message mail programs show, and which they only offer as files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from reputation.records.message import Message, Part
from reputation.records.trouble import Trouble

_HTML_TYPES = frozenset(("text/html", "application/xhtml+xml"))
_SHOWN_TYPES = _HTML_TYPES | {"text/plain", "text/markdown"}
_FILE_TYPES = frozenset(("text/calendar", "text/csv", "text/vcard", "text/x-vcard", "text/css", "text/javascript"))
_ENCODINGS = frozenset(("", "7bit", "8bit", "binary", "quoted-printable", "base64", "7-bit", "8-bit", "none"))
_SEALED_TYPES = frozenset(
    ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime", "application/ms-tnef",
     "application/vnd.ms-tnef", "message/partial")
)  # fmt: skip
_SEALED_NAMES = (".p7m", "winmail.dat")
_SEALED_TEXT = "-----BEGIN PGP MESSAGE-----"


class Shown(NamedTuple):
    """The texts of a message, each list in the order of the file.

    `rich` is what a program that knows HTML shows, one below the other (RFC 2046 section 5.1.3); `plain` what one
    without HTML shows in its place; `special` what only some programs know, such as AMP.
    """

    rich: tuple[Part, ...]
    plain: tuple[Part, ...]
    special: tuple[Part, ...]

    @property
    def texts(self) -> tuple[Part, ...]:
        """All of them, each once."""
        rest = (part for part in self.plain if not any(part is one for one in self.rich))
        return (*self.rich, *rest, *self.special)


class _Leaf(NamedTuple):
    part: Part
    choice: int  # the place of the multipart/alternative that it is one form of; -1: of none


def shown_parts(message: Message) -> Shown:
    """The texts that are shown. Those of an enclosed message count only where there is nothing else; so does a text of
    a kind that is not known, which is shown as plain text (RFC 2046 section 4.1.4)."""
    leaves = list(_leaves(message.root, "", -1, enclosed=False)) or list(_leaves(message.root, "", -1, enclosed=True))
    known = [leaf for leaf in leaves if _is_known(leaf.part)]
    special = [leaf.part for leaf in leaves if not _is_known(leaf.part)]
    if not known:
        return Shown(tuple(special[:1]), (), tuple(special[1:]))
    with_html = {leaf.choice for leaf in known if leaf.choice >= 0 and is_html(leaf.part)}
    rich = tuple(leaf.part for leaf in known if is_html(leaf.part) or leaf.choice not in with_html)
    plain = tuple(leaf.part for leaf in known if not is_html(leaf.part))
    return Shown(rich, plain if any(leaf.choice in with_html for leaf in known) else (), tuple(special))


def is_html(part: Part) -> bool:
    """Whether the part is a document in HTML."""
    return part.content_type in _HTML_TYPES


def unread(message: Message, shown: Shown) -> set[Trouble]:
    """Why texts that are shown, or hidden in a seal, can not be read here."""
    troubles = {Trouble.UNKNOWN_ENCODING for part in shown.texts if part.encoding not in _ENCODINGS}
    if not shown.rich and any(_is_closed(part) for part in message.walk()):
        troubles.add(Trouble.UNKNOWN_ENCODING)
    if any(map(_is_sealed, message.walk())) or any(f"\n{_SEALED_TEXT}" in f"\n{part.text}" for part in shown.texts):
        troubles.add(Trouble.SEALED)
    return troubles


def _is_closed(part: Part) -> bool:
    """An enclosed message in an encoding that RFC 2046 section 5.2.1 forbids."""
    return part.content_type.startswith("message/") and not part.children


def _is_sealed(part: Part) -> bool:
    return part.content_type in _SEALED_TYPES or part.filename.lower().endswith(_SEALED_NAMES)


def _leaves(part: Part, parent: str, choice: int, *, enclosed: bool) -> Iterator[_Leaf]:
    if part.content_type.startswith("message/") and not enclosed:
        return
    choice = part.start if part.content_type == "multipart/alternative" else choice
    for child in part.children:
        yield from _leaves(child, part.content_type, choice, enclosed=enclosed)
    if not part.children and _is_text(part) and not _is_file(part, parent):
        yield _Leaf(part, choice)


def _is_known(part: Part) -> bool:
    """One that is declared multipart and has no part is shown as text."""
    return part.content_type in _SHOWN_TYPES or part.content_type.startswith("multipart/")


def _is_text(part: Part) -> bool:
    return _is_known(part) or (part.content_type.startswith("text/") and part.content_type not in _FILE_TYPES)


def _is_file(part: Part, parent: str) -> bool:
    """A name alone makes no file of the whole message, nor of one of several forms of the same text."""
    if part.depth == 0 or parent == "multipart/alternative":
        return part.disposition.value == "attachment"
    return part.is_attachment
