"""The TXT record beside a listing (RFC 5782 section 2.1): a stranger's words, made safe to show."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

MAX_CHARACTERS: Final = 250
_MAX_BYTES: Final = 1024
_HIDDEN: Final = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp", "Co", "Cn"))


def reason_text(texts: Sequence[bytes]) -> str:
    """The texts as one line of at most 250 characters; controls and direction marks are shown as escapes."""
    words = " / ".join(_decoded(text) for text in texts[:8])
    return words if len(words) <= MAX_CHARACTERS else words[: MAX_CHARACTERS - 3] + "..."


def _decoded(text: bytes) -> str:
    return "".join(_visible(character) for character in text[:_MAX_BYTES].decode("utf-8", "replace")).strip()


def _visible(character: str) -> str:
    if unicodedata.category(character) not in _HIDDEN:
        return character
    number = ord(character)
    return f"\\x{number:02x}" if number < 256 else f"\\u{number:04x}"
