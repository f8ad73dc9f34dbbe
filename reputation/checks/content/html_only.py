"""HTML without a text part.

Why: Half of the measured spam has no plain text beside its HTML, and one in sixty of other messages. Filters score
it, and readers with text-only programs see nothing. A quarter of honest campaigns forget it too, so it is no error.
Bad:
    Content-Type: text/html
Good:
    Content-Type: multipart/alternative (text/plain, then text/html)
Fix: Let the mailer add a plain-text part; where the message is HTML alone, `reputation lint --fix` writes one.
Source: SpamAssassin 4.0.1 MIME_HTML_ONLY (0.1), rspamd 3.4 MIME_MA_MISSING_TEXT (2.0); own measurement: 49.4 % of
spam, 1.5 % of other mail
"""

from __future__ import annotations

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder, header_where
from reputation.checks.content._needs import (
    message,
    value,
)
from reputation.facts.draft import DraftFacts
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.records.message import first_header
from reputation.text import say

FOUND = Finder(__doc__, Evidence.MEASURED, Severity.MINOR)


def judge(known: Known[DraftFacts]) -> list[Finding] | None:
    """Only a whole message can tell; of a bare HTML file the mailer makes the message later."""
    if isinstance(known, Absent):
        return None
    message, plain = value(known.value.message), value(known.value.plain)
    has_text = known.value.has_loose_text or (plain and plain.visible.text.strip())
    if message is None or isinstance(known.value.html, Absent) or has_text:
        return []
    where = header_where(known.value.file, first_header(message.headers, "Content-Type"))
    if plain:
        return [FOUND.finding(say("the plain-text part of the message is empty"), where)]
    return [FOUND.finding(say("the message has HTML but no plain-text part"), where)]


CHECK = Check(
    id="html-only", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("there is a plain-text part, or no HTML"), needs=message, judge=judge,
)  # fmt: skip
