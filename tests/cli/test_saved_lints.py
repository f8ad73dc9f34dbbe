"""`--save`: a lint is kept as a check is, and a command that has no report to keep says so instead of keeping none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.command_line import here, sentences

LETTER = "From: Anna <anna@example.com>\nSubject: hello there\n\nSee http://203.0.113.7/x for details.\n"


@pytest.fixture
def letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A draft with a finding, in the working folder."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "Our offer.eml"
    path.write_text(LETTER, "utf-8")
    return path


def test_a_lint_is_kept_as_json_and_in_each_format_that_was_asked_for(letter: Path, tmp_path: Path) -> None:
    """Beside what is shown, which stays the same; the kept one is shown again by `report`."""
    kept = tmp_path / "kept"
    plain = here("lint", str(letter), "--lang", "en")
    ended = here(
        "lint", str(letter), "gone.eml", "--save", str(kept), "-f", "table", "-f", "json-lines", "--lang", "en"
    )
    assert ended.code == 2 and ended.out.startswith(plain.out)
    names = sorted(path.name for path in kept.iterdir())
    assert [name.rpartition(".")[2] for name in names] == ["json", "jsonl", "txt"]
    assert all(name.startswith("our-offer.eml-2") for name in names)
    assert (kept / names[2]).read_text("utf-8") == plain.out
    report = json.loads((kept / names[0]).read_text("utf-8"))
    assert "ip-address-link" in {row["check"] for row in report["results"]}
    assert "gone.eml" in report["problems"][0]["file"]
    again = here("report", str(kept / names[0]), "--lang", "zh")
    assert again.code == 2 and "203.0.113.7" in again.out


@pytest.mark.parametrize(
    "words", [["--save", "Our offer.eml"], ["--save", "./Our offer.eml"], ["Our offer.eml", "--save"]]
)
def test_a_folder_need_not_be_named(letter: Path, tmp_path: Path, words: list[str]) -> None:
    """And a draft behind the option is no folder."""
    assert here("lint", *words).code == 1
    assert sorted(kept.suffix for kept in (tmp_path / "reports").iterdir()) == [".json", ".txt"]


def test_the_configuration_keeps_lints_too(letter: Path, tmp_path: Path) -> None:
    (tmp_path / "reputation.toml").write_text('save = "kept"\n', "utf-8")
    assert here("lint", str(letter)).code == 1
    assert len(list((tmp_path / "kept").glob("*.json"))) == 1


def test_a_lint_that_can_not_be_kept_is_still_shown(letter: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    ended = here("lint", str(letter), "--save", str(tmp_path / "file" / "kept"), "--lang", "en")
    assert ended.code == 2 and "ip-address-link" in ended.out
    assert len(sentences(ended.err)) == 1 and "could not be saved" in ended.err


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    "words",
    [
        ["bounce", "550 5.1.1 User unknown", "--save", "kept"],
        ["codes", "550", "--save", "kept"],
        ["explain", "550", "--save", "kept"],
        ["lists", "--save"],
        ["history", "--save", "kept"],
        ["version", "--save", "kept"],
        ["watch", "pumps.test", "--save", "kept"],
        ["lint", "Our offer.eml", "--record", "kept"],
        ["bounce", "550 5.1.1 User unknown", "--record", "kept"],
        ["lint", "--fix", "Our offer.eml", "--save", "kept"],
        ["lint", "--learn", ".", "--save", "kept"],
        ["lint", "--fix", "Our offer.eml", "--with", "rspamd:1"],
    ],
    ids=" ".join,
)
def test_what_would_keep_nothing_is_refused(letter: Path, tmp_path: Path, words: list[str], language: str) -> None:
    """Nobody looks later for a file that was never written."""
    ended = here(*words, "--lang", language)
    assert (ended.code, ended.out) == (2, "")
    (sentence,) = sentences(ended.err)
    assert next(word for word in reversed(words) if word.startswith("--")) in sentence
    assert {path.name for path in tmp_path.iterdir()} <= {"Our offer.eml", "home"}


def test_the_configuration_shows_what_would_be_kept_where(letter: Path) -> None:
    """There the option is no order but a question."""
    assert "kept" in here("config", "show", "--save", "kept").out
