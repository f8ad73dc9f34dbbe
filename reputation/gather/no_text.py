"""Files that hold no text to read, and what their owner can do: a Word file, a PDF, a picture, a mail of Outlook."""

from __future__ import annotations

from typing import Final

from reputation.bad_input import called
from reputation.records.charset import is_utf16
from reputation.text import Text, say

_HEAD: Final = 8_192
_PICTURES: Final = (b"\x89PNG", b"GIF8", b"\xff\xd8\xff")
_OTHERS: Final = (b"\x1f\x8b", b"\x7fELF", b"Rar!", b"7z\xbc\xaf")


def no_text(file: str, head: bytes, *, is_message: bool = False) -> Text | None:
    """The sentence that refuses the file by its first bytes, or None where it may be a text.

    Zeros make no file binary that a mail program wrote as a message: parts of it may be 8-bit.
    """
    if head.startswith(b"PK\x03\x04"):
        return say(
            "{file}: a Word, Excel or zip file can not be read here; save it as a web page (.html) or text (.txt), or "
            "copy the words and paste them",
            file=called(file),
        )
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return say(
            "{file}: a mail of Outlook (.msg) or an old Office file can not be read here; save it as .eml, .html or "
            ".txt, or copy the words and paste them",
            file=called(file),
        )
    if head.startswith(b"%PDF"):
        return say("{file}: a PDF can not be read here; copy the words out of it and paste them", file=called(file))
    if head.startswith(b"{\\rtf"):
        return say(
            "{file}: RTF can not be read here; save it as .html or .txt, or copy the words and paste them", file=file
        )
    if head.startswith(_PICTURES):
        return say(
            "{file}: a picture can not be read here; copy the words themselves and paste them", file=called(file)
        )
    if head.startswith(_OTHERS) or (not is_message and _is_binary(head)):
        return say("{file}: not a text but a binary file; expected a mail, a web page or a text", file=called(file))
    return None


def _is_binary(head: bytes) -> bool:
    return b"\0" in head[:_HEAD] and not is_utf16(head)
