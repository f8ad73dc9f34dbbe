"""Letters outside ASCII stand in the sender's name unencoded.

Why: RFC 5322 allows only ASCII in a header; other letters must be encoded words (RFC 2047). In UTF-8 most programs
still read them, so this is a warning; in another charset, such as GBK, the reader sees signs in place of your name.
Bad:
    From: 李娜 <anna@example.com>
Good:
    From: =?utf-8?B?5p2O5aic?= <anna@example.com>
Fix: Let the mail program write the message, or encode the name as RFC 2047 says.
Source: RFC 2047; SpamAssassin 4.0.1 FROM_ILLEGAL_CHARS (2.2), rspamd 3.4 FROM_NEEDS_ENCODING (1.0)
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
    """The From as it stands in the file."""
    origin = value(known.value.sender) if isinstance(known, Found) else None
    if isinstance(known, Absent) or origin is None:
        return None
    if origin.line.written.isascii():
        return []
    message = say("the From holds letters outside ASCII that are not encoded")
    finder = READABLE if is_utf8(known.value, "From") else FOUND
    return [finder.finding(message, origin.line.where, origin.line.written)]


CHECK = Check(
    id="name-unencoded", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("the sender's name is encoded as it should be"), needs=message, judge=judge,
)  # fmt: skip
