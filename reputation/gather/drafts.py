"""Drafts from files, folders and standard input. What can not be read becomes one sentence, never an exception."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from reputation.bad_input import EMPTY, NO_NAME, BadInput, called
from reputation.facts.draft import DraftFacts, DraftKind
from reputation.gather.draft_names import SUFFIXES, is_draft_name
from reputation.gather.draft_reading import kind_of, read_draft
from reputation.gather.folder_files import files_below, unread
from reputation.gather.no_text import no_text
from reputation.model import DraftProblem as DraftProblem  # noqa: PLC0414 - re-exported
from reputation.records.charset import decode, is_utf16, mark_of
from reputation.records.message import MAX_BYTES
from reputation.text import say

MAX_FILES = 10_000
PASTED = "<stdin>"


def read_drafts(names: Sequence[str]) -> Iterator[DraftFacts | DraftProblem]:
    """Each draft of the files and folders in `names`, in order and once, though it be named twice; "-" or nothing at
    all is standard input."""
    seen: set[str] = set()
    for name in dict.fromkeys(names or ("-",)):
        if name == "-":
            yield from_bytes(PASTED, sys.stdin.buffer.read(MAX_BYTES + 1) if sys.stdin else b"", "")
            continue
        if not name:  # which is the working folder to the system
            yield DraftProblem(EMPTY, NO_NAME)
            continue
        path = Path(name)
        for one in _folder(path) if os.path.isdir(name) else (path,):  # noqa: PTH112 - never raises
            if isinstance(one, DraftProblem):
                yield one
            elif (place := os.path.abspath(one)) not in seen:  # noqa: PTH100 - a link is a draft of its own
                seen.add(place)
                yield from_file(one)


def _folder(folder: Path) -> Iterator[Path | DraftProblem]:
    """The drafts in a folder, and what is wrong with the folder."""
    files, unread_ones = files_below(folder, is_draft_name)
    yield from (DraftProblem(*one) for one in unread_ones)
    if not files and not unread_ones:
        known = ", ".join(sorted(SUFFIXES))
        yield DraftProblem(str(folder), say("{file}: no draft in this folder; expected files with one of {known}",
                                            file=str(folder), known=known))  # fmt: skip
    if len(files) > MAX_FILES:
        yield DraftProblem(str(folder), say("{file}: only the first {count} drafts of this folder were read",
                                            file=str(folder), count=MAX_FILES))  # fmt: skip
    yield from files[:MAX_FILES]


def from_file(path: Path) -> DraftFacts | DraftProblem:
    """One draft from a file."""
    try:
        if not path.exists():
            return DraftProblem(str(path), say("{file}: there is no such file", file=str(path)))
        if not path.is_file():
            return DraftProblem(str(path), say("{file}: not an ordinary file", file=str(path)))
        size = path.stat().st_size  # a buffer of the whole bound for each small file would cost more than reading it
        with path.open("rb") as stream:
            raw = stream.read(min(size, MAX_BYTES) + 1)
    except (OSError, ValueError) as error:
        return DraftProblem(*unread(str(path), error))
    return from_bytes(str(path), raw, path.suffix)


def from_bytes(file: str, raw: bytes, suffix: str) -> DraftFacts | DraftProblem:
    """One draft from its bytes; `suffix` of the file name decides the kind, "" lets the bytes speak."""
    if len(raw) > MAX_BYTES:
        return DraftProblem(file, say("{file}: larger than 25 MB, no receiver takes such a message", file=called(file)))
    if not raw.strip():
        sentence = say("{file}: empty, there is nothing to check", file=called(file))
        return DraftProblem(file, sentence, is_empty=True)
    if _begins_in_utf16(raw) and kind_of(plain := decode(raw).text.encode(), suffix) is DraftKind.MESSAGE:
        raw = plain  # the fields of a message are ASCII
    kind = kind_of(raw, suffix)
    refusal = no_text(file, raw[:8_192], is_message=kind is DraftKind.MESSAGE)
    return read_draft(file, raw, kind) if refusal is None else DraftProblem(file, refusal)


def _begins_in_utf16(raw: bytes) -> bool:
    """Whether more than a part is in UTF-16: the first character, which is of ASCII in a message, too."""
    return is_utf16(raw) and (bool(mark_of(raw)) or b"\0" in raw[:2])


def write_draft(draft: DraftFacts, raw: bytes) -> None:
    """Writes `raw` over the file of `draft`, behind a link and with its rights. Raises OSError and BadInput."""
    path = Path(draft.file).resolve(strict=True)
    with path.open("r+b") as stream:  # a file that must not be written is refused
        before = stream.read()
        kept = os.fstat(stream.fileno())
    if kept.st_nlink > 1:  # the other name may be meant to follow, or to keep what was: nobody here knows
        raise BadInput(say("another name leads to it too, a hard link; repair a copy of it"))
    fresh = raw if before == draft.raw else _as_before(before, draft, raw)
    handle, beside = tempfile.mkstemp(prefix=".reputation-", dir=path.parent)  # nobody else reads it before its rights
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(fresh)
            stream.flush()
            os.fsync(stream.fileno())
        with suppress(AttributeError, PermissionError):  # Windows has no owners, and a guest can not give files away
            os.chown(beside, kept.st_uid, kept.st_gid)
        Path(beside).chmod(stat.S_IMODE(kept.st_mode))
        Path(beside).replace(path)
    finally:
        Path(beside).unlink(missing_ok=True)


def _as_before(before: bytes, draft: DraftFacts, raw: bytes) -> bytes:
    """A message that was read out of UTF-16, in that again, so that it is read as the same."""
    decoded, mark = decode(before), mark_of(before)
    if not _begins_in_utf16(before) or decoded.text.encode() != draft.raw:
        raise BadInput(say("it is no longer what was read"))
    with suppress(UnicodeError):
        fresh = mark + raw.decode("utf-8").encode(decoded.codec)
        again = from_bytes(draft.file, fresh, Path(draft.file).suffix)
        if not decoded.damaged and isinstance(again, DraftFacts) and again.raw == raw:
            return fresh
    raise BadInput(say("more than the repairs would change in its UTF-16"))
