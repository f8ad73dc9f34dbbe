"""A script in the mail.

Why: No mail program runs scripts; all remove them, and some gateways refuse the whole message.
Bad:
    <script>...</script>
Good:
    no script at all
Fix: Delete the script.
Source: Removed by every large mail program; own measurement: 1.4 % of spam, 0.1 % of other mail
"""

from __future__ import annotations

from itertools import islice

from reputation.checks import Check
from reputation.checks.content._finding import MAX_FINDINGS, Evidence, Finder
from reputation.checks.content._needs import (
    html,
)
from reputation.facts.draft import Body
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.records.html import Note
from reputation.text import say

FOUND = Finder(__doc__, Evidence.DOCUMENTED, Severity.MAJOR)


def judge(known: Known[Body]) -> list[Finding] | None:
    """Each such tag."""
    if isinstance(known, Absent) or known.value.html is None:
        return None
    found = known.value.html.tags("script")
    return list(islice((_finding(known.value, tag) for tag in found), MAX_FINDINGS))


def _finding(body: Body, tag: Note) -> Finding:
    message = say("<{tag}> runs in no mail program, and some gateways refuse it", tag=tag.name)
    return FOUND.finding(message, body.where(tag.start, tag.end), body.source[tag.start : tag.end])


CHECK = Check(
    id="script-element", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("no script"), needs=html, judge=judge,
)  # fmt: skip
