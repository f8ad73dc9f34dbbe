"""Coloured text.

Why: Said to bring mail into the spam folder. No filter scores a colour; text in the colour of its background is
another matter.
Bad:
    a mail in grey only
Good:
    a colour that helps the reader
Fix: Nothing to do.
Source: SpamAssassin 4.0.1 and rspamd 3.4 have no such rule
"""

from __future__ import annotations

import re

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder
from reputation.checks.content._needs import (
    html,
)
from reputation.facts.draft import Body
from reputation.model import Absent, Area, Finding, Found, Known, Severity
from reputation.records.later import later
from reputation.text import say

FOUND = Finder(__doc__, Evidence.FOLKLORE, Severity.INFORMATIONAL)

_RED = later(r"color\s*[:=]\s*[\"']?(?:red|#f00\b|#ff0000)", re.IGNORECASE)


def judge(known: Known[Body]) -> list[Finding] | None:
    """Red stands for all of them."""
    match = _RED.search(known.value.source) if isinstance(known, Found) else None
    if isinstance(known, Absent):
        return None
    message = say("coloured text; filters do not mind")
    return [FOUND.finding(message, known.value.where(*match.span()))] if match else []


CHECK = Check(
    id="coloured-text", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("no coloured text, which does not matter"), needs=html, judge=judge, default=False,
)  # fmt: skip
