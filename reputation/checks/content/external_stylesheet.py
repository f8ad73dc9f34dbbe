"""A stylesheet that must be fetched.

Why: Mail programs do not load stylesheets from the network, so the mail arrives unstyled; rspamd scores it.
Bad:
    <link rel="stylesheet" href="https://example.com/mail.css">
Good:
    <p style="color:#333333">
Fix: Write the styles into the tags (most mailers have a button for it).
Source: rspamd 3.4 EXT_CSS (1.0)
"""

from __future__ import annotations

import re

from reputation.checks import Check
from reputation.checks.content._finding import MAX_FINDINGS, Evidence, Finder, shown
from reputation.checks.content._needs import (
    html,
)
from reputation.facts.draft import Body
from reputation.model import Absent, Area, Finding, Known, Severity, Where
from reputation.records.later import holds, later
from reputation.text import say

FOUND = Finder(__doc__, Evidence.FILTER, Severity.MINOR)

_FONTS = later("font|typekit|typography", re.IGNORECASE)
_IMPORT = later(r"@import\s{1,9}(?:url\()?\s{0,9}[\"']?(https?://[^\"')\s;]{1,500})", re.IGNORECASE, when=holds("@"))


def judge(known: Known[Body]) -> list[Finding] | None:
    """<link rel=stylesheet> and @import; fonts of a font service are as useless but harmless, and left alone."""
    if isinstance(known, Absent) or known.value.html is None:
        return None
    found = []
    for tag in known.value.html.tags("link"):
        target = tag.attributes.get("href", "")
        if "stylesheet" in tag.attributes.get("rel", "").lower() and not _FONTS.search(target):
            message = say("a stylesheet would have to be fetched from {target}", target=shown(target))
            found.append(FOUND.finding(message, known.value.where(tag.start, tag.end), target))
    for match in _IMPORT.finditer(known.value.html.style_sheet):
        if not _FONTS.search(match[1]):
            found.append(
                FOUND.finding(
                    say("a stylesheet would have to be fetched from {target}", target=shown(match[1])),
                    Where(known.value.file),
                )
            )
    return found[:MAX_FINDINGS]


CHECK = Check(
    id="external-stylesheet", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("no stylesheet has to be fetched"), needs=html, judge=judge,
)  # fmt: skip
