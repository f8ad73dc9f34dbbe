"""HTML that Gmail clips.

Why: Gmail shows the first 102 kB of HTML and hides the rest behind a link: the footer, the postal address and the
unsubscribe link.
Bad:
    150 kB of HTML
Good:
    below 80 kB
Fix: Remove unused styles, comments and copied formatting from the HTML.
Source: Gmail clips at 102 kB (often reported; 105 kB measured by spamresource.com, 2022-01-12)
"""

from __future__ import annotations

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder
from reputation.checks.content._needs import (
    html,
)
from reputation.facts.draft import Body
from reputation.model import Absent, Area, Finding, Known, Severity, Where
from reputation.text import say

FOUND = Finder(__doc__, Evidence.DOCUMENTED, Severity.MINOR)

LIMIT = 102 * 1024


def judge(known: Known[Body]) -> list[Finding] | None:
    """Bytes of the decoded HTML; pictures do not count."""
    if isinstance(known, Absent):
        return None
    size = len(known.value.source.encode("utf-8", "replace"))
    if size <= LIMIT:
        return []
    return [
        FOUND.finding(
            say("the HTML has {size} kB; Gmail clips it at 102 kB", size=size // 1024), Where(known.value.file)
        )
    ]


CHECK = Check(
    id="html-too-large", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("the HTML is small enough to be shown whole"), needs=html, judge=judge,
)  # fmt: skip
