"""A JSON object of many rows in pieces: as `json.dumps(..., indent=2)` writes it, and never whole in memory."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from reputation.model import Json

Fields = Mapping[str, "Json | Iterator[Json] | Iterator[Fields]"]


def json_pieces(fields: Fields, by: int = 0) -> Iterator[str]:
    """The object, without a line end behind it and with its lines `by` blanks further in. A field may be an iterator,
    which gives the rows of a list; such a row may have fields of that kind in its turn."""
    blanks = " " * by
    before = "{"
    for name, value in fields.items():
        yield f"{before}\n{blanks}  {json.dumps(name)}: "
        yield from _rows(value, by + 2) if isinstance(value, Iterator) else (_indented(value, by + 2),)
        before = ","
    yield f"\n{blanks}}}" if fields else "{}"


def _rows(rows: Iterator[Json] | Iterator[Fields], by: int) -> Iterator[str]:
    blanks = " " * by
    before = "["
    for row in rows:
        yield f"{before}\n{blanks}  "
        yield from _row(row, by + 2)
        before = ","
    yield "[]" if before == "[" else f"\n{blanks}]"


def _row(row: Json | Fields, by: int) -> Iterator[str]:
    if isinstance(row, dict) and any(isinstance(value, Iterator) for value in row.values()):
        yield from json_pieces(row, by)
    else:
        yield _indented(row, by)


def _indented(value: object, by: int) -> str:
    return json.dumps(value, indent=2, allow_nan=False).replace("\n", "\n" + " " * by)
