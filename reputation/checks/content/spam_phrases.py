"""Words that bulk mail uses.

Why: On mail of 2002 to 2010 these phrases stood mostly in spam. On recent mail they tell little: honest campaigns
hold more of them than today's spam. So this is information, costs almost nothing in the score and never makes a
draft fail.
Bad:
    Act now! 100% guaranteed, no obligation, click here.
Good:
    The offer is open until 30 June; the conditions are on our site.
Fix: Say the fact instead of the slogan: the price, the date, what the customer gets. One such phrase does no harm.
Source: Own measurement on the public SpamAssassin corpus (2002-03) and CSDMC2010; contradicted by recent campaigns
of 2025-26
"""

from __future__ import annotations

from reputation.checks import Check
from reputation.checks.content._finding import MAX_FINDINGS, Evidence, Finder
from reputation.checks.content._needs import (
    Texts,
    texts,
)
from reputation.checks.content._phrases import Hit, find
from reputation.model import Absent, Area, Finding, Known, Severity, Where
from reputation.records.mail_text import folded
from reputation.text import say

FOUND = Finder(__doc__, Evidence.MEASURED_OLD, Severity.INFORMATIONAL, group="wording")


def judge(known: Known[Texts]) -> list[Finding] | None:
    """Each phrase once, where it first stands."""
    if isinstance(known, Absent):
        return None
    line, text = known.value.subject, known.value.body
    found = [_finding(hit, line.where, line.text) for hit in find(folded(line.text), "measured-old")] if line else []
    if text:
        hits = find(text.folded, "measured-old")
        found += [_finding(hit, text.where_visible(hit.start, hit.end), text.visible.text) for hit in hits]
    return found[:MAX_FINDINGS]


def _finding(hit: Hit, where: Where, text: str) -> Finding:
    message = say('"{phrase}" is how bulk mail talks; by itself it harms nothing', phrase=hit.phrase.text)
    return FOUND.finding(message, where, text[hit.start : hit.end])


CHECK = Check(
    id="spam-phrases", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("no phrase of the measured list"), needs=texts, judge=judge,
)  # fmt: skip
