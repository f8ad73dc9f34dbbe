"""Writes reports whole or not at all, and reads saved ones."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import Final

LARGEST: Final = 60_000_000


def write_whole(path: Path, text: str) -> None:
    """The file has the old text or the new one, never half. Devices and pipes are written to directly. OSError."""
    if path.exists() and not path.is_file():
        with path.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
        return
    handle, temporary = tempfile.mkstemp(prefix=".reputation-", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise


def write_public(path: Path, text: str) -> None:
    """As `write_whole`, readable by everybody (0644): the collector of metrics runs as another user. OSError."""
    write_whole(path, text)
    if path.is_file():
        path.chmod(0o644)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def save(folder: Path, name: str, text: str) -> Path:
    """Writes `text` into `folder`, which is made when it is missing. Returns the file; OSError as `write_whole`."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    write_whole(path, text)
    return path


def read_text(path: Path) -> str:
    """A saved report; more than a report can have is cut, and then is none. OSError, UnicodeDecodeError."""
    with path.open(encoding="utf-8-sig") as file:
        return file.read(LARGEST)
