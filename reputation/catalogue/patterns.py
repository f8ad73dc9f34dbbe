"""What may stand on the left of a code table, and in a test point, and in a zone."""

from __future__ import annotations

import re
from ipaddress import IPv4Network, ip_address
from typing import Final

from reputation.records.dnsxl import Kind

_OCTET: Final = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_EXACT: Final = re.compile(rf"127(?:\.{_OCTET}){{3}}")
_RANGE: Final = re.compile(rf"127(?:\.{_OCTET}){{2}}\.({_OCTET})-({_OCTET})")
_LABEL: Final = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?", re.IGNORECASE)
_BITS: Final = tuple(f"&{1 << bit}" for bit in range(8))
_MAX_NAME: Final = 253


def is_pattern(text: str) -> bool:
    """An address in 127.0.0.0/8, a range in its last octet, a CIDR block in it, or "&n" with one bit of that octet."""
    if text in _BITS or _EXACT.fullmatch(text):
        return True
    if both := _RANGE.fullmatch(text):
        return int(both[1]) < int(both[2])
    return "/" in text and _is_block(text)


def _is_block(text: str) -> bool:
    try:
        return IPv4Network(text).subnet_of(IPv4Network("127.0.0.0/8"))
    except ValueError:
        return False


def is_name(text: str) -> bool:
    """A domain name of letters, digits, hyphens and underscores, without the final dot."""
    return len(text) <= _MAX_NAME and all(_LABEL.fullmatch(label) for label in text.split("."))


def is_zone(text: str) -> bool:
    """A name of at least two labels in lower case, as a catalogue spells its zones."""
    return "." in text and text == text.lower() and is_name(text)


def kinds_of_test_point(text: str) -> frozenset[Kind]:
    """The kinds of list that this subject can test; none when it is neither an address nor a name."""
    try:
        address = ip_address(text)
    except ValueError:
        return frozenset({Kind.DOMAIN, Kind.URL_HOST}) if is_name(text) else frozenset()
    return frozenset({Kind.IP4 if address.version == 4 else Kind.IP6})
