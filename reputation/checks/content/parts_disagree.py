"""Text part and HTML part say different things.

Why: Both parts should say the same. A text part of other words is a trick to feed the filter: 16 % of recent spam, 1 %
of campaigns. SpamAssassin gives it 2 to 3 of the 5 points that make spam.
Bad:
    text/plain: "Your mail program shows no HTML"; text/html: the offer
Good:
    the same words in both parts
Fix: Write the text part anew from the HTML; most mailers have a button for it.
Source: SpamAssassin 4.0.1 MPART_ALT_DIFF (2.2), MPART_ALT_DIFF_COUNT (2.8), rspamd 3.4 R_PARTS_DIFFER (1.0)
"""

from __future__ import annotations

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder
from reputation.checks.content._needs import (
    value,
    whole,
)
from reputation.facts.draft import DraftFacts
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.records.later import later
from reputation.records.link import WEB_ADDRESS
from reputation.text import say

FOUND = Finder(__doc__, Evidence.MEASURED, Severity.MINOR)

_WORDS = later(r"[^\W\d_]{4,}|[\u4e00-\u9fff]{2}")
LEAST = 30


def judge(known: Known[DraftFacts]) -> list[Finding] | None:
    """Share of the words of the smaller part that the other has too; short mails and an empty part are left alone."""
    if isinstance(known, Absent):
        return None
    html, plain = value(known.value.html), value(known.value.plain)
    if html is None or plain is None or not plain.visible.text.strip():
        return None
    first, second = (set(_WORDS.findall(WEB_ADDRESS.sub(" ", part.folded.text[:20_000]))) for part in (html, plain))
    smaller = min(len(first), len(second))
    if max(len(first), len(second)) < 12:
        return []
    percent = 100 * len(first & second) // max(1, smaller)
    if smaller and percent >= LEAST:
        return []
    message = say("text part and HTML part share only {percent} % of their words", percent=percent)
    return [FOUND.finding(message, plain.where(*_first_line(plain.source)))]


def _first_line(source: str) -> tuple[int, int]:
    start = len(source) - len(source.lstrip())
    return start, start + len(source[start:].split("\n", 1)[0].rstrip())


CHECK = Check(
    id="parts-disagree", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("text part and HTML part agree, or there is only one"), needs=whole, judge=judge,
)  # fmt: skip
