"""The visible address is not the target.

Why: A link that shows one address and leads to another is what phishing does; mail programs and filters warn of it.
Click tracking does the same by accident.
Bad:
    <a href="https://track.example.net/x">www.example.com</a>
Good:
    <a href="https://track.example.net/x">our catalogue</a>
Fix: Write words instead of the address as the visible text, or let the link lead where it says.
Source: rspamd 3.4 PHISHING (1.6 to 3.8); SpamAssassin 4.0.1 HTTPS_HTTP_MISMATCH (0.1)
"""

from __future__ import annotations

from reputation.checks import Check
from reputation.checks.content._finding import MAX_FINDINGS, Evidence, Finder, shown
from reputation.checks.content._needs import (
    whole,
)
from reputation.facts.draft import DraftFacts
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.records.link import host_in_text, organizational
from reputation.text import say

FOUND = Finder(__doc__, Evidence.FILTER, Severity.MINOR)


def judge(known: Known[DraftFacts]) -> list[Finding] | None:
    """Registrable domains differ; a redirect from the sender's own domain is exempt."""
    if isinstance(known, Absent) or not known.value.links:
        return None
    own = organizational(known.value.from_domain)
    found = []
    for link in known.value.links:
        visible = host_in_text(link.text) if link.target.is_web else ""
        if visible and organizational(visible) != link.target.domain and link.target.domain != own:
            message = say(
                "the link shows {shown} but leads to {target}", shown=shown(visible), target=shown(link.target.host)
            )
            found.append(FOUND.finding(message, link.where, link.text, link.target.written))
    return found[:MAX_FINDINGS]


CHECK = Check(
    id="link-text-mismatch", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("links lead where they say"), needs=whole, judge=judge,
)  # fmt: skip
