"""The mbox format (RFC 4155, appendix A): messages one after the other, each begun by a line "From "."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from reputation.bounces.find.mail import MAX_BYTES

_MAX_LINE: Final = 1024 * 1024


def mbox_messages(path: Path) -> Iterator[bytes]:
    """Each message, of which at most MAX_BYTES are kept, so that the size of the file does not matter."""
    with path.open("rb") as stream:
        yield from split_mbox(iter(lambda: stream.readline(_MAX_LINE), b""))


def split_mbox(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The messages in the lines of an mbox. A separator stands at the start or behind an empty line."""
    message: list[bytes] = []
    size, blank = 0, True
    for line in lines:
        if blank and line.startswith(b"From ") and _is_separator(line):
            if message:
                yield b"".join(message)
            message, size = [], 0
        elif size < MAX_BYTES:
            message.append(line[1:] if line.startswith(b">From ") else line)
            size += len(line)
        blank = not line.strip()
    if message:
        yield b"".join(message)


def _is_separator(line: bytes) -> bool:
    """Whether a line ends in a date, as "From joe@example.org Sat Jan  3 01:05:34 1996" does."""
    words = line.split()
    return len(words) <= 2 or any(word.isdigit() and len(word) == 4 for word in words[2:]) or b":" in line
