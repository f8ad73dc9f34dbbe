"""Many words in capitals.

Why: More than a fifth of the words stand in sentences of capitals: 2.2 % of measured spam, no other mail. It reads as
shouting. A menu or a heading in capitals does not count.
Bad:
    WE OFFER THE BEST PRICE for YOUR NEW PROJECT
Good:
    We offer a good price for your new project
Fix: Write sentences in ordinary letters.
Source: Own measurement on the public SpamAssassin corpus and CSDMC2010: 2.2 % of 500 spam mails, none of 658
commercial mails
"""

from __future__ import annotations

import re

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder
from reputation.checks.content._needs import (
    body,
)
from reputation.facts.draft import Body
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.records.later import later
from reputation.text import say

FOUND = Finder(__doc__, Evidence.MEASURED, Severity.MINOR)

_LINE = later(r"[^\n]+")
_WORD = later(r"[^\W\d_]{3,}")
_CAPITALS = later("[A-Z\u00c0-\u00de\u0410-\u042f]{3,}")


def judge(known: Known[Body]) -> list[Finding] | None:
    """Capitals in lines of running text; a menu, a heading and a code are left alone. At least ten such words."""
    if isinstance(known, Absent):
        return None
    text = known.value.visible.text
    if len(_CAPITALS.findall(text)) < 10:
        return []
    found = [word for word in _WORD.findall(text) if _has_case(word)]
    words = len(found)
    if 5 * sum(map(str.isupper, found)) <= words:
        return []
    capitals = _shouted(text)
    if len(capitals) < 10 or 5 * len(capitals) <= words:
        return []
    message = say("{percent} % of the words are in capitals", percent=100 * len(capitals) // words)
    return [FOUND.finding(message, known.value.where_visible(*capitals[0].span()), *(m[0] for m in capitals[:5]))]


def _shouted(text: str) -> list[re.Match[str]]:
    """The capitals in lines of at least six words."""
    shouted = []
    for line in _LINE.finditer(text):
        found = [match for match in _WORD.finditer(text, *line.span()) if _has_case(match[0])]
        shouted += [match for match in found if match[0].isupper()] if len(found) >= 6 else []
    return shouted


def _has_case(word: str) -> bool:
    return word.isascii() or word.upper() != word.lower()


CHECK = Check(
    id="capital-words", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("few words are in capitals"), needs=body, judge=judge,
)  # fmt: skip
