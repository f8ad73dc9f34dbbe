"""Writes what a run about bounces leaves behind: draft messages and workbooks."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from reputation.bounces.diagnosis import Diagnosis
from reputation.formats.bounce_draft import draft_message
from reputation.formats.clean import file_stem


def write_drafts(folder: Path, diagnoses: Sequence[Diagnosis], language: str) -> int:
    """One .eml for each recipient that has a text to send; how many were written. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    written: set[str] = set()
    for diagnosis in diagnoses:
        for recipient in diagnosis.recipients:
            message = draft_message(diagnosis, recipient, language)
            if message is not None:
                name = _free(f"{recipient.detail}-{file_stem(recipient.recipient)}", written)
                write_bytes(folder / f"{name}.eml", message)
    return len(written)


def _free(stem: str, taken: set[str]) -> str:
    name = stem
    number = 2
    while name in taken:
        name, number = f"{stem}-{number}", number + 1
    taken.add(name)
    return name


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
