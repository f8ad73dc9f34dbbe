"""What is wrong with a catalogue, in one sentence that names the file, the list and the field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from reputation.text import Text, say

_SHOWN = 60  # characters of a wrong value that a message repeats


class CatalogueError(ValueError):
    """A catalogue file, or a list that was asked for, cannot be used. `text` is the sentence for the user."""

    def __init__(self, text: Text) -> None:
        super().__init__(str(text))
        self.text = text


@dataclass(frozen=True, slots=True)
class Place:
    """Where the loader is reading: the file, and the list by its zone or, without one, by its number."""

    file: str
    entry: Text | str

    def wrong(self, field: str, found: object, expected: Text) -> CatalogueError:
        """The field has a value that it must not have."""
        return CatalogueError(
            say(
                "{file}, {entry}: {field} is {found}, but it must be {expected}",
                file=self.file,
                entry=self.entry,
                field=field,
                found=shown(found),
                expected=expected,
            )
        )

    def missing(self, field: str, expected: Text) -> CatalogueError:
        """The field is not there, and the entry means nothing without it."""
        return CatalogueError(
            say(
                "{file}, {entry}: {field} is missing; it must be {expected}",
                file=self.file,
                entry=self.entry,
                field=field,
                expected=expected,
            )
        )

    def unknown(self, field: str, allowed: Iterable[str]) -> CatalogueError:
        """The field does not exist; most often it is misspelt."""
        names = sorted(allowed)
        near = tuple(get_close_matches(field, names, n=1)) or tuple(names)
        return CatalogueError(
            say(
                "{file}, {entry}: there is no field {field}; possible is: {allowed}",
                file=self.file,
                entry=self.entry,
                field=shown(field),
                allowed=near,
            )
        )


def shown(value: object, longest: int = _SHOWN) -> str:
    """A wrong value as a message repeats it: quoted, without control characters, and short."""
    whole = repr(value)
    return whole if len(whole) <= longest else whole[: longest - 3] + "..."
