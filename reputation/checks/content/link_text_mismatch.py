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
from reputation.checks.content._finding import Evidence, Finder, apart, shown
from reputation.checks.content._needs import (
    whole,
)
from reputation.facts.draft import DraftFacts, DraftLink
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.records.link import host_in_text, organizational
from reputation.text import say

FOUND = Finder(__doc__, Evidence.FILTER, Severity.MINOR)


def judge(known: Known[DraftFacts]) -> list[Finding] | None:
    """Registrable domains differ; a redirect from the sender's own domain is exempt. Each pair of hosts once."""
    if isinstance(known, Absent) or not known.value.links:
        return None
    own = organizational(known.value.from_domain)
    wrong = ((_shown_host(link), link) for link in known.value.links if link.target.domain != own)
    found = [(host, link) for host, link in wrong if host and organizational(host) != link.target.domain]
    return [_finding(*pair, times) for pair, times in apart(found, lambda pair: (pair[0], pair[1].target.host))]


def _shown_host(link: DraftLink) -> str:
    return host_in_text(link.text) if link.target.is_web else ""


def _finding(host: str, link: DraftLink, times: int) -> Finding:
    message = say("the link shows {shown} but leads to {target}", shown=shown(host), target=shown(link.target.host))
    return FOUND.finding(message, link.where, link.text, link.target.written, times=times)


CHECK = Check(
    id="link-text-mismatch", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("links lead where they say"), needs=whole, judge=judge,
)  # fmt: skip
