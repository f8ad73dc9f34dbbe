"""Whom to ask: resolvers as the user writes them, and those of the system."""

from __future__ import annotations

import ipaddress
import os
import re
from pathlib import Path
from typing import NamedTuple

from reputation.text import Text, say
from reputation.whole_number import whole_number

DNS_PORT = 53
MAX_RESOLVERS = 3  # as resolv.conf(5)
_WRITTEN = re.compile(r"\[([^\]]+)\](?::(.*))?|([^:\[]+)(?::([^:]*))?|(.+)", re.DOTALL)
_RESOLV_CONF = Path("/etc/resolv.conf")
_MAX_RESOLV_CONF = 65_536


class BadResolver(ValueError):
    """A resolver that is no address, or an address with a broken port. `text` is the sentence for the user."""

    def __init__(self, text: Text) -> None:
        super().__init__(str(text))
        self.text = text


class Server(NamedTuple):
    """Where questions go: an IPv4 or IPv6 address (IPv6 may carry a %zone) and a port."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def parse_resolver(text: str) -> Server:
    """`192.0.2.1`, `192.0.2.1:5353`, `2001:db8::1` or `[2001:db8::1]:5353`. Raises BadResolver with a sentence."""
    written = _WRITTEN.fullmatch(text.strip())
    host = (written[1] or written[3] or written[5]) if written else ""
    host = "127.0.0.1" if host.lower() == "localhost" else host  # the one name that needs no resolver itself
    port = (written[2] if written[1] else written[4]) if written else None
    try:
        ipaddress.ip_address(host)
    except ValueError:
        raise BadResolver(
            say("{value} is no resolver: an IP address is expected, with :port if it is not 53", value=ascii(text[:80]))
        ) from None
    if port is None:
        return Server(host, DNS_PORT)
    number = whole_number(port, 1, 65_535)
    if number is None:
        raise BadResolver(
            say("{value} is no resolver: the port must be a number from 1 to 65535", value=ascii(text[:80]))
        )
    return Server(host, number)


def system_resolvers(resolv_conf: Path = _RESOLV_CONF) -> tuple[str, ...]:
    """The system's resolvers as "address:port", at most three; empty when there are none to be found."""
    addresses = _of_windows() if os.name == "nt" else _of_file(resolv_conf)
    return tuple(str(Server(address, DNS_PORT)) for address in addresses[:MAX_RESOLVERS])


def _of_file(path: Path) -> list[str]:
    try:
        text = path.read_bytes()[:_MAX_RESOLV_CONF].decode("ascii", "replace")
    except OSError:
        return []
    words = (line.split() for line in text.splitlines())
    return [w[1] for w in words if len(w) >= 2 and w[0] == "nameserver" and _is_address(w[1])]


def _of_windows() -> list[str]:
    from dns.resolver import NoResolverConfiguration, Resolver  # reads the registry or WMI

    try:
        return [str(n) for n in Resolver().nameservers if _is_address(str(n))]
    except (NoResolverConfiguration, OSError):
        return []


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
