"""No output takes the place of what is read: one sentence before anything is asked or written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.command_line import here, process, sentences

LETTER = "From: Anna <anna@example.com>\nSubject: hello there\n\nSee http://203.0.113.7/x for details!!\n"
READ = ("a.txt", "drafts/b.eml", "mail/log", "targets.txt", "saved.json", "c.toml")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Files of every kind that is read, and other names of the first."""
    for name in READ:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text({"targets.txt": "example.com\n", "c.toml": 'lang = "en"\n'}.get(name, LETTER), "utf-8")
    (tmp_path / "drafts" / "old.json").write_text("{}")
    os.link(tmp_path / "a.txt", tmp_path / "hard.txt")
    (tmp_path / "soft.txt").symlink_to("a.txt")
    (tmp_path / "around").symlink_to(tmp_path, target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "line",
    [
        *(f"lint a.txt {out}{to}" for out in ("-o ", "-f json=") for to in ("a.txt", "hard.txt", "soft.txt")),
        "lint a.txt -o ./drafts/../a.txt",
        "lint a.txt -o around/a.txt",
        "lint soft.txt -o a.txt",
        "lint drafts a.txt -f table -f sarif=a.txt",
        "lint drafts -o drafts/b.eml",
        "lint . -f html=drafts/b.eml",
        "lint . -o hard.txt",
        "lint --fix a.txt -o a.txt",
        "lint --fix --write a.txt -f table=soft.txt",
        "lint --fix --write drafts -o drafts/b.eml",
        "check --offline --draft a.txt -o a.txt",
        "check --offline example.org --draft drafts -f json=drafts/b.eml",
        "check --offline --draft a.txt --record a.txt",
        "bounce a.txt -o a.txt",
        "bounce mail -f json=mail/log",
        "bounce a.txt --xlsx a.txt",
        "listings --offline --targets targets.txt -o targets.txt",
        "auth --offline example.org --message a.txt -o a.txt",
        "report saved.json -f json=saved.json",
        "lint a.txt --config c.toml -o c.toml",
        "watch --config c.toml --metrics c.toml",
        "watch --state saved.json --metrics saved.json",
    ],
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_read_is_never_written_over(folder: Path, line: str, language: str) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    ended = here(*line.split(), "--lang", language)
    assert (ended.code, ended.out) == (2, ""), ended
    (sentence,) = sentences(ended.err)
    assert ("take the place of" if language == "en" else "覆盖") in sentence
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    "line",
    [
        "lint a.txt -o new.txt",
        "lint drafts -f json=drafts/old.json",
        "lint drafts -o a.txt",
        "lint a.txt -o -",
        "lint a.txt -f table=/dev/null",
        "lint --fix drafts -o a.txt",
        "bounce drafts -f json=saved.json",
    ],
)
def test_another_file_is_written(folder: Path, line: str) -> None:
    """Also one in the folder, where it is none of the drafts there, such as the report of the run before."""
    ended = here(*line.split(), "--lang", "en")
    assert "take the place" not in ended.err and ended.code in (0, 1), ended
    assert (folder / "drafts" / "b.eml").read_text("utf-8") == LETTER


@pytest.mark.skipif(os.name != "posix", reason="needs the redirection of a shell")
def test_a_draft_on_standard_input_is_not_written_over(folder: Path) -> None:
    with (folder / "a.txt").open("rb") as draft:
        ended = process("lint", "-", "-o", "a.txt", "--lang", "en", file_in=draft.fileno())
    assert ended.code == 2 and "take the place of pasted text" in ended.err
    assert (folder / "a.txt").read_text("utf-8") == LETTER
