"""The files below a folder, and what of it can not be read, each with its reason. No link to a folder is followed."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Final, NamedTuple

from reputation.bad_input import problem_of
from reputation.text import Text, say, verbatim

_LEADS_NOWHERE: Final = (errno.ENOENT, errno.ENOTDIR, errno.ELOOP)


class Unread(NamedTuple):
    """A file or folder that can not be read, and the sentence about it."""

    file: str
    message: Text


class FolderFiles(NamedTuple):
    """The files that are wanted, and the folders and entries of which nobody could tell what they are; both sorted."""

    files: list[Path]
    unread: list[Unread]


def unread(file: str, error: Exception) -> Unread:
    """What is said of a file or folder that gave this error."""
    reason = problem_of(error) if isinstance(error, OSError) else verbatim(type(error).__name__)
    return Unread(file, say("{file}: can not be read ({reason})", file=file, reason=reason))


def files_below(folder: Path, is_wanted: Callable[[str], bool], passed_over: Collection[str] = ()) -> FolderFiles:
    """The files in `folder` and below it whose names are wanted; folders called as in `passed_over` are not entered."""
    found, waiting = FolderFiles([], []), [folder]
    while waiting:
        inside = waiting.pop()
        try:
            with os.scandir(inside) as entries:
                for entry in entries:
                    if _is_folder(entry):
                        waiting += [] if entry.name in passed_over else [Path(entry.path)]
                    elif is_wanted(entry.name):
                        _sort_in(entry, found)
        except OSError as error:
            found.unread.append(unread(str(inside), error))
    found.files.sort()
    found.unread.sort(key=lambda one: one.file)
    return found


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """A folder of which not even this can be told is met again as something that can not be read."""
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return True


def _sort_in(entry: os.DirEntry[str], found: FolderFiles) -> None:
    """A link that leads nowhere, such as the lock of an editor, is no file."""
    try:
        if entry.is_file():
            found.files.append(Path(entry.path))
    except OSError as error:
        if error.errno not in _LEADS_NOWHERE:
            found.unread.append(unread(entry.path, error))
