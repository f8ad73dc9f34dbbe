"""A placeholder that was not filled.

Why: {{first_name}}, [Name] or *|FNAME|* that reaches a reader shows that nobody looked. In a template it is right;
before sending it must be gone.
Bad:
    Dear {{first_name}},
Good:
    Dear Anna,
Fix: Send yourself a test with real data, or fill the placeholder by hand.
Source: Mail-merge practice; tag forms of Mailchimp, HubSpot, Sendgrid, Word, Liquid (read 2026)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from reputation.checks import Check
from reputation.checks.content._finding import MAX_FINDINGS, Evidence, Finder, shown
from reputation.checks.content._needs import (
    Texts,
    texts,
)
from reputation.model import Absent, Area, Finding, Known, Severity, Where
from reputation.records.later import later
from reputation.text import say

FOUND = Finder(__doc__, Evidence.DOCUMENTED, Severity.MINOR)

_PLACEHOLDER = later(
    r"\{\{[^{}\n]{1,60}\}\}|\{%[^%\n]{1,80}%\}|\*\|[A-Z0-9_:]{2,40}\|\*|\$\{[\w.]{1,40}\}|"
    r"<<[A-Za-z][\w ]{1,30}>>|«[A-Za-z][\w ]{1,30}»"
    r"|%%[A-Za-z_]{3,30}%%|%(?:FIRST|LAST|FULL)?_?NAME%|\[(?:first|last|full|your|company|"
    r"customer|recipient|client|contact)?[ _]?(?:name|company|title|date|product|link)\]"
    r"|\{(?:first|last|full)?[ _]?name\}|【(?:姓名|公司名|客户名|称呼|产品名)】|\[(?:姓名|公司名|客户名|称呼)\]",
    re.IGNORECASE,
)
_SIGNS = ("{", "[", "*|", "<<", "«", "%", "【")  # each placeholder has one of them


def judge(known: Known[Texts]) -> list[Finding] | None:
    """In the subject and in the visible text."""
    if isinstance(known, Absent):
        return None
    line, text = known.value.subject, known.value.body
    found = [_finding(match[0], line.where) for match in _placeholders(line.text)] if line else []
    if text:
        matches = islice(_placeholders(text.visible.text), MAX_FINDINGS)
        found += [_finding(match[0], text.where_visible(*match.span())) for match in matches]
    return found[:MAX_FINDINGS]


def _placeholders(text: str) -> Iterator[re.Match[str]]:
    return _PLACEHOLDER.finditer(text) if any(map(text.__contains__, _SIGNS)) else iter(())


def _finding(seen: str, where: Where) -> Finding:
    return FOUND.finding(say("the placeholder {seen} is not filled", seen=shown(seen)), where, seen)


CHECK = Check(
    id="unfilled-placeholder", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("no placeholder is left"), needs=texts, judge=judge,
)  # fmt: skip
