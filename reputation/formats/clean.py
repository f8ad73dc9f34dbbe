"""Strangers' bytes made harmless, once, at the border of each kind of output."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# C0, DEL, C1, bidi controls, line and paragraph separators, what is invisible or blank, tags, lone surrogates
_HOSTILE: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)
_FORMULA: Final = tuple("=+-@＝＋－＠﹦﹢﹣﹫−")  # as typed, full-width, small form, and the minus sign


def one_line(text: str) -> str:
    """For a terminal, a table cell or a log: one line, control characters in visible form."""
    return _HOSTILE.sub(_visible, text)


def lines(text: str) -> str:
    """For a terminal: as `one_line`, but its line ends stay."""
    return "\n".join(one_line(line) for line in text.split("\n"))


def cell(text: str) -> str:
    """For CSV and spreadsheets: no cell that a spreadsheet would run as a formula (CWE-1236)."""
    shown = one_line(text)
    return "'" + shown if shown.lstrip().startswith(_FORMULA) or text.lstrip().startswith(_FORMULA) else shown


def safe_url(url: str) -> str:
    """The address when it is http, https or mailto; otherwise nothing."""
    return url if re.match(r"(https?://|mailto:)[^\s\"'<>]+$", url, re.IGNORECASE) and one_line(url) == url else ""


def file_stem(text: str) -> str:
    """For a file name: only a-z, 0-9, dot and hyphen, no leading dot, at most 100 characters, never empty."""
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9.-]+", "-", plain).lstrip(".-")[:100] or "report"


def _visible(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
