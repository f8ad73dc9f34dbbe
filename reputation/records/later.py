"""Patterns compiled when first used: a draft needs few of them, and compiling all takes longer than reading it."""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


class Later:
    """Behaves like the compiled pattern; its methods are fetched once and then cost nothing more."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self._source = (pattern, flags)

    def __getattr__(self, name: str) -> Any:
        """A method or field of the compiled pattern, kept for the next call."""
        if name.startswith("__"):
            raise AttributeError(name)
        found = getattr(self.compiled(), name)
        self.__dict__[name] = found
        return found

    def compiled(self) -> re.Pattern[Any]:
        """The pattern itself."""
        pattern, flags = self._source
        return re.compile(pattern, flags)


def later(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """`re.compile`, put off."""
    return cast("re.Pattern[AnyStr]", Later(pattern, flags))
