"""Answers kept as long as their owner says (RFC 2308 for the negative ones), within this process and never on disk."""

from __future__ import annotations

from typing import Final, TypeAlias

from reputation.model import Absent, Found, Observed
from reputation.records.answer import Answer
from reputation.records.wire import negative_ttl

MAX_ENTRIES: Final = 100_000
MAX_TTL: Final = 3_600
FAILURE_TTL: Final = 30  # RFC 9520 section 3.2: a failure is kept from 1 second to 5 minutes
NO_SOA_TTL: Final = 30
Key: TypeAlias = "tuple[str, str]"
_Entry: TypeAlias = (
    "tuple[Observed[Answer], float, bytes, bytes]"  # answer, when, its question, the message if negative
)


class Cache:
    """By name (lower case) and type. How long an answer holds is worked out only when it is wanted again."""

    def __init__(self) -> None:
        self._entries: dict[Key, _Entry] = {}

    def get(self, key: Key, now: float) -> Observed[Answer] | None:
        """The answer while it holds."""
        entry = self._entries.get(key)
        if entry is None:
            return None
        if now - entry[1] <= _ttl(entry):
            return entry[0]
        del self._entries[key]
        return None

    def put(self, key: Key, answer: Observed[Answer], now: float, packed: bytes = b"", data: bytes = b"") -> None:
        """Keep `answer`; `data` is the message that said "none", from which its time is read."""
        if len(self._entries) >= MAX_ENTRIES:
            self._entries.clear()
        self._entries[key] = (answer, now, packed, data)


def _ttl(entry: _Entry) -> int:
    answer, _, packed, data = entry
    if isinstance(answer, Found):
        return min(answer.value.ttl, MAX_TTL)
    if isinstance(answer, Absent):
        return min(negative_ttl(data, packed) or NO_SOA_TTL, MAX_TTL)
    return FAILURE_TTL
