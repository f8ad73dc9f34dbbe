"""Letters outside ASCII stand in the subject unencoded.

Why: RFC 5322 allows only ASCII in a header; other letters must be encoded words (RFC 2047). Filters score unencoded
ones. In UTF-8 most programs still read them, so this is a warning; in another charset, such as GBK, the reader sees
signs, and Yahoo refuses headers that can not be decoded.
Bad:
    Subject: 新品报价
Good:
    Subject: =?utf-8?B?5paw5ZOB5oql5Lu3?=
Fix: Let the mail program write the message, or encode the subject as RFC 2047 says.
Source: RFC 2047; SpamAssassin 4.0.1 SUBJ_ILLEGAL_CHARS (0.6), rspamd 3.4 SUBJECT_NEEDS_ENCODING (1.0)
"""

from __future__ import annotations

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder
from reputation.checks.content._needs import (
    message,
    value,
)
from reputation.checks.content._unencoded import is_utf8
from reputation.facts.draft import DraftFacts
from reputation.model import Absent, Area, Finding, Found, Known, Severity
from reputation.text import say

FOUND = Finder(__doc__, Evidence.FILTER, Severity.MAJOR)
READABLE = Finder(__doc__, Evidence.FILTER, Severity.MINOR)


def judge(known: Known[DraftFacts]) -> list[Finding] | None:
    """The subject as it stands in the file."""
    line = value(known.value.subject) if isinstance(known, Found) else None
    if isinstance(known, Absent) or line is None:
        return None
    if line.written.isascii():
        return []
    message = say("the subject holds letters outside ASCII that are not encoded")
    finder = READABLE if is_utf8(known.value, "Subject") else FOUND
    return [finder.finding(message, line.where, line.written)]


CHECK = Check(
    id="subject-unencoded", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("the subject is encoded as it should be"), needs=message, judge=judge,
)  # fmt: skip
