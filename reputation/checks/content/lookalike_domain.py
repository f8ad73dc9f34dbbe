"""A link domain that imitates letters.

Why: A name with letters of two alphabets, or an xn-- name that reads like Latin, is how brands are imitated. Google
asks for names by the rules of UTS 39.
Bad:
    https://exаmple.com/ (with a Cyrillic a)
Good:
    https://example.com/
Fix: Check each letter of the name; type it again.
Source: Unicode UTS 39 section 5.2; Google, Email sender guidelines (support.google.com/mail/answer/81126, read
2026-11); rspamd 3.4 HOMOGRAPH_URL
"""

from __future__ import annotations

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder, apart, shown
from reputation.checks.content._needs import (
    every_link,
)
from reputation.facts.draft import DraftLink
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.records.later import later
from reputation.text import say

FOUND = Finder(__doc__, Evidence.FILTER, Severity.MINOR)

_LATIN = later("[a-z\u00e0-\u024f]")
_LOOKALIKE = later("[\u0370-\u03ff\u0400-\u052f]")
_TWINS = frozenset("асеорхуіјѕһԁԛԝ")


def _imitates(host: str) -> bool:
    return any(_imitating(_unicode(label)) for label in host.split("."))


def _imitating(label: str) -> bool:
    strange = _LOOKALIKE.findall(label)
    return bool(strange) and (bool(_LATIN.search(label)) or set(strange) <= _TWINS)


def _unicode(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError):
        return label


def judge(known: Known[tuple[DraftLink, ...]]) -> list[Finding] | None:
    """Each such host once."""
    if isinstance(known, Absent):
        return None
    links = (link for link in known.value if _imitates(link.target.host))
    return [_finding(link, times) for link, times in apart(links, lambda link: link.target.host)]


def _finding(link: DraftLink, times: int) -> Finding:
    message = say("the domain {host} mixes or imitates letters", host=shown(link.target.host))
    return FOUND.finding(message, link.where, link.target.written, times=times)


CHECK = Check(
    id="lookalike-domain", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("no link domain imitates letters"), needs=every_link, judge=judge,
)  # fmt: skip
