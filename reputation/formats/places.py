"""Files as they are called from the folder in which the program runs: an alert must be the same from each machine."""

from __future__ import annotations

from pathlib import PurePath

from reputation.model import Result


def from_folder(file: str, folder: str) -> str:
    """The name of `file` as seen from `folder`, where it lies below that; otherwise as it was given."""
    path = PurePath(file)
    return str(path.relative_to(folder)) if folder and path.is_relative_to(folder) else file


def result_from_folder(result: Result, folder: str) -> Result:
    """The result with its file so named, and with it the fingerprint."""
    if result.where is None:
        return result
    file, target = (from_folder(name, folder) for name in (result.where.file, result.target))
    return result._replace(where=result.where._replace(file=file), target=target)
