"""Almost no text, but a link.

Why: Fewer than 15 words around a link: 7.4 % of measured spam, 1 % of other mail, no campaign. Short mails with a
link are today's phishing pattern. Links to a meeting, to files that were sent and in a signature do not count.
Bad:
    See this: https://...
Good:
    two or three sentences that say who writes and why the link is worth a click
Fix: Write who you are and what the link shows, two or three sentences.
Source: Own measurement on the public SpamAssassin corpus and CSDMC2010: 7.4 % of spam, 1.0 % of other mail, 0 % of
commercial mail; SpamAssassin 4.0.1 EMPTY_MESSAGE (2.2)
"""

from __future__ import annotations

from pathlib import Path

from reputation.checks import Check
from reputation.checks.content._campaign import signature_start
from reputation.checks.content._finding import Evidence, Finder
from reputation.checks.content._needs import (
    body,
    value,
    whole,
)
from reputation.checks.content._pictures import pictures_of_text
from reputation.facts.draft import DraftFacts
from reputation.model import Absent, Area, Finding, Found, Known, Severity
from reputation.text import say, say_plural

_PLAIN = frozenset((Path(__file__).parent / "data" / "meetings_and_files.txt").read_text("ascii").split())
FOUND = Finder(__doc__, Evidence.MEASURED, Severity.MINOR)


def judge(known: Known[DraftFacts]) -> list[Finding] | None:
    """Two Han characters count as a word, a web address as none; a lone picture is another check."""
    text = value(body(known.value)) if isinstance(known, Found) else None
    if isinstance(known, Absent) or text is None:
        return None
    end = signature_start(text)
    web = [link for link in known.value.links if link.target.is_web and link.start < end]
    if all(_needs_no_words(link.target.host) for link in web) or text.words >= 15 or pictures_of_text(text):
        return []
    message = say_plural("only {n} word around a link", "only {n} words around a link", text.words)
    return [FOUND.finding(message, web[0].where, web[0].target.written)]


def _needs_no_words(host: str) -> bool:
    """Whether it is of a service for meetings or for sending files, whose links go out in a line or two."""
    return any(host == name or host.endswith("." + name) for name in _PLAIN)


CHECK = Check(
    id="short-text", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("enough text around links and pictures"), needs=whole, judge=judge,
)  # fmt: skip
