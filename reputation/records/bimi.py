"""BIMI: the logo beside a message, and the certificate that vouches for it (an Internet-Draft, seen 2026-11)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reputation.records.tags import parse_tags
from reputation.text import Text, say


@dataclass(frozen=True, slots=True)
class BimiRecord:
    """`logo` is the address of an SVG, `evidence` that of a certificate (VMC or CMC); `problem` what is wrong."""

    text: str
    logo: str
    evidence: str
    problem: Text | None = None


def bimi_records(texts: Iterable[bytes]) -> tuple[str, ...]:
    """Those TXT records that are BIMI records."""
    decoded = (text.decode("latin-1") for text in texts)
    return tuple(text for text in decoded if text.startswith("v=BIMI1"))


def parse_bimi(text: str) -> BimiRecord:
    """The typed record. Never raises. An empty l= says that the domain wants no logo."""
    tags = parse_tags(text)
    logo, evidence = tags.get("l"), tags.get("a")
    problem = None
    if not tags.has("l"):
        problem = say("the tag l= with the address of the logo is missing")
    elif logo and not logo.lower().startswith("https://"):
        problem = say("the logo must be fetched over https")
    elif evidence and not evidence.lower().startswith("https://"):
        problem = say("the certificate must be fetched over https")
    return BimiRecord(text, logo, evidence, problem)
