"""Many and large drafts: each is written as soon as it is linted, and nothing of it is held longer than is shown."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import threading
import tracemalloc
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from reputation.cli.frame.main import run
from tests.cli.command_line import here, process

DRAFT = "From: Anna <anna@example.com>\nSubject: offer {n}\nMIME-Version: 1.0\nContent-Type: text/html\n\n"
ROW = '<p>Price of part {n}</p>\n<a href="http://203.0.113.7/{n}">more</a>\n'
COUNT, SIZE = 24, 10_000


def _draft(number: int) -> str:
    rows = [ROW.format(n=f"{number}-{row}") for row in range(SIZE // len(ROW))]
    return DRAFT.format(n=number) + "".join(rows)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of drafts."""
    folder = tmp_path_factory.mktemp("many")
    for number in range(COUNT):
        (folder / f"{number:02}.eml").write_text(_draft(number), "utf-8")
    return folder


def _peak(*words: str) -> int:
    """The most memory in bytes that a lint held at once, its output thrown away."""
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere, redirect_stdout(nowhere):
        run(["lint", *words])
        tracemalloc.start()
        try:
            run(["lint", *words])
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()


@pytest.mark.parametrize("words", [["-f", "json-lines"], ["-f", "table"], ["-f", "table", "-f", "json-lines=FILE"]])
def test_many_drafts_need_no_more_memory_than_a_few(many: Path, tmp_path: Path, words: Sequence[str]) -> None:
    words = [word.replace("FILE", str(tmp_path / "out")) for word in words]
    few = sorted(map(str, many.iterdir()))[:4]
    assert _peak(str(many), *words) < _peak(*few, *words) + 15 * SIZE


@pytest.mark.parametrize("name", ["json", "sarif", "html", "csv"])
def test_what_is_shown_together_holds_no_draft(many: Path, name: str) -> None:
    """Results are held, and a few times what is written of them; the trees of a draft are forty times its size."""
    few = sorted(map(str, many.iterdir()))[:4]
    written = len(here("lint", str(many), "-f", name).out)
    assert _peak(str(many), "-f", name) < _peak(*few, "-f", name) + 5 * written + 4 * COUNT * SIZE


@pytest.mark.parametrize("suffix", [".eml", ".txt"])
def test_a_large_draft_of_short_lines_is_held_a_few_times(tmp_path: Path, suffix: str) -> None:
    """Its lines as objects of their own would be eight times its size."""
    path = tmp_path / f"large{suffix}"
    path.write_text("Subject: hello\n\nSee http://203.0.113.7/x\n" + "a\n" * 5_000_000, "utf-8")
    assert _peak(str(path)) < 4 * path.stat().st_size


def _started(*words: str) -> subprocess.Popen[bytes]:
    """A lint of its own; one that waits for ever ends after a minute, without its output."""
    command = [sys.executable, "-m", "reputation", "lint", *words]
    started = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    guard = threading.Timer(60, started.kill)
    guard.daemon = True
    guard.start()
    return started


@pytest.fixture
def two(tmp_path: Path) -> list[str]:
    """A draft, and standard input, which waits for its text."""
    path = tmp_path / "a.eml"
    path.write_text(_draft(1), "utf-8")
    return [str(path), "-"]


@pytest.mark.parametrize("name", ["table", "json-lines"])
def test_a_draft_is_written_before_the_next_is_read(two: list[str], name: str) -> None:
    """The last line of it, too."""
    started = _started(*two, "-f", name, "--lang", "en")
    assert started.stdin and started.stdout
    first = started.stdout.readline()
    while name == "table" and first and b"lowered by" not in first:
        first = started.stdout.readline()
    assert first
    started.stdin.write(b"Subject: second\n\nHello Bob\n")
    out, _ = started.communicate(timeout=60)
    assert b"offer 1" not in out and (b"<stdin>" in out or b"pasted" in out)


def test_a_lint_that_is_killed_leaves_the_old_file_and_nothing_beside_it(two: list[str], tmp_path: Path) -> None:
    target = tmp_path / "kept" / "out.jsonl"
    target.parent.mkdir()
    target.write_text("old", "utf-8")
    started = _started(*two, "-f", f"json-lines={target}", "-f", "table")
    assert started.stdout and started.stdout.readline()
    started.send_signal(signal.SIGKILL if os.name != "nt" else signal.SIGTERM)
    started.communicate(timeout=60)
    assert [path.name for path in target.parent.iterdir()] == ["out.jsonl"] and target.read_text("utf-8") == "old"


def test_a_reader_that_goes_away_ends_the_lint_quietly(many: Path) -> None:
    """It has read a line, more than a pipe holds is to come."""
    started = _started(*[str(many)] * 2, "-f", "json-lines")
    assert started.stdout and started.stderr and started.stdout.readline()
    started.stdout.close()
    assert (started.stderr.read(), started.wait(timeout=60)) == (b"", 0)


def test_a_file_is_written_though_the_reader_of_the_rest_goes_away(many: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.sarif"
    started = _started(str(many), "-f", f"sarif={target}", "-f", "json-lines")
    assert started.stdout and started.stderr and started.stdout.readline()
    started.stdout.close()
    assert (started.stderr.read(), started.wait(timeout=60)) == (b"", 0)
    assert len({one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
                for one in json.loads(target.read_text("utf-8"))["runs"][0]["results"]}) == COUNT  # fmt: skip


def test_several_formats_stand_one_behind_the_other(many: Path, tmp_path: Path) -> None:
    """On standard output each as it is alone, in files without the line end that a terminal needs."""
    drafts = [*sorted(map(str, many.iterdir()))[:3], str(tmp_path / "gone.eml")]
    alone = {name: here("lint", *drafts, "-f", name).out for name in ("table", "json-lines", "github")}
    files = {name: tmp_path / name for name in alone}
    ended = here(
        "lint", *drafts, "-f", "github", "-f", "json-lines", "-f", "table", "-f", "json-lines",
        *(word for name, file in files.items() for word in ("-f", f"{name}={file}")),
    )  # fmt: skip
    assert ended.code == 2 and "gone.eml" in ended.err
    assert ended.out == alone["github"] + alone["json-lines"] + alone["table"] + alone["json-lines"]
    written = {name: file.read_text("utf-8") for name, file in files.items()}
    assert written == {**alone, "json-lines": alone["json-lines"].removesuffix("\n")}


@pytest.mark.parametrize("name", ["table", "json-lines", "json", "html"])
def test_a_report_that_can_not_be_filed_reaches_the_terminal(many: Path, tmp_path: Path, name: str) -> None:
    drafts = sorted(map(str, many.iterdir()))[:2]
    ended = here("lint", *drafts, "-f", name, "-o", str(tmp_path / "no" / "out"), "--lang", "en")
    assert ended.code == 2 and len(ended.err.splitlines()) == 1 and "could not be written" in ended.err
    plain = here("lint", *drafts, "-f", name, "--lang", "en").out
    assert ended.out == plain if name != "json" else json.loads(ended.out)["files"] == json.loads(plain)["files"]


def test_problems_are_told_where_they_stand_among_the_drafts(many: Path) -> None:
    first, second = sorted(map(str, many.iterdir()))[:2]
    both = io.StringIO()
    with redirect_stdout(both), redirect_stderr(both):
        assert run(["lint", first, "gone.eml", second, "-f", "json-lines"]) == 2
    assert [("gone.eml" in line) for line in both.getvalue().splitlines()] == [False, True, False, True]


def test_no_finding_in_a_thousand_drafts_is_still_an_answer(tmp_path: Path) -> None:
    """An ignored check leaves no result: as before, that is no answer and not a pass."""
    path = tmp_path / "a.html"
    path.write_text("<!-- reputation: ignore html-only -->\n<p>Hello", "utf-8")
    assert process("lint", str(path), "--only", "html-only").code == 3
