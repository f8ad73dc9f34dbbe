"""No AD mark on Chinese advertising.

Why: China asks for 广告 or AD in the subject of commercial mail, and NetEase puts unmarked campaigns into the junk
folder.
Bad:
    Subject: 夏季新品特惠
Good:
    Subject: (AD) 夏季新品特惠
Fix: Put AD or 广告 at the beginning of the subject of advertising to readers in China.
Source: Measures for the Administration of Internet Email Services, article 13 (China, 2006); NetEase postmaster
help (reported)
"""

from __future__ import annotations

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder
from reputation.checks.content._needs import (
    Texts,
    texts,
)
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.records.later import beyond_ascii, later
from reputation.text import say

FOUND = Finder(__doc__, Evidence.DOCUMENTED, Severity.INFORMATIONAL)

_OFFER = later(
    "优惠|特价|特惠|促销|折扣|新品|抢购|限时|满减|包邮|秒杀|大促|团购|红包|会员专享|双十一|双11|清仓|立减"
    "|先到先得|数量有限|抢订|(?<!打)[一二三四五六七八九]折|全场",
    when=beyond_ascii,
)
_MARK = later("广告|(?<![A-Za-z])AD(?![A-Za-z])")


def judge(known: Known[Texts]) -> list[Finding] | None:
    """Chinese text with several words of advertising, one of them in a subject that does not say so."""
    if isinstance(known, Absent) or known.value.subject is None:
        return None
    line, text = known.value.subject, known.value.body
    if not _OFFER.search(line.text) or _MARK.search(line.text):
        return []
    words = set(_OFFER.findall(text.visible.text[:20_000])) if text else set()
    if len(words) < 2:
        return []
    return [FOUND.finding(say("advertising in Chinese without AD or 广告 in the subject"), line.where, line.text)]


CHECK = Check(
    id="ad-mark-missing", area=Area.COMPLIANCE, severity=FOUND.severity,
    passed=say("no AD mark is needed, or it is there"), needs=texts, judge=judge,
)  # fmt: skip
