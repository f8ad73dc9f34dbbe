"""Sentences: values, plurals and hostile values."""

from __future__ import annotations

from reputation.text import render, say, say_plural, verbatim


def test_values_are_filled_in_and_never_read_as_templates() -> None:
    """A stranger's braces stay braces."""
    assert render(say("seen: {what}", what="{0.__class__} {n}"), "en") == "seen: {0.__class__} {n}"


def test_the_number_chooses_the_form() -> None:
    """One list, two lists."""
    forms = [render(say_plural("{n} list", "{n} lists", n), "en") for n in (0, 1, 2)]
    assert forms == ["0 lists", "1 list", "2 lists"]


def test_sentences_nest_and_lists_join() -> None:
    """A sentence may be a value, and so may a list of names."""
    inner = say("no answer came in time")
    assert "no answer" in render(say("{a}; {b}", a=inner, b=("x", "y")), "en")
    assert render(verbatim("v=spf1 {x}"), "zh") == "v=spf1 {x}"


def test_the_causes_are_read_in_chinese() -> None:
    """The compiled catalogue is found and used."""
    assert render(say("no answer came in time"), "zh") != "no answer came in time"
