"""The mail redirects the reader.

Why: A meta refresh sends the reader elsewhere without a click. Mail programs ignore it, filters treat it as
phishing.
Bad:
    <meta http-equiv="refresh" content="0;url=...">
Good:
    <a href="https://www.example.com/">
Fix: Delete the tag and use a link.
Source: rspamd 3.4 html module; removed by every large mail program
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

FOUND = Finder(__doc__, Evidence.FILTER, Severity.MAJOR)


def judge(known: Known[Body]) -> list[Finding] | None:
    """<meta http-equiv=refresh>."""
    if isinstance(known, Absent) or known.value.html is None:
        return None
    tags = [t for t in known.value.html.tags("meta") if t.attributes.get("http-equiv", "").strip().lower() == "refresh"]
    message = say("the mail redirects the reader to another page")
    return [FOUND.finding(message, known.value.where(t.start, t.end), t.attributes.get("content", "")) for t in tags][
        :1
    ]


CHECK = Check(
    id="meta-refresh", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("nothing redirects the reader"), needs=html, judge=judge,
)  # fmt: skip
