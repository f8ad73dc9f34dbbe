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

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder, shown
from reputation.checks.content._needs import (
    body,
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


def judge(known: Known[Body]) -> list[Finding] | None:
    """Greetings that stand well without a name (Hello, Hi!) count only with a blank before a comma."""
    if isinstance(known, Absent):
        return None
    for match in _EMPTY.finditer(known.value.folded.text, 0, 600):
        seen = match[0]
        word = seen.split(",")[0].strip(" :!，：")
        if word in _STANDS_ALONE and not (seen[:-1].endswith(" ") and seen[-1] in ",，"):
            continue
        message = say("the greeting {seen} lacks the name", seen=shown(seen))
        return [FOUND.finding(message, known.value.where_folded(*match.span()), seen)]
    return []


CHECK = Check(
    id="empty-greeting", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("the greeting is complete"), needs=body, judge=judge,
)  # fmt: skip
