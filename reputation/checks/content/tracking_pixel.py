"""A tracking picture.

Why: Said to be a sign of spam. It stands in 14 % of honest campaigns and 5 % of spam. It is a question of privacy,
not of filters.
Bad:
    fear of one pixel
Good:
    a line in the privacy notice
Fix: Tell your readers in the privacy notice.
Source: Own measurement on the public SpamAssassin corpus and CSDMC2010: 4.9 % of spam, 13.6 % of commercial mail
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

FOUND = Finder(__doc__, Evidence.FOLKLORE, Severity.INFORMATIONAL)


def judge(known: Known[Body]) -> list[Finding] | None:
    """Pictures of at most two pixels."""
    if isinstance(known, Absent) or known.value.html is None:
        return None
    dots = [image for image in known.value.html.images if 0 < image.width <= 2 and 0 < image.height <= 2]
    message = say("a picture of one pixel; a question of privacy, not of filters")
    return [FOUND.finding(message, known.value.where(dot.start, dot.end)) for dot in dots[:1]]


CHECK = Check(
    id="tracking-pixel", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("no tracking picture, which does not matter"), needs=html, judge=judge, default=False,
)  # fmt: skip
