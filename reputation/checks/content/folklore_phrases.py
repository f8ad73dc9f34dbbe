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

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder, named
from reputation.checks.content._needs import (
    Texts,
    texts,
)
from reputation.checks.content._wording import wording
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.text import say, say_plural

FOUND = Finder(__doc__, Evidence.FOLKLORE, Severity.INFORMATIONAL)


def judge(known: Known[Texts]) -> list[Finding] | None:
    """All phrases of subject and text in one finding, at the first."""
    if isinstance(known, Absent):
        return None
    found = wording(known.value, FOUND.evidence)
    if found is None:
        return []
    message = say_plural(
        "{n} phrase that is only said to be dangerous: {phrases}; nobody measured it",
        "{n} phrases that are only said to be dangerous: {phrases}; nobody measured them",
        len(found.phrases), phrases=named(found.phrases),
    )  # fmt: skip
    return [FOUND.finding(message, found.first, *found.phrases)]


CHECK = Check(
    id="folklore-phrases", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("none of the phrases of folklore"), needs=texts, judge=judge, default=False,
)  # fmt: skip
