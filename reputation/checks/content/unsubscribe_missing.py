"""No way to unsubscribe.

Why: Advertising needs a visible way to refuse it: Gmail and Yahoo demand it of bulk senders, and so do the laws of
the USA, Canada and the EU. A letter, an answer, a receipt and the like need none and are left alone.
Bad:
    a campaign that ends with the signature
Good:
    <a href="https://example.com/unsubscribe">Unsubscribe</a>
Fix: Add a line with an unsubscribe link at the end.
Source: Google, Email sender guidelines (support.google.com/mail/answer/81126, read 2026-11); Yahoo Sender Hub; 15
U.S.C. 7704(a)(3); CASL section 6; Directive 2002/58/EC article 13
"""

from __future__ import annotations

from reputation.checks import Check
from reputation.checks.content._campaign import campaign_text, offers_way_out
from reputation.checks.content._finding import Evidence, Finder
from reputation.checks.content._needs import (
    whole,
)
from reputation.facts.draft import DraftFacts
from reputation.model import Area, Finding, Found, Known, Severity, Where
from reputation.text import say

FOUND = Finder(__doc__, Evidence.DOCUMENTED, Severity.MINOR)


def judge(known: Known[DraftFacts]) -> list[Finding] | None:
    """For what looks like a campaign; a letter and a message of service are left alone."""
    text = campaign_text(known)
    if text is None:
        return None
    links_of = known.value.links if isinstance(known, Found) else ()
    targets = " ".join(link.target.written.lower() for link in links_of)
    if offers_way_out(text.folded.text) or "unsub" in targets or "optout" in targets:
        return []
    return [FOUND.finding(say("the text offers no way to unsubscribe"), Where(text.file))]


CHECK = Check(
    id="unsubscribe-missing", area=Area.COMPLIANCE, severity=FOUND.severity,
    passed=say("there is a way to unsubscribe, or it is no campaign"), needs=whole, judge=judge,
)  # fmt: skip
