"""A line of plain words is read as typer reads it; whatever else is typed is left to typer."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reputation.cli.frame.commands import command_names, module_of
from reputation.cli.frame.common import CommandLine
from reputation.cli.frame.group import root
from reputation.cli.frame.reading import read

LINES = {name: CommandLine(module_of(name).command) for name in command_names()}
VALUES = ("a.example", "b@c", "json", "json=x", "zh", "5", "", " ", "=", "-", "--", "-5", "例", "show", "x-y", "/")
FORMS: tuple[Callable[[str, str], list[str]], ...] = (
    lambda name, _: [name],
    lambda name, value: [name, value],
    lambda name, value: [f"{name}={value}"],
    lambda name, value: [name + value],
    lambda name, _: [name[:-1]],
    lambda name, _: [name, "--help"],
)


def by_typer(name: str, words: list[str]) -> dict[str, Any] | None:
    """What typer gives the command; None where it has something to say itself."""
    seen: list[dict[str, Any]] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(CommandLine, "run", lambda _, values, pack: seen.append(dict(values)))
        patch.setattr("reputation.cli.frame.help.HelpPage.write", lambda *_: None)
        try:
            root(lambda _: None, "en").main(args=[name, *words], prog_name="reputation", standalone_mode=False)  # type: ignore[arg-type,return-value]
        except Exception:
            return None
    return seen[0] if seen else None


@st.composite
def lines(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A command and words, many of them options of this command."""
    command = draw(st.sampled_from(sorted(LINES)))
    names = "/".join(name for parameter in LINES[command].parameters for name in parameter.names).split("/")
    words: list[str] = []
    for _ in range(draw(st.integers(0, 4))):
        form, value = draw(st.sampled_from(FORMS)), draw(st.sampled_from(VALUES))
        words += form(draw(st.sampled_from(names)), value) if draw(st.booleans()) else [value]
    return command, words


@settings(max_examples=1_500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines())
def test_plain_words_are_read_as_typer_reads_them(line: tuple[str, list[str]]) -> None:
    """Of all parameters, for every command."""
    name, words = line
    plain = read(LINES[name].parameters, words)
    assert plain is None or plain == by_typer(name, words)


@pytest.mark.parametrize(
    ("name", "words", "values"),
    [
        ("lint", ["draft.eml"], {"files": ["draft.eml"], "fix": False, "format": None, "verbose": 0}),
        ("lint", ["-fjson", "--only=a", "--only", "b", "-vvq", "-"], {"only": ["a", "b"], "verbose": 2, "quiet": True}),
        ("check", ["--", "--odd"], {"targets": ["--odd"]}),
        ("auth", ["a.example", "--no-second-opinion"], {"domain": "a.example", "second_opinion": False}),
        ("config", [], {"action": "show", "origin": False}),
    ],
)
def test_what_is_plain(name: str, words: list[str], values: dict[str, Any]) -> None:
    """Options with a value behind them or behind "=", short ones together, arguments anywhere."""
    plain = read(LINES[name].parameters, words)
    assert plain is not None and plain == {**plain, **values}


@pytest.mark.parametrize("words", [["--help"], ["-h"], ["--onyl", "a"], ["--only"], ["--only", "--fix"], ["--fix=1"]])
def test_what_is_not_plain(words: list[str]) -> None:
    """A call for help, and what may be a mistake."""
    assert read(LINES["lint"].parameters, words) is None


def test_a_plain_line_loads_no_typer() -> None:
    """That is the whole sense of it."""
    code = "import sys; from reputation.cli.frame.main import run; sys.exit(run(['version']) or 'typer' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
