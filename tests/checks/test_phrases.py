"""The phrase data: well formed, found in every language and through simple tricks, and never more than information."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from reputation.checks.content import _phrases
from reputation.checks.content._finding import Evidence
from reputation.checks.content._phrases import find, phrases, words_of
from reputation.records.mail_text import folded

FILES = sorted((Path(_phrases.__file__).parent / "words").glob("*.toml"))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_a_file_is_well_formed(path: Path) -> None:
    raw = tomllib.loads(path.read_text("utf-8"))
    assert raw["language"] == path.stem
    for group in raw["group"]:
        assert group["evidence"] in ("measured", "measured-old", "folklore")
        assert group["phrases"] == sorted(set(group["phrases"]))
        assert all(len(text) >= 2 and text == text.strip().lower() for text in group["phrases"])


def test_no_phrase_is_listed_twice_in_a_language() -> None:
    keys = [(phrase.language, folded(phrase.text).text) for phrase in phrases()]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("phrase", phrases(), ids=lambda p: f"{p.language}: {p.text}")
def test_each_phrase_is_found_in_a_text(phrase: _phrases.Phrase) -> None:
    text = folded(f"x. {phrase.text.upper()} , y")
    assert any(hit.phrase == phrase or phrase.text in hit.phrase.text for hit in find(text, phrase.evidence))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ACT\r\n   NOW", "act now"),
        ("act-now", "act now"),
        ("a\u200bct n\u200bow", "act now"),
        ("Ａｃｔ ｎｏｗ", "act now"),
        ("代 开 发 票", "代开发票"),
        ("代。开*发-票", "代开发票"),
    ],
)
def test_is_found_through_simple_tricks(text: str, found: str) -> None:
    assert found in {hit.phrase.text for hit in find(folded(text), "measured-old")}


@pytest.mark.parametrize("text", ["fact nowhere", "pharmacyst", "compact now"])
def test_a_part_of_a_word_is_no_phrase(text: str) -> None:
    assert not find(folded(text), "measured-old")


def test_a_hit_knows_its_place() -> None:
    original = "Dear  Bob,\nplease ACT\n now."
    (hit,) = [hit for hit in find(folded(original), "measured-old") if hit.phrase.text == "act now"]
    assert original[hit.start : hit.end] == "ACT\n now"


def test_the_words_of_every_label_are_kept_while_another_is_asked() -> None:
    first = [words_of(label.value) for label in Evidence]
    again = [words_of(label.value) for label in Evidence]
    assert all(one is other for one, other in zip(first, again, strict=True))
