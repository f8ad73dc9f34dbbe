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

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder, shown
from reputation.checks.content._needs import (
    body,
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


def judge(known: Known[Body]) -> list[Finding] | None:
    """The first place."""
    if isinstance(known, Absent):
        return None
    match = _FILLER.search(known.value.folded.text)
    if match is None:
        return []
    message = say("filler text of a template: {seen}", seen=shown(match[0]))
    return [FOUND.finding(message, known.value.where_folded(*match.span()), match[0])]


CHECK = Check(
    id="filler-text", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("no filler text"), needs=body, judge=judge,
)  # fmt: skip
