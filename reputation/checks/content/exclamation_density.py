"""Many exclamation marks.

Why: More than two exclamation marks in a hundred words: 31 % of old spam, 4 % of other old mail. On recent mail it is
the other way round: 12 % of campaigns, 3 % of spam. So it is only a note, about style.
Bad:
    Hello! New prices! Order soon!
Good:
    Hello, the new prices are out.
Fix: Keep one exclamation mark for the one thing that deserves it.
Source: Own measurement on the public SpamAssassin corpus and CSDMC2010: 31.0 % of spam, 3.9 % of other mail; on 150
recent mails (2025-26): 2.7 % of spam, 11.7 % of campaigns
"""

from __future__ import annotations

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder
from reputation.checks.content._marks import exclamation_runs
from reputation.checks.content._needs import (
    body,
)
from reputation.facts.draft import Body
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.text import say

FOUND = Finder(__doc__, Evidence.MEASURED_OLD, Severity.INFORMATIONAL)


def judge(known: Known[Body]) -> list[Finding] | None:
    """At least three marks and more than two in a hundred words; marks in a row are reported as such."""
    if isinstance(known, Absent):
        return None
    text = known.value.visible.text
    count = text.count("!") + text.count("！")
    if count < 3 or text.count("！") > text.count("!") or exclamation_runs(known.value):
        return []
    words = max(1, len(known.value.word_list))
    if 100 * count <= 2 * words:
        return []
    start = text.find("!")
    message = say("{count} exclamation marks in {words} words", count=count, words=words)
    return [FOUND.finding(message, known.value.where_visible(start, start + 1))]


CHECK = Check(
    id="exclamation-density", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("few exclamation marks"), needs=body, judge=judge,
)  # fmt: skip
