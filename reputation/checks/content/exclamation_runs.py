"""Exclamation marks in a row.

Why: Two and more exclamation marks in a row stood in 18 % of measured spam and in 2 % of other mail. A single one
says nothing, and we do not report it.
Bad:
    Last chance!!!
Good:
    Last chance: the offer ends on Friday.
Fix: Leave one exclamation mark, or none; `reputation lint --fix` leaves one where a word ends.
Source: Own measurement on the public SpamAssassin corpus and CSDMC2010: 17.8 % of spam, 1.9 % of other mail
"""

from __future__ import annotations

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder, named
from reputation.checks.content._marks import exclamation_runs
from reputation.checks.content._needs import (
    body,
)
from reputation.facts.draft import Body
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.text import say, say_plural

FOUND = Finder(__doc__, Evidence.MEASURED, Severity.INFORMATIONAL)


def judge(known: Known[Body]) -> list[Finding] | None:
    """Runs in the text, reported once; the marks of the subject are another check."""
    if isinstance(known, Absent):
        return None
    runs = exclamation_runs(known.value)
    if not runs:
        return []
    message = say_plural(
        "exclamation marks in a row: {seen}", "exclamation marks in a row in {n} places: {seen}", len(runs),
        seen=named(run[0] for run in runs),
    )  # fmt: skip
    return [FOUND.finding(message, known.value.where_visible(*runs[0].span()), *(run[0] for run in runs[:5]))]


CHECK = Check(
    id="exclamation-runs", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("no exclamation marks in a row"), needs=body, judge=judge,
)  # fmt: skip
