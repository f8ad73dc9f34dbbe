"""A link shortener hides the target.

Why: A shortened link hides where it leads, shares its name with every abuser of the service, and is rare in honest
campaigns but frequent in today's phishing. Several shorteners stand on blocklists.
Bad:
    https://bit.ly/3xYzAb
Good:
    https://www.example.com/catalogue
Fix: Link to the page itself, or use a short name under your own domain.
Source: Own measurement on recent mail (2025-26); SpamAssassin URL_SHORTENER family
"""

from __future__ import annotations

from pathlib import Path

from reputation.checks import Check
from reputation.checks.content._bare import Bare, bare_addresses
from reputation.checks.content._finding import MAX_FINDINGS, Evidence, Finder, apart, shown
from reputation.checks.content._needs import (
    whole,
)
from reputation.facts.draft import DraftFacts, DraftLink
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.records.link import Target, parse_target
from reputation.text import say

_FOLDER = Path(__file__).parent / "data"


FOUND = Finder(__doc__, Evidence.MEASURED, Severity.MAJOR)

_PLACES = frozenset(("maps.app.goo.gl", "photos.app.goo.gl"))  # they say by their name what is behind them
SHORTENERS = frozenset(_FOLDER.joinpath("shorteners.txt").read_text("ascii").split())


def judge(known: Known[DraftFacts]) -> list[Finding] | None:
    """Each such target once; mail programs make a link of a known name with a path, too."""
    if isinstance(known, Absent):
        return None
    links = (link for link in known.value.every_link if _hides(link.target))
    found = [_finding(link, times) for link, times in apart(links, lambda link: link.target.written)]
    bare = bare_addresses(known.value, SHORTENERS.__contains__)
    found += [_finding_bare(one) for one in bare if _hides(parse_target(f"http://{one.written}"))]
    return found[:MAX_FINDINGS]


def _hides(target: Target) -> bool:
    if target.domain not in SHORTENERS or target.host in _PLACES:
        return False
    return not (target.host == "goo.gl" and target.path.startswith("/maps/"))


def _finding(link: DraftLink, times: int) -> Finding:
    message = say("the link goes through the shortener {host}", host=shown(link.target.host))
    return FOUND.finding(message, link.where, link.target.written, times=times)


def _finding_bare(bare: Bare) -> Finding:
    message = say("the link goes through the shortener {host}", host=shown(bare.host))
    return FOUND.finding(message, bare.where, bare.written)


CHECK = Check(
    id="link-shortener", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("no link goes through a public shortener"), needs=whole, judge=judge,
)  # fmt: skip
