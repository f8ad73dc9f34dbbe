"""Names that may be asked of DNS: RFC 1035 sizes, and no character that means something to a name server's file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_LABEL: Final = re.compile(r"[ -\[\]-~]{1,63}")  # printable ASCII but the backslash, which no real name holds
_MAX_NAME: Final = 253


def normal(name: str) -> str:
    """The name as questions carry it: lower case, no final dot."""
    return name.lower().removesuffix(".")


def may_be_asked(name: str) -> bool:
    """True for a name of at least one label, each of 1 to 63 printable characters, 253 in all."""
    bare = normal(name)
    return 0 < len(bare) <= _MAX_NAME and all(_LABEL.fullmatch(label) for label in bare.split("."))


def parents(name: str) -> Iterator[str]:
    """The name itself and every name above it down to one label."""
    labels = normal(name).split(".")
    return (".".join(labels[at:]) for at in range(len(labels)))


def is_below(name: str, parent: str) -> bool:
    """True when `name` is `parent` or a name under it."""
    return f".{normal(name)}".endswith(f".{normal(parent)}")
