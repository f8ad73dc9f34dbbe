"""Kinds of wording as data: `wording.toml`, compiled by `make docs`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from reputation.records.later import later

_BEGINS = r"(?<!\w)(?=[\w$€£©&(])"  # told cheaply, before all the ways are tried
_COMPILED = Path(__file__).parent / "wording.json"


@lru_cache(maxsize=1)
def _groups() -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = json.loads(_COMPILED.read_text("utf-8"))
    return found


def ways_of(group: str) -> dict[str, list[str]]:
    """Kind -> the ways to say it, as patterns."""
    return _groups()[group]


def finder(kinds: Mapping[str, Iterable[str]]) -> re.Pattern[str]:
    """One pattern with a named group for each kind: a single pass finds all, each at the beginning of a word."""
    groups = (f"(?P<{name}>{'|'.join(ways)})" for name, ways in kinds.items())
    return later(_BEGINS + "(?:" + "|".join(groups) + ")")
