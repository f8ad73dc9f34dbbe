"""A stranger's TXT, made safe to show."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reputation.records.reason_text import MAX_CHARACTERS, reason_text


@pytest.mark.parametrize(
    ("texts", "shown"),
    [
        ([b"Listed, see https://example.test/"], "Listed, see https://example.test/"),
        ([b"one", b"two"], "one / two"),
        ([b"\x1b[2J\x07"], "\\x1b[2J\\x07"),
        (["\u202eevil\u2066".encode()], "\\u202eevil\\u2066"),
        ([b"a\nb\r\nc"], "a\\x0ab\\x0d\\x0ac"),
        ([b"\xff\xfe"], "\ufffd\ufffd"),
        ([], ""),
    ],
)
def test_controls_become_visible(texts: list[bytes], shown: str) -> None:
    """Nothing is left that a terminal would obey."""
    assert reason_text(texts) == shown


@given(st.lists(st.binary(max_size=2000), max_size=20))
def test_it_is_one_short_printable_line(texts: list[bytes]) -> None:
    """Whatever the bytes."""
    shown = reason_text(texts)
    assert len(shown) <= MAX_CHARACTERS
    assert all(c.isprintable() or c.isspace() for c in shown)
    assert len(shown.splitlines()) <= 1
