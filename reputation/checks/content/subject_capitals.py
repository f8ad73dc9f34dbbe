"""A subject in capitals.

Why: SpamAssassin and rspamd score a subject that is written in capitals throughout. It stood in 5.4 % of old spam and
in 0.1 % of other old mail; on recent mail campaigns and spam have it equally often (3 %).
Bad:
    Subject: BEST PRICE FOR YOUR NEW PROJECT
Good:
    Subject: Price for your new project
Fix: Write the subject in ordinary letters; capitals only for names and abbreviations.
Source: SpamAssassin 4.0.1 SUBJ_ALL_CAPS (0.5), rspamd 3.4 SUBJ_ALL_CAPS (up to 3.0); own measurement
"""

from __future__ import annotations

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder
from reputation.checks.content._needs import (
    WORD,
    subject,
)
from reputation.facts.draft import Line
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.text import say

FOUND = Finder(__doc__, Evidence.FILTER, Severity.MINOR)


def judge(known: Known[Line]) -> list[Finding] | None:
    """At least two words of three letters, every one in capitals."""
    if isinstance(known, Absent):
        return None
    words = [word for word in WORD.findall(known.value.text) if word.upper() != word.lower()]
    long_words = [word for word in words if len(word) > 3]
    if len(words) < 2 or not long_words or not all(word.isupper() for word in words):
        return []
    return [FOUND.finding(say("the whole subject is in capitals"), known.value.where, known.value.text)]


CHECK = Check(
    id="subject-capitals", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("the subject is not in capitals"), needs=subject, judge=judge,
)  # fmt: skip
