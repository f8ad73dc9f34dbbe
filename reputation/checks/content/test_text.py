"""A test that was not meant for readers.

Why: Test, TODO or asdf in a subject or text comes from trying the tool out.
Bad:
    Subject: test mail
Good:
    Subject: Price list June
Fix: Write what you mean, or stop the sending.
Source: Mail-merge practice
"""

from __future__ import annotations

import re

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder, shown
from reputation.checks.content._needs import (
    Texts,
    texts,
)
from reputation.facts.draft import Body
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.records.later import later
from reputation.text import say

FOUND = Finder(__doc__, Evidence.DOCUMENTED, Severity.MINOR)

_SUBJECT = later(
    r"^(?:test(?:ing)?(?: ?(?:e-?mail|mail|message|\d{1,4}))?|asdf\w*|untitled|no subject|"
    r"subject|your subject(?: here)?|测试(?:邮件)?\d*|todo.*)[.! ]*$",
    re.IGNORECASE,
)
_TEXT = later(
    r"\b(?:TODO|FIXME)\b[: ]|\basdfg?h?\b|(?i:this is (?:only )?a test (?:e-?mail|"
    r"message))|这是一封测试邮件"
)
_MARKS = ("TODO", "FIXME", "asdf", "测试邮件")


def judge(known: Known[Texts]) -> list[Finding] | None:
    """The whole subject, or a mark in the text."""
    if isinstance(known, Absent):
        return None
    line, text = known.value.subject, known.value.body
    found = []
    if line and _SUBJECT.match(line.text.strip()):
        found.append(FOUND.finding(say("{seen} looks like a test", seen=shown(line.text)), line.where, line.text))
    match = _TEXT.search(text.visible.text) if text and _may_test(text) else None
    if text and match:
        where = text.where_visible(*match.span())
        found.append(FOUND.finding(say("{seen} looks like a test", seen=shown(match[0])), where, match[0]))
    return found


def _may_test(text: Body) -> bool:
    return any(map(text.visible.text.__contains__, _MARKS)) or "a test" in text.folded.text


CHECK = Check(
    id="test-text", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("no test text"), needs=texts, judge=judge,
)  # fmt: skip
