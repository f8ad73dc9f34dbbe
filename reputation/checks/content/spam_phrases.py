"""Words that bulk mail uses.

Why: On mail of 2002 to 2010 these phrases stood mostly in spam. On recent mail they tell little: honest campaigns
hold more of them than today's spam. So this is information, costs almost nothing in the score and never makes a
draft fail.
Bad:
    Act now! 100% guaranteed, no obligation, click here.
Good:
    The offer is open until 30 June; the conditions are on our site.
Fix: Say the fact instead of the slogan: the price, the date, what the customer gets. One such phrase does no harm.
Source: Own measurement on the public SpamAssassin corpus (2002-03) and CSDMC2010; contradicted by recent campaigns
of 2025-26
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

FOUND = Finder(__doc__, Evidence.MEASURED_OLD, Severity.INFORMATIONAL, group="wording")


def judge(known: Known[Texts]) -> list[Finding] | None:
    """All phrases of subject and text in one finding, at the first."""
    if isinstance(known, Absent):
        return None
    found = wording(known.value, FOUND.evidence)
    if found is None:
        return []
    message = say_plural(
        "{n} phrase that bulk mail uses: {phrases}; by itself it harms nothing",
        "{n} phrases that bulk mail uses: {phrases}; by themselves they harm nothing",
        len(found.phrases), phrases=named(found.phrases),
    )  # fmt: skip
    return [FOUND.finding(message, found.first, *found.phrases)]


CHECK = Check(
    id="spam-phrases", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("no phrase of the measured list"), needs=texts, judge=judge,
)  # fmt: skip
