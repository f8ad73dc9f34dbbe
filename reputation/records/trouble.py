"""What may stand between a draft and its reader."""

from __future__ import annotations

from enum import StrEnum


class Trouble(StrEnum):
    """What kept a message from being read completely or as declared."""

    TOO_LARGE = "too-large"
    TOO_DEEP = "too-deep"
    TOO_MANY_PARTS = "too-many-parts"
    TOO_MANY_HEADERS = "too-many-headers"
    HEADER_TOO_LONG = "header-too-long"
    LINE_TOO_LONG = "line-too-long"
    NO_BOUNDARY = "no-boundary"
    MALFORMED_HEADER = "malformed-header"
    UNKNOWN_CHARSET = "unknown-charset"
    UNDECLARED_CHARSET = "undeclared-charset"
    WRONG_CHARSET = "wrong-charset"
    DAMAGED_TEXT = "damaged-text"
    UNKNOWN_ENCODING = "unknown-encoding"
    SEALED = "sealed"


TOO_COMPLEX = frozenset(
    {Trouble.TOO_LARGE, Trouble.TOO_DEEP, Trouble.TOO_MANY_PARTS, Trouble.TOO_MANY_HEADERS, Trouble.HEADER_TOO_LONG,
     Trouble.LINE_TOO_LONG, Trouble.UNKNOWN_ENCODING, Trouble.SEALED}
)  # fmt: skip
