"""DKIM-Signature headers: the tags that a report needs (RFC 6376 section 3.5)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from reputation.records.dns_name import may_be_asked, normal
from reputation.records.tags import parse_tags, without_blanks
from reputation.text import Text, say

_NUMBER: Final = re.compile(r"[0-9]{1,12}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureTags:
    """The signer, the selector, the signed headers, l= and x= (Unix seconds); `problem` when it cannot be read."""

    domain: str = ""
    selector: str = ""
    covered: tuple[str, ...] = ()
    body_length: int | None = None
    expires: int | None = None
    problem: Text | None = None


def parse_signature(value: str) -> SignatureTags:
    """The tags of one header value. Never raises: what cannot be read becomes the problem."""
    tags = parse_tags(value)
    domain, selector = normal(without_blanks(tags.get("d"))), normal(without_blanks(tags.get("s")))
    problem = None
    if not may_be_asked(domain) or not may_be_asked(f"{selector}._domainkey.{domain}") or not selector:
        problem = say("its domain (d=) or its selector (s=) cannot be read")
    covered = tuple(dict.fromkeys(name.strip().lower() for name in tags.get("h").split(":") if name.strip()))
    return SignatureTags(
        domain=domain if problem is None else "",
        selector=selector if problem is None else "",
        covered=covered,
        body_length=_number(tags.get("l")),
        expires=_number(tags.get("x")),
        problem=problem,
    )


def _number(text: str) -> int | None:
    return int(text) if _NUMBER.fullmatch(text) else None
