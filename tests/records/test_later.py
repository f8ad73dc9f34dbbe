"""Patterns that are put off: a guard never keeps a text from its pattern in which that would find something."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

import reputation.gather.draft_reading
import reputation.records.mime_header
from reputation.checks.registry import modules_of
from reputation.records.later import Guarded, has_digit, holds, later

MODULES = [*modules_of("content"), reputation.gather.draft_reading, reputation.records.mime_header]
GUARDED = {
    f"{name}.{variable}.{at}": one
    for name, module in sys.modules.items()
    if name.startswith("reputation.")
    for variable, value in vars(module).items()
    for at, one in enumerate(value if isinstance(value, tuple) else (value,))
    if isinstance(one, Guarded)
}


@pytest.mark.parametrize("name", GUARDED)
@given(data=st.data())
def test_each_match_carries_the_sign_of_its_pattern(name: str, data: st.DataObject) -> None:
    """Whatever the pattern can match, alone and inside other words."""
    guarded = GUARDED[name]
    assert guarded.when(data.draw(st.from_regex(guarded.compiled())))


def test_a_text_without_the_sign_is_not_searched() -> None:
    """And one with it as the pattern says."""
    pattern = later(r"\d+ pieces", when=has_digit)
    assert (pattern.search("no pieces"), pattern.findall("no"), list(pattern.finditer("no"))) == (None, [], [])
    assert (pattern.findall("7 pieces"), [m[0] for m in pattern.finditer("7 pieces")]) == (["7 pieces"],) * 2
    assert pattern.search("of 12 pieces", 4).group() == "2 pieces"  # type: ignore[union-attr]
    assert later("a|b", when=holds("a", "b")).match("b") and not later("a|b", when=holds("a", "b")).match("c")


def test_there_are_such_patterns() -> None:
    """Else the first test would say nothing."""
    assert len(GUARDED) > 15
