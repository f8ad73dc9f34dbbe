"""A link domain that imitates letters.

Why: A name with letters of two alphabets, an xn-- name that reads like Latin, a digit for a letter, or a known name
in front of another is how brands are imitated. Google asks for names by the rules of UTS 39.
Bad:
    https://exаmple.com/ (with a Cyrillic a)
Good:
    https://example.com/
Fix: Check each letter of the name; type it again.
Source: Unicode UTS 39 section 5.2; Google, Email sender guidelines (support.google.com/mail/answer/81126, read
2026-11); rspamd 3.4 HOMOGRAPH_URL
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder, apart, shown
from reputation.checks.content._needs import (
    whole,
)
from reputation.facts.draft import DraftFacts
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.records.later import beyond_ascii, later
from reputation.records.link import organizational
from reputation.text import Text, say

FOUND = Finder(__doc__, Evidence.FILTER, Severity.MINOR)

_LATIN = later("[a-z\u00e0-\u024f]")
_LOOKALIKE = later("[\u0370-\u03ff\u0400-\u052f]", when=beyond_ascii)
_TWINS = frozenset("асеорхуіјѕһԁԛԝ")
_SAME_SHAPE = str.maketrans("1i05", "llos")
_KNOWN = frozenset(  # of names that today's phishing bears
    ("paypal.com", "amazon.com", "apple.com", "icloud.com", "microsoft.com", "microsoftonline.com", "office.com",
     "outlook.com", "live.com", "google.com", "gmail.com", "facebook.com", "instagram.com", "linkedin.com",
     "netflix.com", "ebay.com", "docusign.com", "docusign.net", "dropbox.com", "adobe.com", "dhl.com", "fedex.com",
     "ups.com", "usps.com", "alibaba.com", "aliexpress.com", "taobao.com", "alipay.com", "qq.com", "163.com",
     "chase.com", "coinbase.com", "binance.com")
)  # fmt: skip
_LONG = 5  # letters; below, another honest company may differ by one of them


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


def judge(known: Known[DraftFacts]) -> list[Finding] | None:
    """Each such host once; the sender's own name can be imitated, too, mostly by a slip of the hand."""
    if isinstance(known, Absent) or not known.value.every_link:
        return None
    own = organizational(known.value.from_domain)
    told = {host: words for host in known.value.link_hosts if (words := _told(host, own))}
    links = (link for link in known.value.every_link if link.target.host in told)
    return [
        FOUND.finding(told[link.target.host], link.where, link.target.written, times=times)
        for link, times in apart(links, lambda link: link.target.host)
    ]


def _told(host: str, own: str) -> Text | None:
    if _imitates(host):
        return say("the domain {host} mixes or imitates letters", host=shown(host))
    domain = organizational(host)
    seen = _drawn(domain)
    twin = own if seen == _drawn(own) else _known_as_drawn().get(seen, domain)
    if twin != domain:
        return say("the domain {host} looks like {name} but is another", host=shown(host), name=shown(twin))
    pairs = pairwise(host[: -len(domain) - 1].split("."))
    name = next((name for name in map(".".join, pairs) if name in _KNOWN), "")
    if name and name != domain:
        return say("{host} begins with {name} but belongs to {domain}", host=shown(host), name=name, domain=domain)
    return None


def _drawn(domain: str) -> str:
    """How a name looks: the same for names that a hasty reader can not tell apart."""
    return domain.translate(_SAME_SHAPE).replace("rn", "m").replace("vv", "w")


@lru_cache(maxsize=1)
def _known_as_drawn() -> dict[str, str]:
    return {_drawn(name): name for name in _KNOWN if len(name.partition(".")[0]) >= _LONG}


CHECK = Check(
    id="lookalike-domain", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("no link domain imitates letters"), needs=whole, judge=judge,
)  # fmt: skip
