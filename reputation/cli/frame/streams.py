"""Standard output and error made safe before the first word, and the one option that click cannot read."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from reputation.settings import DEFAULT_SAVE


def prepare_streams() -> None:
    """A character that the terminal's encoding lacks becomes "?", never an exception."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")


def with_saved_folder(words: Sequence[str]) -> list[str]:
    """`--save` may stand alone: then the default folder follows it. What looks like a target is no folder."""
    done: list[str] = []
    for at, word in enumerate(words):
        following = words[at + 1] if at + 1 < len(words) else "-"
        done.append(f"--save={DEFAULT_SAVE}" if word == "--save" and not _is_folder(following) else word)
    return done


def _is_folder(word: str) -> bool:
    if word.startswith("-"):
        return False
    return os.sep in word or "/" in word or "." not in word or Path(word).is_dir()
