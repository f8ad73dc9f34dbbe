"""A link under an ending that spam likes.

Why: Names under some endings cost almost nothing and are burnt by the thousand, so filters look at them twice. The
list ages.
Bad:
    https://big-offer.top/
Good:
    https://www.example.com/
Fix: Link to your main domain.
Source: SpamAssassin 4.0.1 PDS_OTHER_BAD_TLD and suspicious TLD rules (list of 2026-11)
"""

from __future__ import annotations

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder, apart, shown
from reputation.checks.content._needs import (
    every_link,
)
from reputation.facts.draft import DraftLink
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.text import say

FOUND = Finder(__doc__, Evidence.FILTER, Severity.INFORMATIONAL)

_ENDINGS = frozenset(
    ("bar", "beauty", "bid", "buzz", "cam", "cf", "cfd", "click", "country", "cyou", "date", "download", "fit", "ga",
     "gdn", "gq", "hair", "icu", "kim", "loan", "makeup", "mom", "monster", "ml", "mov", "party", "pics", "pw", "quest",
     "racing", "rest", "review", "sbs", "science", "skin", "stream", "tk", "tokyo", "top", "trade", "uno", "win",
     "work", "xyz", "yachts", "zip")
)  # fmt: skip


def judge(known: Known[tuple[DraftLink, ...]]) -> list[Finding] | None:
    """Each such host once."""
    if isinstance(known, Absent):
        return None
    links = (link for link in known.value if link.target.is_web and link.target.host.rpartition(".")[2] in _ENDINGS)
    return [_finding(link, times) for link, times in apart(links, lambda link: link.target.host)]


def _finding(link: DraftLink, times: int) -> Finding:
    message = say("{host} ends in a suffix that filters distrust", host=shown(link.target.host))
    return FOUND.finding(message, link.where, link.target.written, times=times)


CHECK = Check(
    id="abused-ending", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("no link under an ending that spam likes"), needs=every_link, judge=judge,
)  # fmt: skip
