"""Phrases that are only said to be dangerous.

Why: Lists of hundreds of spam words go from site to site. Most of them were never measured, and honest campaigns
use them more than spam does.
Bad:
    rewriting a text by a word list
Good:
    writing for the reader
Fix: Nothing to do.
Source: Common marketing lists; not measurable on the public corpora; suped.com, Are spam trigger word lists
accurate (2024-25)
"""

from __future__ import annotations

from itertools import islice

from reputation.checks import Check
from reputation.checks.content._finding import MAX_FINDINGS, Evidence, Finder
from reputation.checks.content._needs import (
    Texts,
    texts,
)
from reputation.checks.content._phrases import Hit, find
from reputation.model import Area, Finding, Found, Known, Severity, Where
from reputation.text import say

FOUND = Finder(__doc__, Evidence.FOLKLORE, Severity.INFORMATIONAL)


def judge(known: Known[Texts]) -> list[Finding] | None:
    """Each phrase once."""
    text = known.value.body if isinstance(known, Found) else None
    if text is None:
        return None
    hits = find(text.folded, "folklore")
    return list(islice((_finding(hit, text.where_visible(hit.start, hit.end)) for hit in hits), MAX_FINDINGS))


def _finding(hit: Hit, where: Where) -> Finding:
    message = say('"{phrase}" is only said to be dangerous; nobody measured it', phrase=hit.phrase.text)
    return FOUND.finding(message, where)


CHECK = Check(
    id="folklore-phrases", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("none of the phrases of folklore"), needs=texts, judge=judge, default=False,
)  # fmt: skip
