"""Strangers' bytes made harmless, once, at the border of each kind of output."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# C0, DEL, C1, bidi controls, line and paragraph separators, invisible format characters, lone surrogates
_HOSTILE: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufff9-\ufffb]"
)
_FORMULA: Final = tuple("=+-@\t\r\n＝＋－＠")


def one_line(text: str) -> str:
    """For a terminal, a table cell or a log: one line, control characters in visible form."""
    return _HOSTILE.sub(_visible, text)


def lines(text: str) -> str:
    """For a terminal: as `one_line`, but its line ends stay."""
    return "\n".join(one_line(line) for line in text.split("\n"))


def cell(text: str) -> str:
    """For CSV and spreadsheets: no cell that a spreadsheet would run as a formula (CWE-1236)."""
    shown = one_line(text)
    bare = shown.lstrip(" \u3000\xa0")
    return "'" + shown if bare.startswith(_FORMULA) or text.lstrip(" ").startswith(_FORMULA) else shown


def safe_url(url: str) -> str:
    """The address when it is http, https or mailto; otherwise nothing."""
    return url if re.match(r"(https?://|mailto:)[^\s\"'<>]+$", url, re.IGNORECASE) and one_line(url) == url else ""


def file_stem(text: str) -> str:
    """For a file name: only a-z, 0-9, dot and hyphen, no leading dot, at most 100 characters, never empty."""
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9.-]+", "-", plain).lstrip(".-")[:100] or "report"


def _visible(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
