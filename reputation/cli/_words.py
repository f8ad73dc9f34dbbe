"""Words for people where machines read a name: how grave a listing is, and what a list holds."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from reputation.text import Text, say

SEVERITIES: Final = {
    "critical": say("critical"),
    "major": say("major"),
    "minor": say("minor"),
    "informational": say("informational"),
}
_KINDS: Final = {"ip4": say("IPv4"), "ip6": say("IPv6"), "domain": say("domains"), "url-host": say("link hosts")}


def kinds_in_words(kinds: Collection[str]) -> Text:
    """The kinds of subjects that a list holds, always in the same order."""
    return say("{names}", names=tuple(words for kind, words in _KINDS.items() if kind in kinds))
