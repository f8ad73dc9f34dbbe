"""An amount of money in the subject.

Why: 5.3 % of old spam and 0.2 % of other mail had an amount in the subject; rspamd still scores it a little, but
shops do it every day now.
Bad:
    Subject: $5,000 for you
Good:
    Subject: Price for pump P40, valid until June
Fix: Put the amount into the text when the subject works without it.
Source: rspamd 3.4 SUBJECT_HAS_CURRENCY (1.0), SpamAssassin 4.0.1 SUBJ_DOLLARS (0.1); Own measurement on the public
SpamAssassin corpus and CSDMC2010
"""

from __future__ import annotations

import re

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder, shown
from reputation.checks.content._needs import (
    subject,
)
from reputation.facts.draft import Line
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.records.later import has_digit, later
from reputation.text import say

FOUND = Finder(__doc__, Evidence.MEASURED_OLD, Severity.INFORMATIONAL, group="wording")

_AMOUNT = later(
    r"(?:[$€£¥￥]|US\$|USD|EUR|RMB)\s?\d[\d,.]{0,15}|(?<![\d,.])\d[\d,.]{0,15}\s?(?:[$€£¥]|"
    r"USD|EUR|RMB|元)",
    re.IGNORECASE,
    when=has_digit,
)


def judge(known: Known[Line]) -> list[Finding] | None:
    """A currency sign or code beside a number."""
    match = None if isinstance(known, Absent) else _AMOUNT.search(known.value.text)
    if isinstance(known, Absent):
        return None
    message = say("the subject names the amount {amount}", amount=shown(match[0].rstrip(".,"))) if match else None
    return [FOUND.finding(message, known.value.where, known.value.text)] if message else []


CHECK = Check(
    id="subject-money", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("no amount of money in the subject"), needs=subject, judge=judge,
)  # fmt: skip
