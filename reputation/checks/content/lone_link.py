"""One link and little text.

Why: Exactly one link in fewer than 50 words: 10 % of measured spam, 0.6 % of other mail. Two more sentences change
that.
Bad:
    a greeting and a link
Good:
    what it is, why it concerns the reader, and the link
Fix: Add a few sentences, and a signature with your own site.
Source: Own measurement on the public SpamAssassin corpus and CSDMC2010: 10.0 % of spam, 0.6 % of other mail, 6.1 %
of commercial mail
"""

from __future__ import annotations

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder
from reputation.checks.content._needs import (
    body,
    value,
    whole,
)
from reputation.checks.content._pictures import shown_pictures
from reputation.facts.draft import DraftFacts
from reputation.model import Absent, Area, Finding, Found, Known, Severity
from reputation.text import say

FOUND = Finder(__doc__, Evidence.MEASURED, Severity.INFORMATIONAL)


def judge(known: Known[DraftFacts]) -> list[Finding] | None:
    """Web links only; two Han characters count as a word. Still less text, or a lone picture, is another check."""
    text = value(body(known.value)) if isinstance(known, Found) else None
    if isinstance(known, Absent) or text is None:
        return None
    web = [link for link in known.value.links if link.target.is_web]
    words = text.words
    if len(web) != 1 or not 15 <= words < 50 or (words < 30 and shown_pictures(text)):
        return []
    return [FOUND.finding(say("a single link in {words} words", words=words), web[0].where, web[0].target.written)]


CHECK = Check(
    id="lone-link", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("more than a lone link"), needs=whole, judge=judge,
)  # fmt: skip
