"""What the terminal can show."""

from __future__ import annotations

import os
import sys
from typing import Final

_LINE: Final = "\u2500\u2588"


def wants_color(choice: str, *, to_file: bool) -> bool:
    """--color, else FORCE_COLOR, NO_COLOR (no-color.org), TERM, and whether anybody is looking."""
    if choice != "auto":
        return choice == "always"
    if to_file or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()


def has_unicode() -> bool:
    """Whether standard output can show lines and blocks."""
    try:
        _LINE.encode(sys.stdout.encoding or "ascii")
    except (UnicodeError, LookupError):
        return False
    return True
