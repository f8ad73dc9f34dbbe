"""Standard output and error made safe before the first word, and the one option that click cannot read."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from reputation.cli.frame.common import DECLARED
from reputation.settings import DEFAULT_SAVE

VERSION: Final = "--version"
GROUP_OPTIONS: Final = ("--help", "-h", VERSION)
WITH_VALUE: Final = frozenset(name for one in DECLARED if not one.is_switch for name in one.names)
SWITCHES: Final = frozenset(name for one in DECLARED if one.is_switch for name in one.names)


def prepare_streams() -> None:
    """A character that the terminal's encoding lacks becomes "?", never an exception; a closed stream is a hole."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - open till the end
        reconfigure = getattr(getattr(sys, name), "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")


def arranged(words: Sequence[str]) -> list[str]:
    """The words as click reads them: common options behind the command, and a folder behind a lone `--save`."""
    if VERSION in words:
        return [VERSION]
    before, rest = _split_at_command(words)
    moved = [word for word in before if word in GROUP_OPTIONS]
    common = [word for word in before if word not in GROUP_OPTIONS]
    whole = [*moved, *rest[:1], *common, *rest[1:]] if rest else moved
    return [_with_folder(word, whole[at + 1 : at + 2]) for at, word in enumerate(whole)]


def _split_at_command(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """What stands before the command: options, each with its value."""
    at = 0
    while at < len(words) and words[at].startswith("-") and _is_known(words[at]):
        at += 2 if words[at] in WITH_VALUE else 1
    return list(words[:at]), list(words[at:])


def _is_known(word: str) -> bool:
    name = word.partition("=")[0]
    return name in GROUP_OPTIONS or name in WITH_VALUE or name in SWITCHES or word.startswith("-f")


def _with_folder(word: str, following: Sequence[str]) -> str:
    alone = word == "--save" and not (following and _is_folder(following[0]))
    return f"--save={DEFAULT_SAVE}" if alone else word


def _is_folder(word: str) -> bool:
    """What looks like a target, or is a file, is no folder."""
    if word.startswith("-") or os.path.isfile(word):  # noqa: PTH113 - never raises
        return False
    return os.sep in word or "/" in word or "." not in word or Path(word).is_dir()
