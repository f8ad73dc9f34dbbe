"""A greeting without a name.

Why: "Dear ," shows that the name was missing in the list.
Bad:
    Dear ,
Good:
    Dear Anna,
Fix: Fill the names in the list, or use a greeting that needs none (Good morning,).
Source: Mail-merge practice
"""

from __future__ import annotations

import re

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder, apart, shown
from reputation.checks.content._needs import (
    every_text,
)
from reputation.facts.draft import Body
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.records.later import later
from reputation.text import say

FOUND = Finder(__doc__, Evidence.DOCUMENTED, Severity.MINOR)

_EMPTY = later(
    r"(?<!\w)(?:dear|hi|hello|hey|hallo|liebe[rs]?|bonjour|estimad[oa]|уважаемый|尊敬的|亲爱的)[ "
    r"]?(?:mr\.?|mrs\.?|ms\.?|null|none|undefined|nan)?[ ]?[,，:：!](?=\s|$|[^\w])"
)

_STANDS_ALONE = ("hi", "hello", "hey", "hallo", "bonjour")


def judge(known: Known[tuple[Body, ...]]) -> list[Finding] | None:
    """Greetings that stand well without a name (Hello, Hi!) count only with a blank before a comma."""
    if isinstance(known, Absent):
        return None
    found = ((match, text) for text in known.value if (match := _empty(text)))
    return [_finding(*pair, times) for pair, times in apart(found, lambda pair: pair[0][0])]


def _empty(text: Body) -> re.Match[str] | None:
    for match in _EMPTY.finditer(text.folded.text, 0, 600):
        seen = match[0]
        word = seen.split(",")[0].strip(" :!，：")
        if word not in _STANDS_ALONE or (seen[:-1].endswith(" ") and seen[-1] in ",，"):
            return match
    return None


def _finding(match: re.Match[str], text: Body, times: int) -> Finding:
    message = say("the greeting {seen} lacks the name", seen=shown(match[0]))
    return FOUND.finding(message, text.where_folded(*match.span()), match[0], times=times)


CHECK = Check(
    id="empty-greeting", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("the greeting is complete"), needs=every_text, judge=judge,
)  # fmt: skip
