"""A script in the mail.

Why: No mail program runs scripts; all remove them, and some gateways refuse the whole message.
Bad:
    <script>...</script>
Good:
    no script at all; data of an order or event as application/ld+json, which Gmail reads, is no script
Fix: Delete the script.
Source: Removed by every large mail program; own measurement: 1.4 % of spam, 0.1 % of other mail; JSON-LD: Google,
Email markup (developers.google.com/gmail/markup)
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

FOUND = Finder(__doc__, Evidence.DOCUMENTED, Severity.MAJOR)


def judge(known: Known[Body]) -> list[Finding] | None:
    """Reported once, at the first such tag."""
    if isinstance(known, Absent) or known.value.html is None:
        return None
    found = (tag for tag in known.value.html.tags("script") if not _is_data(tag))
    return [_finding(known.value, tag, times) for tag, times in apart(found, lambda tag: tag.name)]


def _is_data(tag: Note) -> bool:
    """Gmail reads order and event data of this type; nothing in it runs."""
    return tag.attributes.get("type", "").strip().lower() == "application/ld+json"


def _finding(body: Body, tag: Note, times: int) -> Finding:
    message = say("<{tag}> runs in no mail program, and some gateways refuse it", tag=tag.name)
    return FOUND.finding(message, body.where(tag.start, tag.end), body.source[tag.start : tag.end], times=times)


CHECK = Check(
    id="script-element", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("no script"), needs=html, judge=judge,
)  # fmt: skip
