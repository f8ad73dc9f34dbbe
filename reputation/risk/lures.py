"""What lures talk about (`wording.toml`): single words are counted among the words, the rest by one pattern."""

from __future__ import annotations

import re
from functools import lru_cache

from reputation.records.later import later
from reputation.risk.kinds import finder, ways_of

_HEAD = 500
_WITHIN = 4_000  # characters; a lure says early what it wants
_TOKEN = later(r"[^\W\d_]+")


@lru_cache(maxsize=1)
def _topic_of() -> dict[str, str]:
    """Word -> its topic."""
    return {way: topic for topic, ways in ways_of("lures").items() for way in ways if way.isalpha()}


@lru_cache(maxsize=1)
def _phrases() -> re.Pattern[str]:
    """The ways of more than a word."""
    return finder({topic: [w for w in ways if not w.isalpha()] for topic, ways in ways_of("lures").items()})


def lure_signals(text: str, words: int) -> dict[str, float]:
    """Signals of a folded text of that many words."""
    read = text[:_WITHIN]
    topic_of, topics = _topic_of(), [match.lastgroup or "" for match in _phrases().finditer(read)]
    first = {match.lastgroup for match in _phrases().finditer(text, 0, _HEAD)}
    topics += [topic_of[token] for token in _TOKEN.findall(read) if token in topic_of]
    first |= {topic_of[token] for token in _TOKEN.findall(text, 0, _HEAD) if token in topic_of}
    return {
        "lure_first": len(first),
        "lure_most": min(5, max(map(topics.count, set(topics)), default=0)),
        "lure_share": min(10.0, 100 * len(topics) / (words + 30)),
    }
