"""A picture written into the HTML.

Why: Gmail and Outlook do not show pictures written as data: into the HTML, and they make the mail heavy enough to
be clipped.
Bad:
    <img src="data:image/png;base64,...">
Good:
    <img src="https://www.example.com/pump.png" alt="Pump P40">
Fix: Put the picture on your site, or attach it with a Content-ID.
Source: Gmail and Outlook remove data: pictures (support matrix of caniemail.com, read 2026)
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
from reputation.records.html import HtmlImage
from reputation.text import say

FOUND = Finder(__doc__, Evidence.DOCUMENTED, Severity.MINOR)


def judge(known: Known[Body]) -> list[Finding] | None:
    """<img src="data:...">."""
    if isinstance(known, Absent) or known.value.html is None:
        return None
    images = [image for image in known.value.html.images if image.source[:5].lower() == "data:"]
    return list(islice((_finding(known.value, image) for image in images), MAX_FINDINGS))


def _finding(body: Body, image: HtmlImage) -> Finding:
    size = max(1, len(image.source) // 1024)
    message = say("a picture of {size} kB is written into the HTML and will not be shown", size=size)
    return FOUND.finding(message, body.where(image.start, image.start + 4), image.source[:40])


CHECK = Check(
    id="embedded-image-data", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("no picture is written into the HTML"), needs=html, judge=judge,
)  # fmt: skip
