"""Two small files of the user: which lists passed their test entries today, and how often each was asked today.

Neither holds a key or a name that was asked. A file that cannot be read counts as empty, one that cannot be written is
left: the run goes on, only a little slower or less frugal.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from reputation.log import log_of

log = log_of(__name__)
PASS_LASTS: Final = timedelta(days=1)
_LOCK_WAIT_S: Final = 2.0
_LOCK_STALE_S: Final = 10.0
_MAX_BYTES: Final = 2_000_000


class KnownPasses:
    """The lists that passed, by a hash of everything that a pass depends on. A pass counts for one day."""

    def __init__(self, folder: Path | None, now: datetime) -> None:
        self._file = folder / "list-tests.json" if folder else None
        self._now = now
        self._passed: Mapping[str, Any] = _read(self._file)

    def has(self, fingerprint: str) -> bool:
        """Whether this list passed within the last day. A pass from the future counts as none."""
        passed_at = self._passed.get(fingerprint)
        if not isinstance(passed_at, (int, float)):
            return False
        return timedelta(0) <= timedelta(seconds=self._now.timestamp() - passed_at) < PASS_LASTS

    def keep(self, fingerprints: Iterable[str]) -> None:
        """Remembers these passes, and forgets those that have run out."""
        new = dict.fromkeys(fingerprints, int(self._now.timestamp()))
        if self._file is None or not new:
            return
        with _locked(self._file):
            earliest = (self._now - PASS_LASTS).timestamp()
            kept = {k: v for k, v in _read(self._file).items() if isinstance(v, (int, float)) and v > earliest}
            _write(self._file, kept | new)


class DailyBudget:
    """How many questions of today each list has had, over all runs of this user."""

    def __init__(self, folder: Path | None, now: datetime) -> None:
        self._file = folder / "list-budget.json" if folder else None
        self._today = now.date().isoformat()
        self._in_memory: dict[str, int] = {}

    def take(self, wanted: Mapping[str, tuple[int, int]]) -> dict[str, int]:
        """Reserves questions: zone -> (how many, allowed a day), and returns zone -> how many may be asked."""
        if not wanted:
            return {}
        if self._file is None:
            return self._grant(wanted, self._in_memory)
        with _locked(self._file):
            stored = _read(self._file)
            asked = stored.get("asked") if stored.get("day") == self._today else None
            counts = {k: v for k, v in asked.items() if isinstance(v, int)} if isinstance(asked, dict) else {}
            counts = {zone: max(counts.get(zone, 0), self._in_memory.get(zone, 0)) for zone in {*counts, *wanted}}
            granted = self._grant(wanted, counts)
            _write(self._file, {"day": self._today, "asked": counts})
        return granted

    def _grant(self, wanted: Mapping[str, tuple[int, int]], counts: dict[str, int]) -> dict[str, int]:
        granted = {}
        for zone, (questions, allowed) in wanted.items():
            asked = counts.get(zone, 0)
            granted[zone] = max(0, min(questions, allowed - asked))
            counts[zone] = self._in_memory[zone] = asked + granted[zone]
        return granted


def _read(file: Path | None) -> dict[str, Any]:
    if file is None:
        return {}
    try:
        with file.open("rb") as stream:
            found = json.loads(stream.read(_MAX_BYTES))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _write(file: Path, content: Mapping[str, Any]) -> None:
    """Atomic: another run sees the old file or the new one, never half of one."""
    fresh = file.with_name(f"{file.name}.{os.getpid()}.new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_text(json.dumps(content, sort_keys=True), "utf-8")
        fresh.replace(file)
    except OSError as error:
        log.warning("state not saved in %s: %s", file.parent, error.strerror)


@contextlib.contextmanager
def _locked(file: Path) -> Iterator[None]:
    """One writer at a time, by a file beside it; a lock left behind by a killed run is taken over after 10 s."""
    lock = file.with_name(file.name + ".lock")
    held = _acquire(lock)
    try:
        yield
    finally:
        if held:
            lock.unlink(missing_ok=True)


def _acquire(lock: Path) -> bool:
    deadline = time.monotonic() + _LOCK_WAIT_S
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    while time.monotonic() < deadline:
        try:
            os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
            return True
        except FileExistsError:
            _remove_stale(lock)
            time.sleep(0.01)
        except OSError:
            return False
    return False


def _remove_stale(lock: Path) -> None:
    with contextlib.suppress(OSError):
        if time.time() - lock.stat().st_mtime > _LOCK_STALE_S:
            lock.unlink(missing_ok=True)
