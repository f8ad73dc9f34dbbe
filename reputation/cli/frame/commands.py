"""Commands found by folder: the list of names costs no import, and only the command that runs is loaded."""

from __future__ import annotations

import importlib
import os
from functools import lru_cache
from pathlib import Path
from types import ModuleType


@lru_cache(maxsize=1)
def command_names() -> tuple[str, ...]:
    """The commands, sorted: every module of the folder. Names with "_" in front are helpers."""
    with os.scandir(Path(__file__).parent.parent) as entries:
        files = [entry.name for entry in entries]
    return tuple(sorted(n[:-3].replace("_", "-") for n in files if n.endswith(".py") and not n.startswith("_")))


def module_of(name: str) -> ModuleType:
    """The module of one command."""
    return importlib.import_module(f"reputation.cli.{name.replace('-', '_')}")
