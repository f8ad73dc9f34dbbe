"""Wording of opting out that spam used.

Why: "To be removed from this list" stood in 27 % of old spam and 1.6 % of other mail. The word "unsubscribe" says
the same and is what readers and programs look for.
Bad:
    To be removed from our list, reply with REMOVE.
Good:
    Unsubscribe: https://example.com/unsubscribe
Fix: Offer a link with the word unsubscribe instead.
Source: SpamAssassin 4.0.1 EXCUSE_REMOVE (2.9), EXCUSE_4 (2.4); Own measurement on the public SpamAssassin corpus
and CSDMC2010
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

FOUND = Finder(__doc__, Evidence.MEASURED_OLD, Severity.INFORMATIONAL, group="wording")

_WORDING = later(
    r"to be removed|be removed from|remove me from|reply with (?:the word )?.?remove|remove in the subject"
    r"|to get removed",
    when=holds("remove"),
)


def judge(known: Known[Body]) -> list[Finding] | None:
    """The first such wording."""
    if isinstance(known, Absent):
        return None
    match = _WORDING.search(known.value.folded.text)
    if match is None:
        return []
    message = say('"{seen}" is the opt-out wording of old spam', seen=shown(match[0]))
    return [FOUND.finding(message, known.value.where_folded(*match.span()), match[0])]


CHECK = Check(
    id="remove-me-wording", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("no old opt-out wording"), needs=body, judge=judge,
)  # fmt: skip
