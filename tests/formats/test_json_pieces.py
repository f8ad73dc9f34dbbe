"""JSON in pieces is the JSON that the standard library writes."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from reputation.formats.json_pieces import json_pieces
from reputation.model import Json

SIMPLE = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
VALUES: st.SearchStrategy[Json] = st.recursive(
    SIMPLE, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3), max_leaves=12
)


@given(st.dictionaries(st.text(), VALUES, min_size=1, max_size=5))
def test_it_is_what_dumps_writes(fields: dict[str, Json]) -> None:
    lazy = {name: iter(value) if isinstance(value, list) else value for name, value in fields.items()}
    assert "".join(json_pieces(fields)) == "".join(json_pieces(lazy)) == json.dumps(fields, indent=2)
