"""What a receiver wrote into a message: Authentication-Results (RFC 8601) and the address in Received (RFC 5321)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from ipaddress import ip_address
from typing import Final, NamedTuple

from reputation.records.target import BadTarget, parse_ip

_LONGEST: Final = 8_192
_COMMENT: Final = re.compile(r"\([^()]*\)")
_RESULT: Final = re.compile(r"\s*([A-Za-z0-9-]{1,40})\s*=\s*([A-Za-z]{1,20})")
_ABOUT: Final = re.compile(
    r"(?:header\.d|header\.i|header\.from|smtp\.mailfrom|smtp\.helo)\s*=\s*\"?@?([^\s;\"]{1,254})"
)
_FROM_ADDRESS: Final = re.compile(r"\[(?:IPv6:)?([0-9A-Fa-f.:]{2,45})\]")


class MethodResult(NamedTuple):
    """One method with its result, and the name that it is about: ("dkim", "pass", "example.com")."""

    method: str
    result: str
    about: str


def parse_authentication_results(value: str) -> tuple[MethodResult, ...]:
    """The methods of one header value, without comments. Never raises."""
    text = _without_comments(value[:_LONGEST])
    found = []
    for piece in text.split(";")[1:]:
        match = _RESULT.match(piece)
        about = _ABOUT.search(piece)
        if match:
            found.append(MethodResult(match[1].lower(), match[2].lower(), about[1].lower() if about else ""))
    return tuple(found)


def _without_comments(text: str) -> str:
    """Comments may be nested; each round removes the innermost."""
    for _ in range(8):
        shorter = _COMMENT.sub(" ", text)
        if shorter == text:
            break
        text = shorter
    return text


def connecting_address(received: Iterable[str]) -> str:
    """The address that handed the message over: the first public one, from the top of the Received headers; "" if none.

    Hops inside the receiver's own network show private addresses and are passed over.
    """
    for value in received:
        for address in _addresses(value):
            return address
    return ""


def _addresses(value: str) -> Iterator[str]:
    clause = value[:_LONGEST].partition(" by ")[0]
    for match in _FROM_ADDRESS.finditer(clause):
        try:
            yield parse_ip(str(ip_address(match[1])))
        except (ValueError, BadTarget):
            continue
