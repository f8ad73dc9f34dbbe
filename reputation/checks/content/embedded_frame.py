"""A frame or plug-in in the mail.

Why: Mail programs remove frames, objects and embedded players; the reader sees a hole.
Bad:
    <iframe src="https://example.com/video">
Good:
    <a href="https://example.com/video"><img src="still.png" alt="Video"></a>
Fix: Show a picture that links to the page.
Source: Removed by Gmail and Outlook; own measurement
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
    found = known.value.html.tags("iframe", "object", "embed", "applet", "video", "audio")
    return [_finding(known.value, tag, times) for tag, times in apart(found, lambda tag: tag.name)]


def _finding(body: Body, tag: Note, times: int) -> Finding:
    message = say("mail programs do not show <{tag}>", tag=tag.name)
    return FOUND.finding(message, body.where(tag.start, tag.end), body.source[tag.start : tag.end], times=times)


CHECK = Check(
    id="embedded-frame", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("no frame or plug-in"), needs=html, judge=judge,
)  # fmt: skip
