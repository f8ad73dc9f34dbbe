"""Not said why the reader gets this.

Why: European law asks you to say where you have the address from, and readers who know why they get a mail complain
less.
Bad:
    a campaign that ends with the signature
Good:
    You receive this mail because you asked for our catalogue at the fair in Hannover.
Fix: Add one sentence: you receive this because ...
Source: Regulation (EU) 2016/679 (GDPR) articles 13 and 14
"""

from __future__ import annotations

import re

from reputation.checks import Check
from reputation.checks.content._campaign import campaign_text
from reputation.checks.content._finding import Evidence, Finder
from reputation.checks.content._needs import (
    whole,
)
from reputation.facts.draft import DraftFacts
from reputation.model import Area, Finding, Known, Severity
from reputation.text import say

FOUND = Finder(__doc__, Evidence.DOCUMENTED, Severity.INFORMATIONAL)

_REASON = re.compile(
    r"you (?:are |re |'re )?receiv(?:e|ed|ing) (?:this|our)|because you|why (?:did i|am "
    r"i|you)|you signed up|you subscribed|you opted|you are on (?:our|this)"
    r"|sie erhalten diese|weil sie|vous recevez ce|parce que vous|recibe este|porque (?:usted|"
    r"se )|você (?:está )?receb|вы получ|您收到|您订阅|因为您|收到此"
    r"|was sent to|sent to you|sent to \S{1,64}@|intended for|this email was sent|\{\{|\*\|"
)


def judge(known: Known[DraftFacts]) -> list[Finding] | None:
    """Only for what looks like a campaign."""
    text = campaign_text(known)
    if text is None:
        return None
    if _REASON.search(text.folded.text):
        return []
    end = len(text.source.rstrip())
    return [FOUND.finding(say("the text does not say why the reader gets it"), text.where(max(0, end - 1), end))]


CHECK = Check(
    id="contact-reason-missing", area=Area.COMPLIANCE, severity=FOUND.severity,
    passed=say("the text says why the reader gets it, or it is no campaign"), needs=whole, judge=judge,
)  # fmt: skip
