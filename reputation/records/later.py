"""Patterns compiled when first used: a draft needs few of them, and compiling all takes longer than reading it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, AnyStr, cast


class Later:
    """Behaves like the compiled pattern; its methods are fetched once and then cost nothing more."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self._source = (pattern, flags)
        self._compiled: re.Pattern[Any] | None = None

    def __getattr__(self, name: str) -> Any:
        """A method or field of the compiled pattern, kept for the next call."""
        if name.startswith("__"):
            raise AttributeError(name)
        found = getattr(self.compiled(), name)
        self.__dict__[name] = found
        return found

    def compiled(self) -> re.Pattern[Any]:
        """The pattern itself."""
        if self._compiled is None:
            self._compiled = re.compile(*self._source)
        return self._compiled


class Guarded(Later):
    """A pattern with a sign that is cheap to look for: a text without it has no match, so nothing is compiled."""

    def __init__(self, pattern: str | bytes, flags: int, when: Callable[[Any], bool]) -> None:
        super().__init__(pattern, flags)
        self.when = when

    def search(self, text: Any, *span: int) -> re.Match[Any] | None:
        """The first match."""
        return self.compiled().search(text, *span) if self.when(text) else None

    def match(self, text: Any, *span: int) -> re.Match[Any] | None:
        """The match at the beginning."""
        return self.compiled().match(text, *span) if self.when(text) else None

    def findall(self, text: Any, *span: int) -> list[Any]:
        """The words of all matches."""
        return self.compiled().findall(text, *span) if self.when(text) else []

    def finditer(self, text: Any, *span: int) -> Iterator[re.Match[Any]]:
        """All matches."""
        return self.compiled().finditer(text, *span) if self.when(text) else iter(())


def later(pattern: AnyStr, flags: int = 0, when: Callable[[AnyStr], bool] | None = None) -> re.Pattern[AnyStr]:
    """`re.compile`, put off. `when` is false only of texts in which the pattern can not match."""
    return cast("re.Pattern[AnyStr]", Guarded(pattern, flags, when) if when else Later(pattern, flags))


def holds(*words: str) -> Callable[[str], bool]:
    """The sign of a pattern whose matches each contain one of `words`."""
    return lambda text: any(map(text.__contains__, words))


def has_digit(text: str) -> bool:
    """The sign of a pattern whose matches contain a digit."""
    return any(map(str.isdigit, text))


def beyond_ascii(text: str) -> bool:
    """The sign of a pattern whose matches contain a character that ASCII lacks."""
    return not text.isascii()
