"""What every command shares: help, errors in one sentence, formats, output that cannot be written, encodings."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from reputation.cli.frame.group import command_names, module_of
from tests.cli.command_line import here, process, sentences

HEAVY = ("checkdmarc", "requests", "dns", "jinja2", "tabulate", "selectolax", "dkim", "publicsuffixlist", "xlsxwriter")


def test_help_imports_nothing_heavy() -> None:
    """The list of commands is read from the folder; what a command needs is imported when it runs."""
    code = f"""
import sys
from reputation.cli.frame.main import run
run(["--help"])
sys.exit(", ".join(name for name in {HEAVY!r} if name in sys.modules) or 0)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", command_names())
def test_each_command_has_help_in_both_languages(name: str) -> None:
    """The first sentence of the list is the first sentence of the command's own help."""
    chinese, english = here(name, "--help", "--lang", "zh"), here(name, "--help", "--lang", "en")
    assert english.code == chinese.code == 0 and english.err == chinese.err == ""
    assert str(module_of(name).HELP).split()[0] in english.out
    assert "Options:" in english.out and "选项" in chinese.out
    assert any("一" <= character <= "鿿" for character in chinese.out)


def test_the_list_of_commands_names_every_file_of_the_folder() -> None:
    """A new command is one file."""
    listed = here("--help").out
    assert all(f"\n  {name}" in listed for name in command_names())
    assert {"config", "explain", "lists", "version"} <= set(command_names())


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["verzion"], "version"),
        (["xyzzy"], "--help"),
        (["version", "--timout", "3"], "--timeout"),
        (["version", "--xyzzy"], "--help"),
        (["version", "--lang"], "--lang"),
        (["version", "--lang", "fr"], "en, zh"),
        (["version", "--timeout", "soon"], "seconds"),
        (["version", "--timeout", "0"], "seconds"),
        (["version", "--fail-on", "error"], "warn, fail, never"),
        (["version", "--color", "pink"], "auto, always, never"),
        (["version", "-f", "jsn"], "json"),
        (["version", "-f", "xyzzy"], "table"),
        (["version", "-f", "json="], "file name"),
        (["version", "extra"], "extra"),
        (["version", "--config", "no-such-file.toml"], "no-such-file.toml"),
        (["explain"], "ID"),
        (["explain", "zen.spamhaus.ogr"], "zen.spamhaus.org"),
        (["explain", "\x1b[31mred"], "red"),
        (["config", "shwo"], "show"),
        (["lists", "--blocklists", "no-such-folder"], "no-such-folder"),
    ],
)
def test_wrong_words_end_in_one_sentence(words: list[str], expected: str) -> None:
    """Exit code 2, nothing on standard output, one line on standard error, and what was expected."""
    ended = here(*words)
    assert (ended.code, ended.out) == (2, "")
    assert len(sentences(ended.err)) == 1 and expected in ended.err
    assert "Traceback" not in ended.err and "\x1b" not in ended.err


def test_an_error_speaks_chinese() -> None:
    """The sentence is in the language that was asked for."""
    ended = here("verzion", "--lang", "zh")
    assert ended.code == 2 and ended.err.startswith("错误") and "version" in ended.err


def test_a_nagios_plugin_never_says_critical_for_a_typing_mistake() -> None:
    """Every error of -f nagios is UNKNOWN, exit code 3, one line on standard output."""
    for words in (["version", "--xyzzy", "-f", "nagios"], ["verzion", "--format=nagios"]):
        ended = here(*words)
        assert ended.code == 3 and ended.out.startswith("REPUTATION UNKNOWN") and ended.err == ""
        assert len(sentences(ended.out)) == 1


@pytest.mark.parametrize(
    ("variables", "chinese"),
    [
        ({"LC_ALL": "zh_CN.UTF-8"}, True),
        ({"LC_ALL": "", "LANG": "zh_TW"}, True),
        ({"LC_ALL": "de_DE.UTF-8", "LANG": "zh_CN"}, False),
        ({"LC_ALL": "zh_CN.UTF-8", "REPUTATION_LANG": "en"}, False),
        ({"LC_ALL": "C", "REPUTATION_LANG": "zh"}, True),
    ],
)
def test_the_language_of_the_system_is_spoken(
    variables: dict[str, str], chinese: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Variable of ours, else the system's."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert here("xyzzy").err.startswith("错误") is chinese


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "cp1252"])
def test_no_encoding_breaks_the_output(encoding: str) -> None:
    """A Chinese Windows console is GBK; a cron job is often ASCII."""
    for words in (
        ["--help", "--lang", "zh"],
        ["explain", "zen.spamhaus.org", "--lang", "zh"],
        ["xyzzy", "--lang", "zh"],
    ):
        ended = process(*words, encoding=encoding)
        assert ended.code in (0, 2) and "Traceback" not in ended.err and ended.out + ended.err


def test_a_report_that_cannot_be_filed_reaches_the_terminal(tmp_path: Path) -> None:
    """The work is not lost; the exit code says that the file is missing."""
    ended = here("version", "-o", str(tmp_path / "no" / "such" / "folder.txt"))
    assert ended.code == 2 and ended.out.startswith("reputation ") and len(sentences(ended.err)) == 1


def test_each_format_goes_to_its_own_file(tmp_path: Path) -> None:
    """-f table on the terminal, -f json=FILE beside it."""
    ended = here("version", "-f", "table", "-f", f"json={tmp_path / 'v.json'}")
    assert ended.code == 0 and ended.out.startswith("reputation ")
    assert (tmp_path / "v.json").read_text().startswith('{"name"')
    assert [path.name for path in tmp_path.iterdir() if path.name != "home"] == ["v.json"]


def test_a_full_disk_is_one_sentence() -> None:
    """/dev/full refuses every byte."""
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    ended = here("version", "-o", "/dev/full")
    assert ended.code == 2 and ended.out.startswith("reputation ") and len(sentences(ended.err)) == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("words", ["lists", "--help", "explain zen.spamhaus.org", "listings 203.0.113.5 --offline"])
def test_a_full_standard_output_is_one_sentence(words: str) -> None:
    """`reputation lists > /dev/full`."""
    command = f"{sys.executable} -m reputation {words} > /dev/full"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == 2 and len(sentences(done.stderr)) == 1 and "fault" not in done.stderr


def test_closed_streams_are_no_error_of_ours() -> None:
    """A daemon may start us without any."""
    for closed in (">&-", "2>&-", ">&- 2>&-"):
        command = f"{sys.executable} -m reputation lists zen {closed}"
        done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
        assert done.returncode == 0 and "Traceback" not in done.stderr


def test_a_reader_that_went_away_is_no_error() -> None:
    """`reputation lists | head -1`."""
    command = f"{sys.executable} -m reputation lists | head -1"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == 0 and done.stderr == "" and len(sentences(done.stdout)) == 1


def test_a_narrow_terminal_is_kept() -> None:
    """COLUMNS=60."""
    ended = process("explain", "zen.spamhaus.org", COLUMNS="60")
    assert max(len(line) for line in ended.out.splitlines() if " " in line.strip()) <= 60
