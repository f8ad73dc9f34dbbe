"""HTML of the nineties.

Why: Font and center tags stood in a third of old spam and in a fifth of old commercial mail: the smell of an old
editor, no more.
Bad:
    <center><font size="5" color="red">
Good:
    <p style="text-align:center;color:#b00020">
Fix: Use a current mail editor, or inline styles.
Source: Own measurement on the public SpamAssassin corpus and CSDMC2010: center and the like 22.4 % of spam, 11.8 %
of commercial mail
"""

from __future__ import annotations

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder
from reputation.checks.content._needs import (
    html,
)
from reputation.facts.draft import Body
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.text import say, say_plural

FOUND = Finder(__doc__, Evidence.MEASURED_OLD, Severity.INFORMATIONAL)


def judge(known: Known[Body]) -> list[Finding] | None:
    """More than five font and center tags, or any marquee or blink; reported once. One center is in every framework."""
    if isinstance(known, Absent) or known.value.html is None:
        return None
    fonts = known.value.html.tags("font", "center")
    moving = known.value.html.tags("marquee", "blink")
    if len(fonts) <= 5 and not moving:
        return []
    first = (moving or fonts)[0]
    message = say_plural("{n} tag of an old editor", "{n} tags of an old editor", len(fonts) + len(moving))
    return [FOUND.finding(message, known.value.where(first.start, first.end))]


CHECK = Check(
    id="old-html", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("no tags of old editors"), needs=html, judge=judge,
)  # fmt: skip
