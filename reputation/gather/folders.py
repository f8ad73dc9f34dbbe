"""Where this user's cache and state live, and where the program runs.

A service manager's folders win (systemd.exec, CacheDirectory=).
"""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import Final

_NAME: Final = "reputation"
_XDG: Final = {
    "cache": ("XDG_CACHE_HOME", ".cache"),
    "config": ("XDG_CONFIG_HOME", ".config"),
    "data": ("XDG_DATA_HOME", ".local/share"),
    "state": ("XDG_STATE_HOME", ".local/state"),
}


def cache_folder() -> Path:
    """What may be lost: test entries that passed, answers."""
    return _given("CACHE_DIRECTORY") or user_folder("cache")


def state_folder() -> Path:
    """What must survive a day: budgets, the last state."""
    return _given("STATE_DIRECTORY") or user_folder("state")


def data_folder() -> Path:
    """What the user would miss: the history."""
    return _given("STATE_DIRECTORY") or user_folder("data")


def user_folder(kind: str) -> Path:
    """The user's own "cache", "config", "data" or "state" of this program, where platformdirs has it on each system."""
    found = _plain_linux(kind)
    if found is not None:
        return found / _NAME
    import platformdirs

    elsewhere: Path = getattr(platformdirs, f"user_{kind}_path")(_NAME, appauthor=False)
    return elsewhere


def _plain_linux(kind: str) -> Path | None:
    """The folder by the XDG standard where nothing is odd: platformdirs says the same, but loading it takes 3 ms."""
    if sys.platform != "linux" or "ANDROID_DATA" in os.environ:
        return None
    variable, usual = _XDG[kind]
    named, home = os.environ.get(variable, ""), os.environ.get("HOME", "")
    if named:
        return Path(named) if named.startswith("/") else None
    return Path(home, usual) if home.startswith("/") else None


def working_folder() -> str:
    """The folder in which the program runs; "" where it was removed meanwhile."""
    with contextlib.suppress(OSError):
        return str(Path.cwd())
    return ""


def _given(variable: str) -> Path | None:
    """systemd may name several folders, the first is ours."""
    first = os.environ.get(variable, "").split(":")[0]
    return Path(first) if first else None
