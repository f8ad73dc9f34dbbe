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

from reputation.checks import Check
from reputation.checks.content._campaign import campaign_text
from reputation.checks.content._finding import Evidence, Finder
from reputation.checks.content._needs import (
    whole,
)
from reputation.facts.draft import DraftFacts
from reputation.model import Area, Finding, Known, Severity, Where
from reputation.records.later import holds, later
from reputation.text import say

FOUND = Finder(__doc__, Evidence.DOCUMENTED, Severity.INFORMATIONAL)

_REASON = later(r"you (?:are |re |'re )?receiv(?:e|ed|ing) (?:this|our)", when=holds("receiv"))
_OTHER = later(
    r"why (?:did i|am i|you)|porque (?:usted|se )|você (?:está )?receb|sent to \S{1,64}@",
    when=holds("why ", "porque ", "você ", "sent to "),
)
_WHOLE = (
    "because you", "you signed up", "you subscribed", "you opted", "you are on our", "you are on this",
    "sie erhalten diese", "weil sie", "vous recevez ce", "parce que vous", "recibe este", "вы получ", "您收到",
    "您订阅", "因为您", "收到此", "was sent to", "sent to you", "mailed to", "as part of your", "intended for",
    "this email was sent", "list:description", "permission reminder",
)  # fmt: skip


def judge(known: Known[DraftFacts]) -> list[Finding] | None:
    """Only for what looks like a campaign."""
    text = campaign_text(known)
    if text is None:
        return None
    if _has_reason(text.folded.text):
        return []
    return [FOUND.finding(say("the text does not say why the reader gets it"), Where(text.file))]


def _has_reason(text: str) -> bool:
    return any(map(text.__contains__, _WHOLE)) or bool(_REASON.search(text) or _OTHER.search(text))


CHECK = Check(
    id="contact-reason-missing", area=Area.COMPLIANCE, severity=FOUND.severity,
    passed=say("the text says why the reader gets it, or it is no campaign"), needs=whole, judge=judge,
)  # fmt: skip
