"""HTML without a text part.

Why: Half of the measured spam has no plain text beside its HTML, and one in sixty of other messages. Filters score
it, and readers with text-only programs see nothing. A quarter of honest campaigns forget it too, so it is no error.
Bad:
    Content-Type: text/html
Good:
    Content-Type: multipart/alternative (text/plain, then text/html)
Fix: Let the mailer add a plain-text part; `reputation lint --fix` writes one from the HTML.
Source: SpamAssassin 4.0.1 MIME_HTML_ONLY (0.1), rspamd 3.4 MIME_MA_MISSING_TEXT (2.0); own measurement: 49.4 % of
spam, 1.5 % of other mail
"""

from __future__ import annotations

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder
from reputation.checks.content._needs import (
    message,
    value,
)
from reputation.facts.draft import DraftFacts
from reputation.model import Absent, Area, Finding, Found, Known, Severity, Where
from reputation.records.message import Header
from reputation.text import say

FOUND = Finder(__doc__, Evidence.MEASURED, Severity.MINOR)


def judge(known: Known[DraftFacts]) -> list[Finding] | None:
    """Only a whole message can tell; of a bare HTML file the mailer makes the message later."""
    if isinstance(known, Absent):
        return None
    if isinstance(known.value.html, Absent) or isinstance(known.value.plain, Found):
        return []
    line = next((h.line for h in _headers(known.value) if h.name.lower() == "content-type"), 1)
    where = Where(known.value.file, line, 1, line, 2)
    return [FOUND.finding(say("the message has HTML but no plain-text part"), where)]


def _headers(facts: DraftFacts) -> tuple[Header, ...]:
    message = value(facts.message)
    return message.headers if message else ()


CHECK = Check(
    id="html-only", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("there is a plain-text part, or no HTML"), needs=message, judge=judge,
)  # fmt: skip
