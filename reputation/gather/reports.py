"""Writes reports whole or not at all, and reads saved ones."""

from __future__ import annotations

import contextlib
import os
import tempfile
from codecs import getincrementaldecoder
from collections.abc import Iterable, Iterator
from io import FileIO
from pathlib import Path
from typing import Final

LARGEST: Final = 60_000_000
_BLOCK: Final = 1 << 16


class Spool:
    """Text that waits on disk, near the file that it will become, so that a long report needs no memory.

    What it waits in has no name and goes with the process. Where there is no room for it, the text waits in memory: the
    report is not lost for it.
    """

    def __init__(self, becomes: Path | None = None) -> None:
        is_file = becomes is not None and (becomes.is_file() or not becomes.exists())
        self._file = _nameless(becomes.parent if becomes and is_file else None)
        self._size = 0
        self._rest: list[str] = []

    def write(self, text: str) -> None:
        """Appends. UnicodeEncodeError."""
        if self._file and not self._rest:
            raw = memoryview(text.encode())
            with contextlib.suppress(OSError):
                for at in range(0, len(raw), _BLOCK):
                    self._write_block(raw[at : at + _BLOCK])
                self._size += len(raw)
                return
        self._rest.append(text)

    def _write_block(self, block: memoryview) -> None:
        while self._file and block:
            block = block[self._file.write(block) :]

    def pieces(self) -> Iterator[str]:
        """The text so far, from its beginning."""
        if self._file and self._size:
            self._file.seek(0)
            decoder = getincrementaldecoder("utf-8")()
            left = self._size
            while left and (raw := self._file.read(min(left, _BLOCK))):
                left -= len(raw)
                yield decoder.decode(raw)
        yield from self._rest


def _nameless(near: Path | None) -> FileIO | None:
    for folder in dict.fromkeys((near, None)):
        with contextlib.suppress(OSError):
            return tempfile.TemporaryFile("w+b", buffering=0, dir=folder)
    return None


def write_whole(path: Path, text: str | Iterable[str]) -> None:
    """The file has the old text or the new one, in one or in pieces, never half. Devices and pipes are written to
    directly. OSError."""
    pieces = (text,) if isinstance(text, str) else text
    if path.exists() and not path.is_file():
        with path.open("w", encoding="utf-8", newline="") as file:
            file.writelines(pieces)
        return
    handle, temporary = tempfile.mkstemp(prefix=".reputation-", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.writelines(pieces)
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


def save(folder: Path, name: str, text: str | Iterable[str]) -> Path:
    """Writes `text`, in one or in pieces, into `folder`, which is made when it is missing. Returns the file; OSError
    as `write_whole`."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    write_whole(path, text)
    return path


def read_text(path: Path) -> str:
    """A saved report; more than a report can have is cut, and then is none. OSError, UnicodeDecodeError."""
    with path.open(encoding="utf-8-sig") as file:
        return file.read(LARGEST)
