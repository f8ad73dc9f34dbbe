"""Text that is hard to read on its background.

Why: Grey on white is hard to read for many, also white on a light button. It is a matter of readers: a third of good
templates has it. Filters score only text that nearly vanishes in its background.
Bad:
    style="color:#cccccc;background-color:#ffffff"
Good:
    style="color:#333333;background-color:#ffffff"
Fix: Choose a darker colour; the ratio should be 4.5 to 1 or more.
Source: WCAG 2.2, 1.4.3; SpamAssassin 4.0.1 HTML_FONT_LOW_CONTRAST (0.7)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder
from reputation.checks.content._needs import (
    html,
)
from reputation.facts.draft import Body
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.records.later import later
from reputation.text import say

FOUND = Finder(__doc__, Evidence.DOCUMENTED, Severity.INFORMATIONAL)

_STYLE = later(r"[sS](?i:tyle)\s*=\s*(?:\"([^\"]{1,2000})\"|'([^']{1,2000})')")
_COLOR = later(r"(?:^|[;\s])color\s*:\s*#([0-9a-f]{6}|[0-9a-f]{3})\b", re.IGNORECASE)
_GROUND = later(r"background(?:-color)?\s*:\s*#([0-9a-f]{6}|[0-9a-f]{3})\b", re.IGNORECASE)
LEAST = 3.0  # what large text needs; 4.5 would mark half of all footers


def judge(known: Known[Body]) -> list[Finding] | None:
    """Each pair of colours once, where one style gives both; what is inherited is not computed."""
    if isinstance(known, Absent) or known.value.html is None:
        return None
    return list(islice(_findings(known.value), 3))


def _findings(body: Body) -> Iterator[Finding]:
    told = set()
    for match in _STYLE.finditer(body.source) if "ackground" in body.source else ():
        style = match[1] or match[2]
        if "ackground" not in style:
            continue
        front, back = _COLOR.search(style), _GROUND.search(style)
        if front and back and not re.search(r"display\s*:\s*none|font-size\s*:\s*0", style):
            ratio = contrast(front[1], back[1])
            if ratio < LEAST and (front[1], back[1]) not in told:
                told.add((front[1], back[1]))
                message = say(
                    "contrast {ratio} to 1 between {first} and {second}", ratio=round(ratio, 1), first="#" + front[1],
                    second="#" + back[1],
                )  # fmt: skip
                yield FOUND.finding(message, body.where(*match.span()), style)


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: str) -> float:
    full = color if len(color) == 6 else "".join(c * 2 for c in color)
    parts = [int(full[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


CHECK = Check(
    id="low-contrast", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("text stands out from its background where it can be computed"), needs=html, judge=judge,
)  # fmt: skip
