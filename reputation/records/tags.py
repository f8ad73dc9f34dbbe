"""Tag lists as DKIM keys (RFC 6376 section 3.2), DMARC (RFC 9989 section 4.7), MTA-STS and TLS-RPT share them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_FOLD: Final = re.compile(r"[ \t\r\n]+")


@dataclass(frozen=True, slots=True)
class TagList:
    """The tags in the order found, each name in lower case; `faults` are the pieces that are no tag or come twice."""

    tags: tuple[tuple[str, str], ...]
    faults: tuple[str, ...] = ()

    def get(self, name: str, default: str = "") -> str:
        """The value of a tag, or `default`."""
        return next((value for tag, value in self.tags if tag == name), default)

    def has(self, name: str) -> bool:
        """True when the tag occurs."""
        return any(tag == name for tag, _ in self.tags)


def parse_tags(text: str) -> TagList:
    """The tags of `text`. What is no tag is kept as a fault, never guessed."""
    tags: dict[str, str] = {}
    faults: list[str] = []
    for piece in text.split(";"):
        bare = piece.strip(" \t\r\n")
        name, equals, value = bare.partition("=")
        name = name.rstrip(" \t\r\n").lower()
        if not bare:
            continue
        if not equals or not _NAME.fullmatch(name) or name in tags:
            faults.append(bare)
        else:
            tags[name] = value.strip(" \t\r\n")
    return TagList(tuple(tags.items()), tuple(faults))


def without_blanks(text: str) -> str:
    """A value in which folding white space means nothing, such as base64."""
    return _FOLD.sub("", text)
