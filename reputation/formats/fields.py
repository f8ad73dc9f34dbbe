"""Values out of a JSON object that anybody may have written: each is asked for with its kind, and named when wrong."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from reputation.text import Text, say

E = TypeVar("E", bound=StrEnum)
K = TypeVar("K")


class FieldError(ValueError):
    """A value is not what it must be; `sentence` names its place and says what was expected."""

    def __init__(self, place: str, expected: Text) -> None:
        self.sentence = say("{place} is not {expected}", place=place[:80], expected=expected)
        super().__init__(str(self.sentence))


class Fields:
    """One JSON object and its place in the file, such as `results[3].remedy`."""

    def __init__(self, raw: object, place: str) -> None:
        if not isinstance(raw, dict):
            raise FieldError(place, say("an object"))
        self.raw: Mapping[str, Any] = raw
        self.place = place

    def text(self, name: str, default: str | None = None) -> str:
        """A string."""
        return self._checked(name, default, str, say("a text"))

    def whole(self, name: str, most: int) -> int:
        """A whole number from 0 to `most`."""
        found = self.raw.get(name)
        if isinstance(found, bool) or not isinstance(found, int) or not 0 <= found <= most:
            raise FieldError(self._at(name), say("a whole number from 0 to {most}", most=most))
        return found

    def number(self, name: str) -> float:
        """Any number."""
        found = self.raw.get(name)
        if isinstance(found, bool) or not isinstance(found, int | float):
            raise FieldError(self._at(name), say("a number"))
        return float(found)

    def moment(self, name: str) -> str:
        """A date and time with its offset, as RFC 3339 writes it."""
        found = self.text(name)
        with contextlib.suppress(ValueError):
            if datetime.fromisoformat(found).tzinfo:
                return found
        raise FieldError(self._at(name), say("a date and time such as {example}", example="2026-11-24T08:00:00Z"))

    def flag(self, name: str) -> bool:
        """True or false."""
        return self._checked(name, None, bool, say("true or false"))

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of strings."""
        found = self._list(name, None)
        if not all(isinstance(one, str) for one in found):
            raise FieldError(self._at(name), say("a list of texts"))
        return tuple(found)

    def member(self, name: str, kind: type[E]) -> E:
        """A word of a fixed set."""
        found = self.raw.get(name)
        if not isinstance(found, str) or found not in list(kind):
            raise FieldError(self._at(name), say("one of {words}", words=tuple(kind)))
        return kind(found)

    def child(self, name: str) -> Fields:
        """The object of that name, which must be there."""
        return Fields(self.raw.get(name), self._at(name))

    def optional(self, name: str) -> Fields | None:
        """The object of that name, if there is one."""
        return None if self.raw.get(name) is None else self.child(name)

    def children(self, name: str, default: list[Any] | None = None) -> Iterator[Fields]:
        """The objects in the list of that name."""
        return (Fields(one, f"{self._at(name)}[{n}]") for n, one in enumerate(self._list(name, default)))

    def _list(self, name: str, default: list[Any] | None) -> list[Any]:
        return self._checked(name, default, list, say("a list"))

    def _checked(self, name: str, default: K | None, kind: type[K], expected: Text) -> K:
        found = self.raw.get(name, default)
        if not isinstance(found, kind):
            raise FieldError(self._at(name), expected)
        return found

    def _at(self, name: str) -> str:
        return f"{self.place}.{name}" if self.place else name
