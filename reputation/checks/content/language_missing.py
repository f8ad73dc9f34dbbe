"""The language is not declared.

Why: Screen readers choose the voice, and programs the font for Chinese or Japanese, by the lang attribute.
Bad:
    <html>
Good:
    <html lang="en">
Fix: Write lang="en" (or your language) into the html tag.
Source: WCAG 2.2, 3.1.1
"""

from __future__ import annotations

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder
from reputation.checks.content._needs import (
    html,
)
from reputation.facts.draft import Body
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.text import say

FOUND = Finder(__doc__, Evidence.DOCUMENTED, Severity.INFORMATIONAL)


def judge(known: Known[Body]) -> list[Finding] | None:
    """Only where there is an html tag; a fragment gets one from the mailer."""
    if isinstance(known, Absent) or known.value.html is None or not known.value.html.counts["html"]:
        return None
    if known.value.html.language:
        return []
    start = max(0, known.value.source.lower().find("<html"))
    return [FOUND.finding(say("the html tag declares no language"), known.value.where(start, start + 5))]


CHECK = Check(
    id="language-missing", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("the language is declared"), needs=html, judge=judge,
)  # fmt: skip
