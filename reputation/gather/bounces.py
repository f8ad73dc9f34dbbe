"""Bounces from wherever they lie: files, folders, Maildir, mbox, logs, event exports, pasted text, standard input.

What can not be read becomes one sentence, and the rest goes on. Files are read only; nothing that they name is opened.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from reputation.bad_input import EMPTY, NO_NAME, called
from reputation.bounces.find import Found, Kind, find
from reputation.bounces.find.events import events_in
from reputation.bounces.find.logs import looks_like_log
from reputation.bounces.find.mail import MAX_BYTES
from reputation.bounces.find.pasted import find_in_text, looks_like_message
from reputation.gather.folder_files import files_below, unread
from reputation.gather.mail_logs import log_failures
from reputation.gather.mbox import mbox_messages
from reputation.gather.no_text import no_text
from reputation.records.charset import decode, is_utf16
from reputation.text import Text, say

PASTED: Final = "<stdin>"
_MAX_TEXT: Final = 64 * 1024 * 1024
_MAX_FILES: Final = 200_000
_HEAD: Final = 16 * 1024
_PACKED: Final = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class ReadBounce:
    """One message, event, log line or text: where it stood, its number in that file (from 1), what it is."""

    file: str
    n: int
    found: Found


@dataclass(frozen=True, slots=True)
class BounceProblem:
    """A file that could not be read, and why."""

    file: str
    message: Text


Item = ReadBounce | BounceProblem


def read_bounces(names: Sequence[str]) -> Iterator[Item]:
    """Everything in `names`, in order; "-" or nothing is standard input. A name that is a reply line is read itself."""
    for name in names or ("-",):
        path = Path(name)
        if name == "-":
            yield from from_bytes(PASTED, sys.stdin.buffer.read(_MAX_TEXT))
        elif not name:  # which is the working folder to the system
            yield BounceProblem(EMPTY, NO_NAME)
        elif _is_pasted(name, path):
            yield ReadBounce("<text>", 1, find_in_text(name))
        elif os.path.isdir(name):  # noqa: PTH112 - never raises
            yield from _folder(path)
        else:
            yield from from_file(path)


def _is_pasted(name: str, path: Path) -> bool:
    """Whether an argument is a quoted reply rather than the name of a file."""
    try:
        return not path.exists() and (" " in name.strip() or "\n" in name)
    except PermissionError:
        return False
    except (OSError, ValueError):
        return True


def _folder(folder: Path) -> Iterator[Item]:
    """Every file below, sorted; a Maildir's tmp and files that begin with a dot are left alone."""
    files, unread_ones = files_below(folder, lambda name: not name.startswith("."), passed_over=("tmp",))
    yield from (BounceProblem(*one) for one in unread_ones)
    if not files and not unread_ones:
        yield BounceProblem(str(folder), say("{file}: there is no file in this folder", file=str(folder)))
    for path in files[:_MAX_FILES]:
        yield from from_file(path)
    if len(files) > _MAX_FILES:
        yield BounceProblem(
            str(folder), say("{file}: only the first {count} files were read", file=str(folder), count=_MAX_FILES)
        )


def from_file(path: Path) -> Iterator[Item]:
    """What one file holds."""
    try:
        if not path.exists():
            yield BounceProblem(str(path), say("{file}: there is no such file", file=str(path)))
            return
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
        refusal = None if head.startswith(_PACKED) else no_text(str(path), head, is_message=looks_like_message(head))
        if refusal is not None:
            yield BounceProblem(str(path), refusal)
            return
        yield from _by_shape(path, head)
    except (OSError, ValueError, EOFError) as error:
        yield BounceProblem(*unread(str(path), error))


def _by_shape(path: Path, head: bytes) -> Iterator[Item]:
    """A log or mbox is read line by line, whatever its size; anything else is read whole, up to a bound."""
    if _is_all_utf16(head):
        with path.open("rb") as stream:
            yield from from_bytes(str(path), stream.read(_MAX_TEXT))
    elif head.startswith(_PACKED) or looks_like_log(_lines(head)) or _is_powermta(head):
        yield from _numbered(str(path), log_failures(path))
    elif head.startswith(b"From "):
        messages = (find(raw) for raw in mbox_messages(path))
        yield from (ReadBounce(str(path), n, found) for n, found in enumerate(messages, 1))
    else:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES if looks_like_message(head) else _MAX_TEXT)
        yield from from_bytes(str(path), raw)


def _is_all_utf16(raw: bytes) -> bool:
    """A message with a part in UTF-16 is none that is written in it."""
    return is_utf16(raw) and not looks_like_message(raw)


def from_bytes(file: str, raw: bytes) -> Iterator[Item]:
    """What pasted or read bytes hold: messages, events, log lines, or words."""
    from reputation.gather.mail_logs import failures_in_lines
    from reputation.gather.mbox import split_mbox

    raw = decode(raw).text.encode() if _is_all_utf16(raw) else raw
    refusal = no_text(file, raw[:_HEAD], is_message=looks_like_message(raw))
    if not raw.strip():
        yield BounceProblem(file, say("{file}: empty, there is nothing to read", file=called(file)))
    elif refusal is not None:
        yield BounceProblem(file, refusal)
    elif raw.startswith(b"From ") and looks_like_message(raw):
        yield from _numbered(file, (find(one) for one in split_mbox(raw.splitlines(keepends=True))))
    elif looks_like_message(raw):
        yield ReadBounce(file, 1, find(raw[:MAX_BYTES]))
    else:
        text = decode(raw).text
        events = events_in(text)
        if events is not None:
            yield from _numbered(file, events or [Found(Kind.ORDINARY)])
        elif looks_like_log(text.splitlines()[:50]) or _is_powermta(raw[:_HEAD]):
            yield from _numbered(file, failures_in_lines(text.splitlines()))
        else:
            yield from _words(file, text)


def _words(file: str, text: str) -> Iterator[Item]:
    """Pasted words: one bounce, or several reply lines, one a line."""
    lines = [line for line in text.splitlines() if line.strip()]
    if 1 < len(lines) <= 100_000 and all(_is_reply_line(line) for line in lines):
        yield from (ReadBounce(file, n, find_in_text(line)) for n, line in enumerate(lines, 1))
    else:
        yield ReadBounce(file, 1, find_in_text(text))


def _is_reply_line(line: str) -> bool:
    """Whether a line begins with a reply code that is not continued on the next line ("550 ", not "550-")."""
    code = line.lstrip()[:4]
    return code[:3].isdigit() and code[:1] in "45" and code[3:] in (" ", "")


def _numbered(file: str, found: Iterable[Found]) -> Iterator[Item]:
    yield from (ReadBounce(file, n, one) for n, one in enumerate(found, 1))


def _lines(head: bytes) -> list[str]:
    return head.decode("latin-1").splitlines()[:50]


def _is_powermta(head: bytes) -> bool:
    from reputation.bounces.find.logs import is_powermta_header

    return is_powermta_header(head.split(b"\n", 1)[0].decode("latin-1"))
