"""An empty word where the name of a file belongs, as a variable leaves it that was never set: said, and never read as
the working folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command_line import here, sentences

LETTER = "From: Anna <anna@example.com>\nSubject: hello there\n\nSee http://203.0.113.7/x for details.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a letter in it that nobody named."""
    place = tmp_path / "here"
    place.mkdir()
    (place / "unnamed.eml").write_text(LETTER, "utf-8")
    monkeypatch.chdir(place)
    return place


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["lint", ""], "file name"),
        (["lint", "--fix", ""], "file name"),
        (["bounce", ""], "file name"),
        (["check", "--draft", ""], "file name"),
        (["check", "--offline", "example.org", "--draft", ""], "file name"),
        (["report", ""], "FILE"),
        (["explain", ""], "ID"),
        (["lint", "--learn", ""], "--learn"),
        (["lint", "unnamed.eml", "-o", ""], "--output"),
        (["lint", "unnamed.eml", "--config", ""], "--config"),
        (["lint", "unnamed.eml", "--save", ""], "--save"),
        (["lint", "unnamed.eml", "--save="], "--save"),
        (["bounce", "550 5.1.1 User unknown", "--draft", ""], "--draft"),
        (["bounce", "550 5.1.1 User unknown", "--xlsx", ""], "--xlsx"),
        (["bounce", "550 5.1.1 User unknown", "--password-file", ""], "--password-file"),
        (["codes", "--csv", ""], "--csv"),
        (["listings", "--offline", "example.org", "--targets", ""], "--targets"),
        (["check", "--offline", "example.org", "--record", ""], "--record"),
        (["check", "--offline", "example.org", "--replay", ""], "--replay"),
        (["lists", "--blocklists", ""], "--blocklists"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_an_empty_name_is_one_sentence(folder: Path, words: list[str], named: str, language: str) -> None:
    ended = here(*words, "--lang", language)
    assert (ended.code, ended.out) == (2, ""), ended
    (sentence,) = sentences(ended.err)
    assert named in sentence or (language == "zh" and named == "file name" and "文件名" in sentence)
    assert [path.name for path in folder.iterdir()] == ["unnamed.eml"]


@pytest.mark.parametrize("name", ["table", "json", "json-lines", "sarif", "junit", "github", "html", "markdown", "csv"])
def test_the_others_of_the_same_call_are_linted_in_each_format(folder: Path, name: str) -> None:
    (folder / "named.eml").write_text(LETTER, "utf-8")
    ended = here("lint", "", "named.eml", "-f", name, "--lang", "en")
    assert ended.code == 2 and len(sentences(ended.err)) == 1 and "file name" in ended.err
    assert "203.0.113.7" in ended.out and "unnamed" not in ended.out
    assert name == "table" or "file name" in ended.out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["check", "--offline", "example.org", "--draft", "", "--draft", "named.eml", "-f", "json"], 2),
        (["bounce", "", "named.eml", "-f", "json"], 1),
    ],
)
def test_the_others_of_the_same_call_are_read(folder: Path, words: list[str], code: int) -> None:
    (folder / "named.eml").write_text(LETTER, "utf-8")
    ended = here(*words, "--lang", "en")
    assert ended.code == code and len(sentences(ended.err)) == 1 and "file name" in ended.err
    assert "named.eml" in ended.out and "unnamed" not in ended.out


def test_a_query_may_be_empty() -> None:
    """Without one, `codes` and `lists` show everything; a word that says nothing asks for nothing else."""
    assert here("codes", "").out == here("codes").out
    assert here("lists", "").out == here("lists").out
