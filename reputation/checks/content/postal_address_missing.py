"""No postal address.

Why: The USA and Canada demand the sender's postal address in every advertising mail, Germany and others an imprint.
Filters do not look at it.
Bad:
    a campaign without an address
Good:
    Best Pumps Ltd., 12 Harbour Road, Ningbo 315000, China
Fix: Add company name and postal address to the footer.
Source: 15 U.S.C. 7704(a)(5); CASL section 6(2); DDG section 5 (Germany)
"""

from __future__ import annotations

from reputation.checks import Check
from reputation.checks.content._campaign import campaign_text
from reputation.checks.content._finding import Evidence, Finder
from reputation.checks.content._needs import (
    whole,
)
from reputation.facts.draft import DraftFacts
from reputation.model import Area, Finding, Known, Severity, Where
from reputation.records.later import later
from reputation.text import say

FOUND = Finder(__doc__, Evidence.DOCUMENTED, Severity.INFORMATIONAL)

_FOOTER = 4_000  # characters at the end in which an imprint stands
_NUMBERED = later(
    r"\b[a-z]{2},? \d{5}\b|\b\d{1,5} (?:\w+ ){1,4}(?:st|street|ave|avenue|road|rd|blvd|boulevard|drive|lane|way"
    r"|suite)\b"
    r"|\b\w{3,40}(?:straße|strasse|str\.|weg|platz|allee) \d|\b\d{5} [a-zäöü]{3,40}"
    r"|\b[a-z]{1,2}\d[a-z\d]? \d[a-z]{2}\b|\b(?:floor|building|room|no\.) ?\d"
)
_DIGIT = later(r"\d")
_HAN = later("[省市区县].{0,20}[路街道镇村].{0,20}号")
_NAMED = later(r"p\.? ?o\.? ?box|\b(?:rue|avenue|calle|avenida|rua|via) \w|\b(?:road|street),")
_NAMES = ("box", "rue ", "avenue ", "calle ", "avenida ", "rua ", "via ", "road,", "street,")
_WHOLE = ("ул. ", "{{", "*|", "postal address", "impressum")


def judge(known: Known[DraftFacts]) -> list[Finding] | None:
    """A guess by the usual forms of addresses, so only a note; only for what looks like a campaign."""
    text = campaign_text(known)
    if text is None:
        return None
    if _has_address(text.folded.text[-_FOOTER:]):
        return []
    return [FOUND.finding(say("no postal address was found in the text"), Where(text.file))]


def _has_address(footer: str) -> bool:
    return (
        any(words in footer for words in _WHOLE)
        or (any(words in footer for words in _NAMES) and bool(_NAMED.search(footer)))
        or (not footer.isascii() and bool(_HAN.search(footer)))
        or (bool(_DIGIT.search(footer)) and bool(_NUMBERED.search(footer)))
    )


CHECK = Check(
    id="postal-address-missing", area=Area.COMPLIANCE, severity=FOUND.severity,
    passed=say("there is a postal address, or it is no campaign"), needs=whole, judge=judge,
)  # fmt: skip
