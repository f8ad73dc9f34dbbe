"""A JSON object of many rows in pieces: as `json.dumps(..., indent=2)` writes it, and never whole in memory."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from reputation.model import Json

Rows: TypeAlias = "Json | Iterable[Json]"


def json_pieces(fields: Mapping[str, Rows]) -> Iterator[str]:
    """The object, without a line end behind it. A field may be a list, or anything else that gives the rows of one."""
    before = "{\n"
    for name, value in fields.items():
        yield f"{before}  {json.dumps(name)}: "
        if value is None or isinstance(value, dict | str | int | float):
            yield _indented(value, 2)
        else:
            yield from _rows(value)
        before = ",\n"
    yield "\n}"


def _rows(rows: Iterable[Json]) -> Iterator[str]:
    before = "[\n"
    for row in rows:
        yield f"{before}    {_indented(row, 4)}"
        before = ",\n"
    yield "[]" if before == "[\n" else "\n  ]"


def _indented(value: Json, by: int) -> str:
    return json.dumps(value, indent=2, allow_nan=False).replace("\n", "\n" + " " * by)
