"""The colour of each outcome on a terminal, as the numbers of ECMA-48 (8.3.117, select graphic rendition)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from reputation.model import Outcome

COLORS: Final[Mapping[Outcome, str]] = {
    Outcome.FAIL: "31;1", Outcome.WARN: "33", Outcome.INFO: "36", Outcome.UNKNOWN: "35",
}  # fmt: skip


def painted(text: str, code: str) -> str:
    """The text in that colour, and what follows it in none."""
    return f"\x1b[{code}m{text}\x1b[0m"
