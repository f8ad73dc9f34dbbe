"""Who hosts a zone, by its name servers: the data file beside this module."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from reputation.records.dns_name import is_below, normal

_FILE: Final = Path(__file__).parent / "dns_hosts.toml"


@dataclass(frozen=True, slots=True)
class DnsHost:
    """A host of zones, the endings of its name servers, and the page where a zone is edited."""

    name: str
    ns: tuple[str, ...]
    console: str


@lru_cache(maxsize=1)
def dns_hosts() -> tuple[DnsHost, ...]:
    """All hosts of the data file."""
    raw = tomllib.loads(_FILE.read_text("utf-8"))["host"]
    return tuple(DnsHost(entry["name"], tuple(entry["ns"]), entry["console"]) for entry in raw)


def host_of(name_servers: Iterable[str]) -> DnsHost | None:
    """The host of a zone with these name servers, None when nobody knows it."""
    names = tuple(name_servers)
    return next((host for host in dns_hosts() if any(is_below(n, ending) for n in names for ending in host.ns)), None)


def field_for(name: str, zone: str) -> str:
    """What goes into the name field of most consoles: the part before the zone, "@" for the zone itself."""
    bare, above = normal(name), normal(zone)
    return "@" if bare == above else bare.removesuffix(f".{above}")
