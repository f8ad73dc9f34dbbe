"""What a user typed as a target: a domain, an e-mail address, an IP address or a block of them (RFC 4632)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final, TypeAlias

from reputation.model import BadInput
from reputation.records.dnsxl import Kind
from reputation.text import Text, say

Network: TypeAlias = IPv4Network | IPv6Network
MAX_BLOCK: Final = 1024
_MAX_TYPED: Final = 400
_SHOWN: Final = 80
_LABEL: Final = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_LIKE_ADDRESS: Final = re.compile(r"[0-9.]+|\[?[0-9a-f.]*:[0-9a-f:.]*\]?", re.IGNORECASE)
_QUOTES: Final = "\"'`\u2018\u2019\u201c\u201d\u300c\u300d"
_NAMED: Final = re.compile(r"[^<>@]*<\s*([^<>\s]+@[^<>\s]+)\s*>")
_WEB_ADDRESS: Final = re.compile(r"(?:[a-z][a-z0-9+.-]*://|https?:/)/*([^/?#:@\s]*)", re.IGNORECASE)
_BETWEEN: Final = re.compile("[,;\uff0c\uff1b\u3001]")
_RESERVED_BLOCKS: Final = (
    (say("a private network"), "10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 fc00::/7 fec0::/10"),
    (say("this machine itself"), "127.0.0.0/8 ::1/128"),
    (say("the shared network of an access provider (RFC 6598)"), "100.64.0.0/10"),
    (say("the local link"), "169.254.0.0/16 fe80::/10"),
    (say("a test network for devices (RFC 2544)"), "198.18.0.0/15"),
    (say("multicast"), "224.0.0.0/4 ff00::/8"),
    (say("reserved and never sends mail"), "0.0.0.0/8 192.0.0.0/24 240.0.0.0/4 ::/128 100::/64"),
)


class TargetKind(StrEnum):
    """What the user named."""

    DOMAIN = "domain"
    ADDRESS = "address"
    IP = "ip"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class Target:
    """One target. `text` is its canonical form; `domain` the A-label name of a domain or an e-mail address.

    `ips` are the addresses of an IP or of a whole block. `display` is the name as people write it.
    """

    kind: TargetKind
    text: str
    display: str = ""
    domain: str = ""
    ips: tuple[str, ...] = ()


class BadTarget(BadInput):
    """The target cannot be checked; `sentence` says what was expected."""


def parse_target(typed: str) -> Target:
    """The target in what was typed. Raises BadTarget."""
    text = _bare(typed)
    if not text:
        raise BadTarget(say("A target is empty; expected a domain, an e-mail address or an IP address"))
    if len(text) > _MAX_TYPED:
        raise _not_a_target(text)
    if page := _WEB_ADDRESS.match(text):
        raise BadTarget(
            say("{typed} is a web address; give the domain alone, such as {domain}", typed=_shown(text),
                domain=_shown(page[1].lower().removeprefix("www.")) or "example.com")
        )  # fmt: skip
    if len(parts := _BETWEEN.split(text)) > 1 and all("." in part for part in parts):
        raise BadTarget(say("{typed} holds several targets; write them with a space between", typed=_shown(text)))
    if "@" in text:
        return _address(text)
    if "/" in text:
        return _block(text)
    return _ip(text) if _LIKE_ADDRESS.fullmatch(text) else _domain(text)


def _bare(typed: str) -> str:
    """What was typed without what is copied along: blanks, quotation marks, the name before an address in brackets."""
    text = typed[: _MAX_TYPED + 1].strip().strip(_QUOTES).strip().replace("\uff20", "@")
    return named[1] if (named := _NAMED.fullmatch(text)) else text


def parse_ip(typed: str) -> str:
    """The canonical form of one address that may send mail; a mapped IPv6 address becomes IPv4. Raises BadTarget."""
    return _ip(typed.strip()).text


def parse_domain(typed: str) -> Target:
    """A domain name as a target, U-labels turned into A-labels (RFC 5891). Raises BadTarget."""
    return _domain(typed.strip())


def kind_of(address_or_name: str) -> Kind:
    """Of a canonical subject: an IPv4 address, an IPv6 address, or a name."""
    if ":" in address_or_name:
        return Kind.IP6
    return Kind.IP4 if address_or_name.rpartition(".")[2].isdigit() else Kind.DOMAIN


def reserved_because(address: str) -> Text | None:
    """Why no list is asked about this address, or None when it may be asked."""
    return _reserved(ip_network(address))


def _ip(text: str) -> Target:
    try:
        found = ip_address(text.removeprefix("[").removesuffix("]"))
    except ValueError:
        raise BadTarget(
            say("{typed} is not an IP address; expected something like 203.0.113.5 or 2001:db8::5", typed=_shown(text))
        ) from None
    canonical = _folded(found)
    _refuse_reserved(text, ip_network(canonical))
    return Target(TargetKind.IP, str(canonical), str(canonical), ips=(str(canonical),))


def _folded(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Lists know an IPv4-mapped address (RFC 4291 section 2.5.5.2) only as IPv4."""
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address


def _block(text: str) -> Target:
    try:
        block = ip_network(text, strict=False)
    except ValueError:
        raise BadTarget(
            say("{typed} is not a block of addresses; expected something like 203.0.113.0/24", typed=_shown(text))
        ) from None
    if block.num_addresses > MAX_BLOCK:
        raise BadTarget(
            say("{typed} is too large: a block may have at most {limit} addresses", typed=_shown(text), limit=MAX_BLOCK)
        )
    _refuse_reserved(text, block)
    return Target(TargetKind.BLOCK, str(block), str(block), ips=tuple(str(_folded(address)) for address in block))


def _refuse_reserved(typed: str, network: Network) -> None:
    why = _reserved(network)
    if why is not None:
        raise BadTarget(
            say("{typed} is not asked about: it is {why}. Give the public address that sends your mail.",
                typed=_shown(typed), why=why)
        )  # fmt: skip


def _reserved(network: Network) -> Text | None:
    if isinstance(network, IPv6Network) and network.network_address.ipv4_mapped:
        network = ip_network(f"{network.network_address.ipv4_mapped}/{max(0, network.prefixlen - 96)}", strict=False)
    first, last = int(network.network_address), int(network.broadcast_address)
    for low, high, why in _reserved_ranges(network.version):
        if first <= high and low <= last:
            return why
    return None


@lru_cache(maxsize=2)
def _reserved_ranges(version: int) -> tuple[tuple[int, int, Text], ...]:
    """First address, last address and what they are for."""
    blocks = ((ip_network(block), why) for why, texts in _RESERVED_BLOCKS for block in texts.split())
    return tuple(
        (int(block.network_address), int(block.broadcast_address), why)
        for block, why in blocks
        if block.version == version
    )


def _address(text: str) -> Target:
    """An e-mail address (RFC 5321 section 4.1.2); of its two parts only the domain is asked about."""
    local, _, domain = text.rpartition("@")
    split = local and domain and len(local) <= 64 and "@" not in local.strip('"')
    if not split or any(ord(c) < 33 or ord(c) == 127 for c in text):
        raise BadTarget(say("{typed} is not an e-mail address; expected name@example.com", typed=_shown(text)))
    found = _domain(domain)
    return Target(TargetKind.ADDRESS, f"{local}@{found.domain}", f"{local}@{found.display}", found.domain)


def _domain(text: str) -> Target:
    name = _a_labels(text.removesuffix(".").lower())
    labels = name.split(".")
    good = len(labels) > 1 and len(name) <= 253 and all(_LABEL.fullmatch(label) for label in labels)
    if not good or not labels[-1][0].isalpha():  # no top-level domain begins with a digit: 192.0.2.8-9 is a slip
        raise _not_a_target(text)
    return Target(TargetKind.DOMAIN, name, display_name(name), name)


def _a_labels(name: str) -> str:
    if name.isascii():
        return name
    import idna

    try:
        return idna.encode(name, uts46=True).decode()
    except (idna.IDNAError, UnicodeError):
        raise _not_a_target(name) from None


def display_name(name: str) -> str:
    """A domain as people write it: U-labels for A-labels, or the name itself where that cannot be done."""
    if "xn--" not in name:
        return name
    import idna

    try:
        return idna.decode(name)
    except (idna.IDNAError, UnicodeError):
        return name


def _not_a_target(text: str) -> BadTarget:
    return BadTarget(
        say("{typed} is not a domain, an e-mail address or an IP address; expected example.com, name@example.com, "
            "203.0.113.5 or 203.0.113.0/24", typed=_shown(text))
    )  # fmt: skip


def _shown(text: str) -> str:
    """What was typed, cut and without anything that a terminal would obey."""
    cut = text[:_SHOWN]
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in cut) + ("..." if len(text) > _SHOWN else "")
