"""One line on standard error while a run takes longer than a second, on a terminal only."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Final

from reputation.cli.frame.options import Options
from reputation.text import render, say

AFTER_S: Final = 1.0
_EVERY_S: Final = 0.2


class Progress:
    """Shows how many questions are answered; wipes its line at the end."""

    def __init__(self, options: Options) -> None:
        self._language = options.language
        self._silent = options.quiet or not sys.stderr.isatty()
        self._begun = self._shown_at = time.monotonic()
        self._width = 0

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._width:
            sys.stderr.write("\r" + " " * self._width + "\r")
            sys.stderr.flush()

    def tell(self, answered: int, asked: int) -> None:
        """Called by the engine now and then."""
        now = time.monotonic()
        if self._silent or now - self._begun < AFTER_S or now - self._shown_at < _EVERY_S:
            return
        line = render(say("{answered} of {asked} questions answered", answered=answered, asked=asked), self._language)
        self._shown_at, self._width = now, max(self._width, 2 * len(line))
        sys.stderr.write("\r" + line)
        sys.stderr.flush()
