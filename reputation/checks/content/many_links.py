"""More than ten links.

Why: Said to be a sign of spam. Many links mark honest campaigns: 18 % of them have more than ten, spam 5 %.
Bad:
    counting links
Good:
    as many as the reader needs
Fix: Nothing to do.
Source: Own measurement on the public SpamAssassin corpus and CSDMC2010: more than ten links in 4.6 % of spam, 17.7
% of commercial mail
"""

from __future__ import annotations

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder
from reputation.checks.content._needs import (
    links,
)
from reputation.facts.draft import DraftLink
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.text import say

FOUND = Finder(__doc__, Evidence.FOLKLORE, Severity.INFORMATIONAL)


def judge(known: Known[tuple[DraftLink, ...]]) -> list[Finding] | None:
    """All links."""
    if isinstance(known, Absent):
        return None
    count = len(known.value)
    if count <= 10:
        return []
    return [FOUND.finding(say("{count} links; filters do not mind the number", count=count), known.value[10].where)]


CHECK = Check(
    id="many-links", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("at most ten links, which does not matter"), needs=links, judge=judge, default=False,
)  # fmt: skip
