"""On a real terminal: a progress line when it takes long, Ctrl-C without a word, colour only where somebody looks."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from typing import IO

import pytest

from tests.cli.command_line import here, process

pty = pytest.importorskip("pty", reason="no pseudo-terminals on this system")
Start = Callable[[str], str]


def on_terminal(*words: str) -> tuple[int, str]:
    """Runs with standard error on a terminal; the exit code and what was shown there."""
    ours, theirs = pty.openpty()
    try:
        running = subprocess.Popen(
            [sys.executable, "-m", "reputation", *words], stderr=theirs, stdout=subprocess.DEVNULL, env=os.environ
        )
    finally:
        os.close(theirs)
    with os.fdopen(ours, "rb", buffering=0) as terminal:
        shown = _all_of(terminal)
    return running.wait(), shown.decode()


def _all_of(terminal: IO[bytes]) -> bytes:
    """Everything until the other side closes; Linux says that with an error."""
    shown = b""
    try:
        while piece := terminal.read(4096):
            shown += piece
    except OSError:
        pass
    return shown


def test_a_long_run_shows_how_far_it_is(world: Start) -> None:
    """One line that is wiped at the end."""
    code, shown = on_terminal("check", "night-train.example", "--resolver", world("everything-down"), "--timeout", "3")
    assert code == 3 and "questions answered" in shown and shown.endswith(" \r")
    assert "\n" not in shown


def test_a_quiet_run_shows_nothing(world: Start) -> None:
    """-q, however long it takes."""
    words = ["check", "night-train.example", "--resolver", world("everything-down"), "--timeout", "2", "-q"]
    assert on_terminal(*words)[1] == ""


def test_a_short_run_shows_nothing() -> None:
    """Less than a second needs no progress."""
    assert on_terminal("lists") == (0, "")


@pytest.mark.skipif(sys.platform == "win32", reason="signals differ")
def test_ctrl_c_ends_quietly(world: Start) -> None:
    """Exit code 130, no traceback, no half report."""
    ours, theirs = pty.openpty()
    words = ["check", "night-train.example", "--resolver", world("everything-down"), "--timeout", "60"]
    running = subprocess.Popen(
        [sys.executable, "-m", "reputation", *words], stderr=theirs, stdout=subprocess.PIPE, env=os.environ
    )
    os.close(theirs)
    with os.fdopen(ours, "rb", buffering=0) as terminal:
        assert b"questions" in terminal.read(4096)  # it is under way
        running.send_signal(signal.SIGINT)
        rest = _all_of(terminal)
    out, _ = running.communicate()
    assert running.returncode == 130 and out == b"" and b"Traceback" not in rest


@pytest.mark.parametrize(
    ("words", "variables", "colored"),
    [
        ([], {}, False),
        (["--color", "always"], {}, True),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ([], {"REPUTATION_COLOR": "always"}, True),
        (["--color", "always"], {"NO_COLOR": "1"}, True),  # no-color.org: what is asked for here and now wins
        (["--color", "always"], {"TERM": "dumb"}, True),
        ([], {"NO_COLOR": "", "FORCE_COLOR": "1"}, True),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
        (["-f", "json", "--color", "always"], {}, False),
    ],
)
def test_colour_is_for_eyes_only(words: list[str], variables: dict[str, str], colored: bool) -> None:
    """No terminal, no colour, unless somebody says so."""
    ended = process("demo", "healthy", "-q", *words, **{"TERM": "xterm", **variables})
    assert ended.code == 0 and ("\x1b[" in ended.out) is colored


def test_the_version_can_be_asked_anywhere() -> None:
    """Before and behind a command."""
    assert here("--version").out == here("check", "--version").out != ""


def test_common_options_may_stand_before_the_command() -> None:
    """`reputation --lang zh lists`, as people type it."""
    assert here("--lang", "zh", "lists", "zen").out == here("lists", "zen", "--lang", "zh").out


def test_two_formats_do_not_overwrite_each_other(tmp_path: object) -> None:
    """-o takes one, and not none."""
    for formats in (["-f", "table", "-f", "json"], ["-f", f"json={tmp_path}/y"]):
        ended = here("version", *formats, "-o", f"{tmp_path}/x")
        assert ended.code == 2 and "--output" in ended.err


@pytest.mark.parametrize("command", ["bounce", "lint"])
def test_who_is_about_to_paste_is_told_how_to_end(command: str) -> None:
    """A cursor that blinks without a word would be all there is."""
    ours, theirs = pty.openpty()
    running = subprocess.Popen(
        [sys.executable, "-m", "reputation", command, "--lang", "en"],
        stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    os.close(theirs)
    os.write(ours, b"550 5.1.1 <a@x.example>: User unknown\n\x04")
    out, err = running.communicate(timeout=60)
    os.close(ours)
    assert b"Ctrl-D" in err and b"pasted text" in out


def test_nobody_is_told_where_nobody_sits() -> None:
    assert process("bounce", text_in="550 5.1.1 <a@x.example>: User unknown\n").err == ""
