"""The text does not fit its charset.

Why: The declared charset can not read the text, or no mail program knows it. The reader sees question marks or
signs.
Bad:
    charset=us-ascii with Chinese text
Good:
    charset=utf-8 with UTF-8 text
Fix: Save the text as UTF-8 and declare UTF-8.
Source: RFC 2046 section 4.1.2; IANA Character Sets
"""

from __future__ import annotations

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder
from reputation.checks.content._needs import (
    whole,
)
from reputation.facts.draft import DraftFacts
from reputation.model import Absent, Area, Finding, Known, Severity, Where
from reputation.records.trouble import Trouble
from reputation.text import say

FOUND = Finder(__doc__, Evidence.DOCUMENTED, Severity.MINOR)


def judge(known: Known[DraftFacts]) -> list[Finding] | None:
    """What the reader of the bytes noted."""
    if isinstance(known, Absent):
        return None
    troubles, where = known.value.troubles, Where(known.value.file)
    found = []
    if Trouble.WRONG_CHARSET in troubles:
        message = say("the text is in another charset than it declares: readers see signs instead of letters")
        found.append(FOUND.finding(message, where))
    if Trouble.DAMAGED_TEXT in troubles:
        found.append(FOUND.finding(say("part of the text can not be read in its charset"), where))
    if Trouble.UNKNOWN_CHARSET in troubles:
        found.append(FOUND.finding(say("the declared charset is not known to mail programs"), where))
    return found


CHECK = Check(
    id="charset-wrong", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("the text fits its charset"), needs=whole, judge=judge,
)  # fmt: skip
