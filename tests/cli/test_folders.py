"""Folders in which something can not be read: each is named, and the other files of the same call are still read."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.command_line import Ended, here, process, sentences

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="root can give up its rights on Linux alone")
LETTER = "From: Anna <anna@example.com>\nSubject: hello there\n\nSee https://example.com/x for details.\n"
COMMANDS = (("lint",), ("bounce",), ("check", "--offline", "example.org", "--draft"))
NO_FOLDER, NO_WAY_IN = 0o000, 0o444  # its names can not be read; its names can be read, nothing behind them


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """One letter above, one in each of two subfolders; afterwards everything can be removed again."""
    top = tmp_path / "letters"
    for place in (top, top / "middle", top / "other"):
        place.mkdir()
        (place / f"{place.name}.eml").write_text(LETTER, "utf-8")
    yield top
    for above, inside, _ in os.walk(top):
        for name in inside:
            Path(above, name).chmod(0o700)


def as_guest(command: tuple[str, ...], place: Path) -> Ended:
    """The command on a folder, by somebody who may not read everything."""
    return process(*command, str(place), "-f", "json", "--lang", "en", guest=True)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: words[0])
@pytest.mark.parametrize("mode", [NO_FOLDER, NO_WAY_IN], ids=oct)
def test_a_folder_inside_that_can_not_be_read_is_named_and_the_others_are_read(
    command: tuple[str, ...], mode: int, folder: Path
) -> None:
    (folder / "middle").chmod(mode)
    ended = as_guest(command, folder)
    named = folder / "middle" if mode == NO_FOLDER else folder / "middle" / "middle.eml"
    assert sentences(ended.err) == [f"Error: {named}: can not be read (Permission denied)"]
    assert ended.code == (1 if command == ("bounce",) else 2)
    assert "letters.eml" in ended.out and "other.eml" in ended.out


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: words[0])
def test_a_folder_that_can_not_be_read_is_not_called_empty(command: tuple[str, ...], folder: Path) -> None:
    (folder / "middle").chmod(NO_FOLDER)
    ended = as_guest(command, folder / "middle")
    assert sentences(ended.err) == [f"Error: {folder / 'middle'}: can not be read (Permission denied)"]
    assert ended.code == 2


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: words[0])
def test_a_file_behind_a_closed_folder_is_no_pasted_text(command: tuple[str, ...], folder: Path) -> None:
    (folder / "middle").chmod(NO_WAY_IN)
    ended = as_guest(command, folder / "middle" / "middle.eml")
    assert sentences(ended.err) == [f"Error: {folder / 'middle' / 'middle.eml'}: can not be read (Permission denied)"]
    assert ended.code == 2


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: words[0])
def test_a_link_to_a_file_that_nobody_may_see_stops_nothing(command: tuple[str, ...], folder: Path) -> None:
    (folder / "linked.eml").symlink_to(folder / "middle" / "middle.eml")
    (folder / "middle").chmod(NO_FOLDER)
    ended = as_guest(command, folder)
    assert f"{folder / 'linked.eml'}: can not be read (Permission denied)" in ended.err
    assert "letters.eml" in ended.out and "other.eml" in ended.out


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: words[0])
def test_links_lead_to_files_but_not_into_folders(command: tuple[str, ...], folder: Path) -> None:
    """So a link to the folder above ends; an editor's lock, which leads nowhere, is no draft."""
    (folder / "middle" / "above").symlink_to(folder)
    (folder / "round.eml").symlink_to(folder / "round.eml")
    (folder / ".#lock.eml").symlink_to("anna@laptop.4711")
    (folder / "linked.eml").symlink_to(folder / "middle" / "middle.eml")
    ended = here(*command, str(folder), "-f", "json", "--lang", "en")
    assert ended.err == "" and "linked.eml" in ended.out
    assert "above" not in ended.out and "round.eml" not in ended.out and "lock.eml" not in ended.out


DEEP = ["d"] * 1_100 + ["d" * 250] * 10  # deeper than calls may be nested, then longer than a path may be


@pytest.fixture(scope="module")
def deep(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A letter beside a folder in a folder in a folder; no tool could remove them without nesting its calls."""
    top = tmp_path_factory.mktemp("deep")
    (top / "a.eml").write_text(LETTER, "utf-8")
    at = os.open(top, os.O_RDONLY)
    for name in DEEP:
        os.mkdir(name, dir_fd=at)
        at = _moved(name, at)
    yield top
    for name in reversed(DEEP):
        at = _moved("..", at)
        os.rmdir(name, dir_fd=at)
    os.close(at)


def _moved(name: str, at: int) -> int:
    """An open folder beside, above or below an open folder, which is closed."""
    there = os.open(name, os.O_RDONLY, dir_fd=at)
    os.close(at)
    return there


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: words[0])
def test_no_depth_of_folders_is_a_fault_of_ours(command: tuple[str, ...], deep: Path) -> None:
    ended = here(*command, str(deep), "-f", "json", "--lang", "en")
    assert len(sentences(ended.err)) == 1 and "can not be read (File name too long)" in ended.err
    assert "a.eml" in ended.out


def test_a_folder_for_temporary_files_of_a_maildir_is_not_read(folder: Path) -> None:
    (folder / "tmp").mkdir(mode=NO_FOLDER)
    assert as_guest(("bounce",), folder).err == ""


def test_learning_names_what_it_could_not_read(folder: Path) -> None:
    (folder / "middle").chmod(NO_FOLDER)
    ended = process("lint", "--learn", str(folder), "--lang", "en", guest=True)
    assert ended.code == 2 and len(sentences(ended.err)) == 2
    assert "middle: can not be read (Permission denied)" in ended.err


def test_a_configuration_that_this_user_must_not_see_is_named_and_left_out(folder: Path) -> None:
    """As under sudo, where the home is still that of somebody else."""
    home = folder / "middle"
    home.chmod(NO_FOLDER)
    letter = str(folder / "letters.eml")
    ended = process("lint", letter, "--lang", "en", guest=True, XDG_CONFIG_HOME=str(home))
    (sentence,) = sentences(ended.err)
    assert sentence.endswith(f"{home}/reputation/reputation.toml: can not be read (Permission denied)")
    assert ended.code == 0 and "letters.eml" in ended.out
