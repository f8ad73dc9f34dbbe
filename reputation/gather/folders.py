"""Where this user's cache and state live, and where the program runs.

A service manager's folders win (systemd.exec, CacheDirectory=).
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path


def cache_folder() -> Path:
    """What may be lost: test entries that passed, answers."""
    from platformdirs import user_cache_path

    return _given("CACHE_DIRECTORY") or user_cache_path("reputation", appauthor=False)


def state_folder() -> Path:
    """What must survive a day: budgets, the last state."""
    from platformdirs import user_state_path

    return _given("STATE_DIRECTORY") or user_state_path("reputation", appauthor=False)


def data_folder() -> Path:
    """What the user would miss: the history."""
    from platformdirs import user_data_path

    return _given("STATE_DIRECTORY") or user_data_path("reputation", appauthor=False)


def working_folder() -> str:
    """The folder in which the program runs; "" where it was removed meanwhile."""
    with contextlib.suppress(OSError):
        return str(Path.cwd())
    return ""


def _given(variable: str) -> Path | None:
    """systemd may name several folders, the first is ours."""
    first = os.environ.get(variable, "").split(":")[0]
    return Path(first) if first else None
