"""frames.toml, ready for use: the signs by which a bounce and an automatic reply are known."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

_SUBJECT_PREFIX: Final = re.compile(
    r"^(?:\s*(?:\[[^\]]{0,40}\]|[*{(<-]{1,4}\s*(?:spam|virus)\s*[*})>-]{1,4}|re:|fw:|fwd:|\*+))*\s*", re.I
)


@dataclass(frozen=True, slots=True)
class Frames:
    """The lists of frames.toml."""

    local_parts: tuple[str, ...]
    names: tuple[str, ...]
    subjects: tuple[str, ...]
    openings: tuple[str, ...]
    politeness: tuple[str, ...]
    cuts: tuple[str, ...]
    replies: tuple[str, ...]
    warnings: tuple[str, ...]
    still_trying: tuple[str, ...]
    gone: tuple[str, ...]
    challenges: tuple[str, ...]
    labels: frozenset[str]
    header_labels: frozenset[str]


@lru_cache(maxsize=1)
def frames() -> Frames:
    """The lists, read once."""
    data = tomllib.loads((Path(__file__).parent / "frames.toml").read_text("utf-8"))
    words = {name: tuple(map(str, entries)) for name, entries in data.items()}
    return Frames(
        local_parts=words["local_parts"], names=words["names"], subjects=words["subjects"], openings=words["openings"],
        politeness=words["politeness"], cuts=words["cuts"], replies=words["replies"], warnings=words["warnings"],
        still_trying=words["still_trying"], gone=words["gone"], challenges=words["challenges"],
        labels=frozenset(words["labels"]), header_labels=frozenset(words["header_labels"]),
    )  # fmt: skip


def contains(text: str, entry: str) -> bool:
    """Whether `entry`, with at most one "*" in it, stands in `text`."""
    first, star, last = entry.partition("*")
    at = text.find(first.rstrip() if star else first)
    return at >= 0 and (not star or text.find(last.strip(), at + len(first), at + len(first) + 200) >= 0)


def bare_subject(subject: str) -> str:
    """The subject in lower case without "Re:", "[list]" and the marks of filters."""
    return _SUBJECT_PREFIX.sub("", subject[:400]).strip().lower()


def is_bounce_subject(subject: str) -> bool:
    """Whether a subject is one of a bounce."""
    return bare_subject(subject).startswith(frames().subjects)


def is_reply_subject(subject: str) -> bool:
    """Whether a subject is one of an automatic reply."""
    return bare_subject(subject).startswith(frames().replies)


def is_system_sender(sender: str) -> bool:
    """Whether a From header names a mail system rather than a person."""
    sender = sender[:400].lower()
    local = sender.rpartition("@")[0].rpartition("<")[2] or sender
    name = sender.partition("<")[0]
    return local.strip("\"' ").startswith(frames().local_parts) or any(entry in name for entry in frames().names)
