"""Enhanced mail system status codes (RFC 3463, RFC 5248): class.subject.detail."""

from __future__ import annotations

import re

_STATUS = re.compile(r"(?<![\d.:\[/_-])([245])\.(\d{1,3})\.(\d{1,3})(?![\d]|\.\d)")
_MARKED = re.compile(
    r"(?:#|\b[245]\d\d[ -]+#?|status:? *|dsn[=:] *|\()([245])\.(\d{1,3})\.(\d{1,3})(?![\d]|\.\d)", re.I
)
_GENERIC = frozenset({"0.0", "1.0", "2.0", "3.0", "4.0", "5.0", "6.0", "7.0", "7.1", "0.1"})


def find_status(text: str) -> str:
    """The status code in `text`, or "". One that stands behind a reply code or a "#" wins over any other."""
    match = _MARKED.search(text) or _STATUS.search(text)
    return _written(match) if match and int(match[2]) <= 7 else ""


def parse_status(text: str) -> str:
    """The code of a Status field (RFC 3464 section 2.3.4), comments and blanks allowed; "" when there is none."""
    match = _STATUS.search(f" {text.strip()[:80]}")
    return _written(match) if match else ""


def _written(match: re.Match[str]) -> str:
    return f"{match[1]}.{int(match[2])}.{int(match[3])}"


def is_generic(status: str) -> bool:
    """Whether the code says hardly more than its class, as 5.0.0 and the catch-all 5.7.1 do."""
    return status.partition(".")[2] in _GENERIC


def class_of(status: str) -> int:
    """2, 4 or 5; 0 for no code."""
    return int(status[0]) if status else 0
