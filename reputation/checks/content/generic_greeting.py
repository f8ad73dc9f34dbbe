"""A greeting for anybody.

Why: Dear Sir, Dear Friend, Dear Customer: the strongest wording rule there is. 3.9 % of measured spam greet so, 0.0
% of other mail, and SpamAssassin gives it 2 to 3 of the 5 points that make spam. Only English greetings are reported:
in German, Chinese and other languages the like of it is common courtesy, and no filter that we know scores it.
Bad:
    Dear Sir/Madam, we are a leading manufacturer ...
Good:
    Dear Mr. Becker, you asked us at the fair in Hannover ...
Fix: Greet the person by name, or begin with the reason why you write to this company.
Source: SpamAssassin 4.0.1 DEAR_FRIEND (2.7), DEAR_SOMETHING (2.0), DEAR_WINNER (3.1); own measurement: 3.9 % of
spam, 0.0 % of other mail; of recent mail 9.6 % of spam, 1.3 % of campaigns
"""

from __future__ import annotations

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder, shown
from reputation.checks.content._needs import (
    body,
)
from reputation.facts.draft import Body
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.records.later import holds, later
from reputation.text import say

FOUND = Finder(__doc__, Evidence.MEASURED, Severity.MINOR, group="wording")

_GREETING = later(
    r"\b(?:dear|hello|hi|attention|attn)[ :,]{1,3}(?:all |our |my |valued |good |esteemed |respected )?"
    r"(?:sirs?|madams?|sir ?/ ?madam|friends?|customers?|clients?|users?|beloved|winners?|"
    r"account (?:holder|owner|user)|"
    r"email (?:user|owner)|purchasing manager|(?:sir|madam) or (?:sir|madam)|partners?|buyers?|member|subscriber)\b"
    r"(?! (?:services?|support|care|relations?|success|experience|management|team|department|office|desk)\b)"
    r"|to whom it may concern",
    when=holds(
        "sir",
        "madam",
        "friend",
        "customer",
        "client",
        "user",
        "beloved",
        "winner",
        "account ",
        "email ",
        "purchasing",
        "partner",
        "buyer",
        "member",
        "subscriber",
        "to whom",
    ),
)


def judge(known: Known[Body]) -> list[Finding] | None:
    """Only the first 600 characters can hold the greeting."""
    if isinstance(known, Absent):
        return None
    match = _GREETING.search(known.value.folded.text, 0, 600)
    if match is None:
        return []
    message = say('"{greeting}" greets anybody; filters count it against the message', greeting=shown(match[0]))
    return [FOUND.finding(message, known.value.where_folded(match.start(), match.end()), match[0])]


CHECK = Check(
    id="generic-greeting", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("the greeting is not a generic one"), needs=body, judge=judge,
)  # fmt: skip
