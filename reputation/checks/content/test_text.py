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
from reputation.checks.content._finding import Evidence, Finder, apart, shown
from reputation.checks.content._needs import (
    value,
    whole,
)
from reputation.facts.draft import Body, DraftFacts
from reputation.model import Absent, Area, Finding, Known, Severity, Where
from reputation.records.later import later
from reputation.text import say

FOUND = Finder(__doc__, Evidence.DOCUMENTED, Severity.MINOR)

_SUBJECT = later(
    r"^(?:test(?:ing)?(?: ?(?:e-?mail|mail|message|\d{1,4}))?|asdf\w*|untitled|no subject|"
    r"your subject(?: here)?|[\[<{(【]?(?:no )?subject(?: line)?(?: here)?[\]>})】]?|"
    r"测试(?:邮件)?\d*|todo(?:[:：].*)?|"
    r"(?:copy of|draft[:：]) ?(?:the |my |our )?(?:newsletter|campaign|template|mailing|untitled|e-?mail)\b.*|"
    r".{1,80}\(copy \d\d\)|副本[:：].*|新建邮件|[(（【\[]?(?:无?主题|邮件主题)[)）】\]]?|x{3,9}|"
    r"[._*…-]{1,9})[.! ]*$",
    re.IGNORECASE,
)
_TEXT = later(
    r"\b(?:TODO|FIXME)(?::|：| (?:add|insert|write|fix|check|replace|update|fill|finish|translate)\b)|"
    r"\basdfg?h?\b|(?i:this is (?:only )?a test (?:e-?mail|message))|这是一封测试邮件"
)
_MARKS = ("TODO", "FIXME", "asdf", "测试邮件")


def judge(known: Known[DraftFacts]) -> list[Finding] | None:
    """The whole subject, or a mark in a text."""
    if isinstance(known, Absent):
        return None
    line = value(known.value.subject)
    found = [(line.text, line.where)] if line and _SUBJECT.match(line.text.strip()) else []
    for text in known.value.texts:
        match = _TEXT.search(text.visible.text) if _may_test(text) else None
        if match:
            found.append((match[0], text.where_visible(*match.span())))
    return [_finding(*pair, times) for pair, times in apart(found, lambda pair: pair[0].lower())]


def _may_test(text: Body) -> bool:
    return any(map(text.visible.text.__contains__, _MARKS)) or "a test" in text.folded.text


def _finding(seen: str, where: Where, times: int) -> Finding:
    return FOUND.finding(say("{seen} looks like a test", seen=shown(seen)), where, seen, times=times)


CHECK = Check(
    id="test-text", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("no test text"), needs=whole, judge=judge,
)  # fmt: skip
