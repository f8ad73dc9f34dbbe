"""Writes what a run about bounces leaves behind: draft messages and workbooks."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Each file by its name into `folder`, which is made when it is missing. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        write_bytes(folder / name, content)


def write_bytes(path: Path, content: bytes) -> None:
    """The file has its old content or the new one, never half. Raises OSError."""
    handle, temporary = tempfile.mkstemp(prefix=".reputation-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
