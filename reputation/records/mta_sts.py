"""MTA-STS: the TXT record and the policy file of RFC 8461."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from reputation.records.dns_name import normal
from reputation.records.tags import parse_tags
from reputation.text import Text, say

LONGEST_AGE: Final = 31_557_600  # seconds, a year
_ID: Final = re.compile(r"[A-Za-z0-9]{1,32}")
_PATTERN: Final = re.compile(r"(?:\*\.)?[a-z0-9_](?:[a-z0-9_-]*)(?:\.[a-z0-9_-]+)+")
_MODES: Final = ("enforce", "testing", "none")


class StsSyntaxError(ValueError):
    """The record or the file cannot be used; `problem` is the sentence for people."""

    def __init__(self, problem: Text) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass(frozen=True, slots=True)
class StsPolicy:
    """A policy file. `mx` are host names or patterns such as "*.example.com"; `max_age` is in seconds."""

    mode: str
    mx: tuple[str, ...]
    max_age: int

    def covers(self, host: str) -> bool:
        """True when a mail host fits a pattern; "*" stands for exactly one label (section 4.1)."""
        name = normal(host)
        above = name.partition(".")[2]
        return any(pattern in (name, f"*.{above}") for pattern in self.mx)


def sts_records(texts: Iterable[bytes]) -> tuple[str, ...]:
    """Those TXT records that are MTA-STS records."""
    decoded = (text.decode("latin-1") for text in texts)
    return tuple(text for text in decoded if parse_tags(text).get("v") == "STSv1" and text.startswith("v=STSv1"))


def parse_sts_record(text: str) -> str:
    """The id of the policy. Raises StsSyntaxError."""
    tags = parse_tags(text)
    if not _ID.fullmatch(tags.get("id")):
        raise StsSyntaxError(say("id= must have 1 to 32 letters and digits"))
    return tags.get("id")


def parse_sts_policy(text: str) -> StsPolicy:
    """The policy in a file (section 3.2). Raises StsSyntaxError."""
    fields: dict[str, list[str]] = {}
    for line in text.splitlines():
        key, colon, value = line.partition(":")
        if colon:
            fields.setdefault(key.strip().lower(), []).append(value.strip())
    mode, age = fields.get("mode", [""])[0], fields.get("max_age", [""])[0]
    patterns = tuple(normal(value) for value in fields.get("mx", ()))
    if fields.get("version", [""])[0] != "STSv1":
        raise StsSyntaxError(say("the line version: STSv1 is missing"))
    if mode not in _MODES:
        raise StsSyntaxError(say("mode: must be enforce, testing or none"))
    if not re.fullmatch("[0-9]{1,10}", age) or int(age) > LONGEST_AGE:
        raise StsSyntaxError(say("max_age: must be a number of seconds up to {most}", most=LONGEST_AGE))
    if (mode != "none" and not patterns) or not all(_PATTERN.fullmatch(pattern) for pattern in patterns):
        raise StsSyntaxError(say("each mx: line must name a mail host, such as mx.example.com or *.example.com"))
    return StsPolicy(mode, patterns, int(age))


def suggested_policy(hosts: Iterable[str]) -> str:
    """A policy file to begin with: testing, for a day, for the hosts that are there."""
    lines = ["version: STSv1", "mode: testing", *(f"mx: {normal(host)}" for host in hosts), "max_age: 86400"]
    return "\n".join(lines) + "\n"
