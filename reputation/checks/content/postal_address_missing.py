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
from reputation.records.later import holds, later
from reputation.text import say

FOUND = Finder(__doc__, Evidence.DOCUMENTED, Severity.INFORMATIONAL)

_FOOTER = 4_000  # characters at the end in which an imprint stands
_FROM_DIGIT = later(  # as written: streets, towns and codes have capitals; "20 euros on your way" has none
    r"\d(?:\d{0,4}[A-Za-z]?,?\s{1,3}(?:[A-Z][\w'.-]{0,30}\s{1,3}){1,4}(?:St|Street|Ave|Avenue|Road|Rd|Blvd|Boulevard"
    r"|Drive|Lane|Way|Square|Court)\b"
    r"|\d{0,3},?\s(?:rue|avenue|boulevard|place|chemin)\s\w"
    r"|(?:(?<=\b[A-Z]{2}\s.)|(?<=\b[A-Z]{2},\s.)|(?<=,\s[A-Z][a-z]\s.))\d{4}\b"
    r"|(?:(?<=[,|·•–(\n-].)|(?<=[,|·•–\n-]\s.))(?:\d{4}|(?!(?<=1)9|(?<=2)0)\d{3})\s{1,3}(?:[A-Z]{2}\s{1,3})?"
    r"[A-ZÄÖÜ]\w{2,40}"  # four digits are a code but for a year: "May 3, 2010 News"
    r"|(?:(?<=[A-Z]\d\s.)|(?<=[A-Z]\d[A-Z\d]\s.)|(?<=[A-Z]\d\d\s.))[A-Z]{2}\b|(?<=[A-Z]\d[A-Z]\s.)[A-Z]\d\b)"
)
_NAMED = (
    later(
        r"(?<=\w\w\w)(?:straße|strasse|str\.|weg|platz|allee)\s{1,3}\d{1,4}[a-z]?\s{0,3}(?:[,|·•\n]|$)",
        when=holds("straße", "strasse", "str.", "weg", "platz", "allee"),
    ),
    later(
        r"\b(?:Floor|Building|Room|Suite|Unit|No\.)\s{0,3}\d{1,5}[A-Z]?\s{0,3}(?:[,，|·•\n]|$)",
        when=holds("Floor", "Building", "Room", "Suite", "Unit", "No."),
    ),
    later(
        r"\b(?:Rue|Avenue|Calle|Avenida|Rua|Via)\s(?:d\w{1,3}\s){0,2}[A-Z]",
        when=holds("Rue", "Avenue", "Calle", "Avenida", "Rua", "Via"),
    ),
    later(r"\b[Pp]\.?\s?[Oo]\.?\s?[Bb]ox", when=holds("box", "Box")),
    later(r"\b(?:Postbus|Postfach|Apartado)\s\d", when=holds("Postbus", "Postfach", "Apartado")),
    later(r"\b(?:Road|Street),", when=holds("Road,", "Street,")),
    later(
        r"(?:\{\{|\{%|\*\||%%)[^{}|%\n]{0,50}(?<![mM][aA][iI][lL])(?<![mM][aA][iI][lL][_. ])(?i:addr)",
        when=holds("{{", "{%", "*|", "%%"),
    ),
)
_HAN = later("[省市区县].{0,20}[路街道镇村].{0,20}号")
_WHOLE = ("ул. ", "postal address", "impressum")


def judge(known: Known[DraftFacts]) -> list[Finding] | None:
    """A guess by the usual forms of addresses, so only a note; only for what looks like a campaign."""
    text = campaign_text(known)
    if text is None:
        return None
    if _has_address(text.visible.text[-_FOOTER:], text.folded.text[-_FOOTER:]):
        return []
    return [FOUND.finding(say("no postal address was found in the text"), Where(text.file))]


def _has_address(footer: str, low: str) -> bool:
    """In the end of the text, as written and folded. A tag counts where the tool fills it with the address."""
    return (
        any(words in low for words in _WHOLE)
        or any(form.search(footer) for form in _NAMED)
        or (not footer.isascii() and bool(_HAN.search(footer)))
        or bool(_FROM_DIGIT.search(footer))
    )


CHECK = Check(
    id="postal-address-missing", area=Area.COMPLIANCE, severity=FOUND.severity,
    passed=say("there is a postal address, or it is no campaign"), needs=whole, judge=judge,
)  # fmt: skip
