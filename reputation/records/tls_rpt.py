"""TLS-RPT: where reports on failed encryption go (RFC 8460)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from reputation.records.tags import parse_tags, without_blanks

_URI: Final = re.compile(r"mailto:[^\s,!@]+@[^\s,!@]+\.[^\s,!@]+|https://[^\s,!]+", re.IGNORECASE)


def tls_rpt_records(texts: Iterable[bytes]) -> tuple[str, ...]:
    """Those TXT records that are TLS-RPT records."""
    decoded = (text.decode("latin-1") for text in texts)
    return tuple(text for text in decoded if text.startswith("v=TLSRPTv1"))


def report_uris(text: str) -> tuple[str, ...]:
    """The usable destinations of a record; empty when it is no use."""
    uris = (without_blanks(uri) for uri in parse_tags(text).get("rua").split(","))
    return tuple(uri for uri in uris if _URI.fullmatch(uri))


def suggested_record(domain: str) -> str:
    """A record with a mailbox of the domain itself."""
    return f"v=TLSRPTv1; rua=mailto:tls-reports@{domain}"
