"""Letters outside ASCII in a header that should be encoded words."""

from __future__ import annotations

from reputation.checks.content._needs import value
from reputation.facts.draft import DraftFacts
from reputation.records.message import first_header


def is_utf8(facts: DraftFacts, name: str) -> bool:
    """UTF-8 can be read by many servers (RFC 6532); of any other bytes nobody can tell what they mean."""
    message = value(facts.message)
    header = first_header(message.headers, name) if message else None
    try:
        return bool(header and header.raw.decode("utf-8"))
    except UnicodeDecodeError:
        return False
