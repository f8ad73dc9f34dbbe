"""One run at a time: an advisory lock that the system takes back by itself when the run dies."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

_PAUSE_S = 0.2


@contextmanager
def run_lock(path: Path, *, wait_s: float = 0.0) -> Iterator[bool]:
    """True while this run is the only one; False when another one holds the lock after `wait_s` seconds.

    Where no lock file can be made (a folder that is read-only) the run goes on alone: it cannot save anything anyway.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a+b")
    except OSError:
        yield True
        return
    with file:
        alone = _held(file, time.monotonic() + wait_s)
        if alone:
            with contextlib.suppress(OSError):
                os.utime(path)  # since when it is held
        yield alone


def held_s(path: Path, now: float) -> float:
    """For how many seconds the lock has been held; 0 where nobody knows."""
    try:
        return max(0.0, now - path.stat().st_mtime)
    except OSError:
        return 0.0


def _held(file: IO[bytes], deadline: float) -> bool:
    while not _try(file):
        if time.monotonic() >= deadline:
            return False
        time.sleep(_PAUSE_S)
    return True


def _try(file: IO[bytes]) -> bool:
    """The lock ends with the open file, so a killed run leaves none behind."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
