"""Bad input: one sentence, exit code 2, nothing on standard output, and not one question sent."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command_line import here, sentences
from tests.cli.conftest import Counting

CASES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "bad_input.toml").read_text("utf-8"))["case"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Files that cannot be used."""
    (tmp_path / "empty.eml").write_bytes(b"")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    (tmp_path / "draft.eml").write_text("Subject: offer\n\nHello\n")
    (tmp_path / "targets.txt").write_text("example.com\n")
    (tmp_path / "letter.docx").write_bytes(b"PK\x03\x04" + bytes(60))
    (tmp_path / "letter.msg").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(60))
    (tmp_path / "letter.pdf").write_bytes(b"%PDF-1.7\n" + bytes(60))
    (tmp_path / "letter.rtf").write_bytes(b"{\\rtf1\\ansi Hello}")
    (tmp_path / "other.json").write_text('{"a": 1}')
    (tmp_path / "typo.toml").write_text("timout = 3\n")
    (tmp_path / "policy.toml").write_text('[policy.points]\nminor = "many"\n')
    (tmp_path / "nothing").mkdir()
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "a.toml").write_text(
        'operator = "A"\nchecked = 2026-01-01\nsources = ["https://a.example/"]\n'
        '[[list]]\nzone = "bl.a.example"\nname = "A"\nkinds = ["ip4"]\nseverity = "awful"\n'
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("case", CASES, ids=lambda case: " ".join(case["words"])[:60])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_bad_input_is_one_sentence(case: dict[str, Any], language: str, folder: Path, counting: Counting) -> None:
    """In both languages; the English one names what is wrong or what was expected."""
    words = [word.replace("FOLDER", str(folder)) for word in case["words"]]
    resolver = ["--resolver", counting.address] if words[0] == "check" and "--resolver" not in words else []
    ended = here(*words[:1], *resolver, "--lang", language, *words[1:])
    assert (ended.code, ended.out) == (2, ""), ended.err
    assert len(sentences(ended.err)) == 1 and "\x1b" not in ended.err and "Traceback" not in ended.err
    assert language == "zh" or case["names"].replace("FOLDER", str(folder)) in ended.err
    assert counting.asked == []


@pytest.mark.parametrize("words", [["report", "no-such.json"], ["check", "example.com", "--config", "no-such.toml"]])
def test_what_the_system_says_of_a_file_is_chinese_too(words: list[str]) -> None:
    """Not half a sentence of each language."""
    ended = here(*words, "--lang", "zh")
    assert ended.code == 2 and "No such file" not in ended.err and "没有这个文件" in ended.err


@pytest.mark.parametrize(
    "words",
    [
        ["lint", "ODD"],
        ["check", "--draft", "ODD"],
        ["check", "--offline", "example.org", "--draft", "ODD"],
        ["bounce", "ODD"],
        ["bounce", "550 5.1.1 User unknown", "--xlsx", "ODD/x"],
        ["bounce", "550 5.1.1 User unknown", "--draft", "ODD/x"],
        ["codes", "--csv", "ODD"],
        ["lint", "draft.eml", "--save", "ODD/x"],
    ],
    ids=" ".join,
)
def test_a_name_can_not_speak_to_the_terminal(words: list[str], folder: Path) -> None:
    """Escape codes and workflow commands in the name of a file are shown, not sent."""
    odd = "x\x1b[31m" if words == ["bounce", "ODD"] else "x\x1b[31m\n::error::y"  # two lines are a pasted text
    if words[-1] == "ODD/x":
        (folder / odd).write_text("no folder")
    ended = here(*(word.replace("ODD", odd) for word in words), "--lang", "en")
    assert "\x1b" not in ended.err and "\\x1b" in ended.err
    assert not [line for line in ended.err.splitlines() if line.startswith("::")]
