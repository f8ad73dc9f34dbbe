"""A link into your own network.

Why: The reader can not open localhost, a private address, a file path or a name of your office network.
Bad:
    http://192.168.1.20/catalogue.pdf
Good:
    https://www.example.com/catalogue.pdf
Fix: Publish the page and link to its public address.
Source: RFC 1918, RFC 6761, RFC 6762
"""

from __future__ import annotations

from itertools import islice

from reputation.checks import Check
from reputation.checks.content._finding import MAX_FINDINGS, Evidence, Finder, shown
from reputation.checks.content._needs import (
    links,
)
from reputation.facts.draft import DraftLink
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.records.later import later
from reputation.text import say

FOUND = Finder(__doc__, Evidence.DOCUMENTED, Severity.MAJOR)

_INTERNAL = later(
    r"localhost|127(?:\.\d{1,3}){3}|10(?:\.\d{1,3}){3}|192\.168(?:\.\d{1,3}){2}|172\.(?:1[6-9]|"
    r"2\d|3[01])(?:\.\d{1,3}){2}"
    r"|(?<![a-z0-9.-])[a-z0-9.-]{1,200}\.(?:local|localhost|lan|internal|intranet|corp|home)|[a-z][a-z0-9-]{0,62}"
)


def judge(known: Known[tuple[DraftLink, ...]]) -> list[Finding] | None:
    """Each such link once."""
    if isinstance(known, Absent):
        return None
    return list(
        islice(
            (
                _finding(link)
                for link in known.value
                if _INTERNAL.fullmatch(link.target.host) or link.target.path.startswith("C:")
            ),
            MAX_FINDINGS,
        )
    )


def _finding(link: DraftLink) -> Finding:
    message = say(
        "{host} can be reached only inside your own network", host=shown(link.target.host or link.target.written)
    )
    return FOUND.finding(message, link.where, link.target.written)


CHECK = Check(
    id="internal-link", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("no link leads into an internal network"), needs=links, judge=judge,
)  # fmt: skip
