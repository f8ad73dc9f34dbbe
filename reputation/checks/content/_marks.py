"""Exclamation marks in a row."""

from __future__ import annotations

import re

from reputation.facts.draft import Body
from reputation.records.later import holds, later

_RUN = later(r"[!！](?:[ \t]?[!！1]){0,20}[!！]", when=holds("!", "！"))


def exclamation_runs(text: Body) -> list[re.Match[str]]:
    """The runs in the visible text."""
    return list(_RUN.finditer(text.visible.text))
