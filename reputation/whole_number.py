"""A whole number as people type it."""

from __future__ import annotations


def whole_number(text: str, least: int, most: int) -> int | None:
    """The number that the digits 0 to 9 in `text` write; None for any other text and outside of `least` to `most`.

    Other signs count as digits too ("²"), and Python reads only so many of them.
    """
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(most))):
        return None
    return number if least <= (number := int(text)) <= most else None
