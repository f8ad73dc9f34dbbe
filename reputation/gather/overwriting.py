"""Whether a file that is to be written is one that is read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from reputation.gather.folder_files import files_below


class Reading(NamedTuple):
    """A file that is read; or a folder, of which the files are whose names are wanted."""

    name: str
    is_wanted: Callable[[str], bool] | None = None


def overwritten(targets: Iterable[Path], readings: Iterable[Reading]) -> str | None:
    """The first file that is read, standard input too, and would be lost to one of `targets`, whatever it is called
    there; None if there is none."""
    present = list(filter(None, map(_file, targets)))
    if not present:
        return None
    named = ((name, _file(Path(name))) for reading in readings for name in _names(reading))
    found = ((name, one) for name, one in (("<stdin>", _standard_input()), *named) if one)
    return next((name for name, one in found if any(os.path.samestat(one, target) for target in present)), None)


def _names(reading: Reading) -> Iterator[str]:
    if reading.is_wanted and os.path.isdir(reading.name):  # noqa: PTH112 - never raises
        yield from map(str, files_below(Path(reading.name), reading.is_wanted).files)
    elif reading.name:  # none is the working folder to the system
        yield reading.name


def _file(path: Path) -> os.stat_result | None:
    """Which file it is. None when there is none: a device or pipe loses nothing."""
    with suppress(OSError, ValueError):
        return path.stat() if path.is_file() else None
    return None


def _standard_input() -> os.stat_result | None:
    with suppress(OSError):
        return os.fstat(0)
    return None
