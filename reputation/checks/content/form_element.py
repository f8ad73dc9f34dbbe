"""A form in the mail.

Why: Mail programs remove forms or warn before them, and asking for data in a mail is what phishing does.
Bad:
    <form action="https://example.com/survey">
Good:
    <a href="https://example.com/survey">Answer three questions</a>
Fix: Put the form on a page of your site and link to it.
Source: Own measurement: 6.3 % of spam, 1.0 % of other mail, 11.0 % of old commercial mail; removed by Gmail and
Outlook
"""

from __future__ import annotations

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder, apart
from reputation.checks.content._needs import (
    html,
)
from reputation.facts.draft import Body
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.records.html import Note
from reputation.text import say

FOUND = Finder(__doc__, Evidence.DOCUMENTED, Severity.MINOR)


def judge(known: Known[Body]) -> list[Finding] | None:
    """Each kind of tag once."""
    if isinstance(known, Absent) or known.value.html is None:
        return None
    found = known.value.html.tags("form")
    return [_finding(known.value, tag, times) for tag, times in apart(found, lambda tag: tag.name)]


def _finding(body: Body, tag: Note, times: int) -> Finding:
    message = say("mail programs remove <{tag}>", tag=tag.name)
    return FOUND.finding(message, body.where(tag.start, tag.end), body.source[tag.start : tag.end], times=times)


CHECK = Check(
    id="form-element", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("no form"), needs=html, judge=judge,
)  # fmt: skip
