"""Text that remembers where each of its characters came from."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple


class MappedText(NamedTuple):
    """`text`, and for runs of it (beginning at `starts`, sorted) the offset of the run in the original (`origins`)."""

    text: str
    starts: tuple[int, ...] = (0,)
    origins: tuple[int, ...] = (0,)

    def origin(self, offset: int) -> int:
        """The offset in the original of the character at `offset`."""
        run = bisect_right(self.starts, offset) - 1
        return self.origins[run] + offset - self.starts[run] if run >= 0 else offset

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original's span of `text[start:end]`, end exclusive."""
        first = self.origin(start)
        return first, max(first, self.origin(max(start, end - 1)) + 1)


class TextBuilder:
    """Collects pieces with their origins into a MappedText."""

    __slots__ = ("_origins", "_pieces")

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._origins: list[int] = []

    def __len__(self) -> int:
        """How many pieces there are; as many runs the text will have."""
        return len(self._pieces)

    def add(self, piece: str, origin: int) -> None:
        """Appends `piece`, whose first character stood at `origin`."""
        if piece:
            self._pieces.append(piece)
            self._origins.append(origin)

    def build(self) -> MappedText:
        """The text so far."""
        ends = accumulate(map(len, self._pieces), initial=0)
        return MappedText("".join(self._pieces), tuple(ends)[:-1], tuple(self._origins))
