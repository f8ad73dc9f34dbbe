"""`reputation lint`: places with carets, one object a draft, problems that do not stop the others, pasted text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.command_line import here, process

BAD = "From: Anna <anna@example.com>\nSubject: hello there\n\nSee http://203.0.113.7/x for details.\n"
GOOD = "From: Anna <anna@example.com>\nSubject: hello there\n\nSee https://example.com/x for details.\n"


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "bad.eml"
    path.write_text(BAD, "utf-8")
    return path


def test_points_at_the_place(bad: Path) -> None:
    ended = here("lint", str(bad))
    assert ended.code == 1
    lines = ended.out.splitlines()
    assert "4:5" in ended.out
    shown = next(n for n, line in enumerate(lines) if line.endswith("4 | See http://203.0.113.7/x for details."))
    assert lines[shown + 1].index("^") == lines[shown].index("http")
    assert lines[shown + 1].count("^") == len("http://203.0.113.7/x")


def test_writes_one_object_a_draft(bad: Path, tmp_path: Path) -> None:
    good = tmp_path / "good.txt"
    good.write_text(GOOD, "utf-8")
    ended = here("lint", str(bad), str(good), "-f", "json-lines")
    first, second = (json.loads(line) for line in ended.out.splitlines())
    assert first["file"] == str(bad)
    found = {r["check"]: r for r in first["results"]}
    assert found["ip-address-link"]["outcome"] == "fail"
    assert found["ip-address-link"]["evidence_label"] == "measured"
    assert found["ip-address-link"]["where"]["column"] == 5
    assert "fail" not in {r["outcome"] for r in second["results"]}


def test_goes_on_after_a_draft_that_can_not_be_read(bad: Path, tmp_path: Path) -> None:
    ended = here("lint", str(tmp_path / "missing.eml"), str(bad))
    assert ended.code == 2
    assert "no such file" in ended.err
    assert ended.err.count("\n") == 1
    assert "203.0.113.7" in ended.out


def test_reads_a_pasted_draft_from_standard_input() -> None:
    ended = process("lint", text_in="Subject: Re: your order\n\nHello Bob, new parts are in stock.\n")
    assert "[fake-reply]" in ended.out


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_survives_the_encoding_of_the_terminal(bad: Path, encoding: str) -> None:
    ended = process("lint", str(bad), "--lang", "zh", encoding=encoding)
    assert ended.code == 1
    assert "Traceback" not in ended.err
