"""Filler text of a template.

Why: Lorem ipsum in a sent mail shows that it was never finished.
Bad:
    Lorem ipsum dolor sit amet
Good:
    your own text
Fix: Write the text, or delete the block.
Source: Mail-merge practice
"""

from __future__ import annotations

import re

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder, apart, shown
from reputation.checks.content._needs import (
    every_text,
)
from reputation.facts.draft import Body
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.records.later import holds, later
from reputation.text import say

FOUND = Finder(__doc__, Evidence.DOCUMENTED, Severity.MAJOR)

_FILLER = later(
    r"lorem ipsum|dolor sit amet|insert (?:your )?(?:text|content|copy) here|your (?:text|"
    r"headline|content) (?:goes )?here|此处(?:填写|输入)|在此输入",
    when=holds("lorem ipsum", "dolor sit", " here", "此处", "在此"),
)
_STEMS = (  # each match of _FILLER has one of them
    "lorem ipsum", "dolor sit", "text here", "content here", "copy here", "headline here", "goes here", "此处",
    "在此输入",
)  # fmt: skip


def judge(known: Known[tuple[Body, ...]]) -> list[Finding] | None:
    """The first place in each text."""
    if isinstance(known, Absent):
        return None
    found = ((match, text) for text in known.value if (match := _filler(text.folded.text)))
    return [_finding(*pair, times) for pair, times in apart(found, lambda pair: pair[0][0])]


def _filler(low: str) -> re.Match[str] | None:
    return _FILLER.search(low) if any(map(low.__contains__, _STEMS)) else None


def _finding(match: re.Match[str], text: Body, times: int) -> Finding:
    message = say("filler text of a template: {seen}", seen=shown(match[0]))
    return FOUND.finding(message, text.where_folded(*match.span()), match[0], times=times)


CHECK = Check(
    id="filler-text", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("no filler text"), needs=every_text, judge=judge,
)  # fmt: skip
