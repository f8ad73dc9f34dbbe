"""The names that a DNS list is asked (RFC 5782 sections 2.1, 2.4 and 3)."""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import IPv6Address
from typing import TYPE_CHECKING, Final

from reputation.records.dnsxl import Blocklist, Kind

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

_KEY: Final = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?")


def reversed_labels(address: str) -> str:
    """The labels of an address in query order: four octets, or 32 nibbles for anything written with colons.

    A mapped address stays 32 nibbles: the test entry ::ffff:7f00:2 must not be folded into 127.0.0.2. Real subjects
    in mapped form are folded before, when the target is read.
    """
    if ":" in address:
        return ".".join(reversed(IPv6Address(address).exploded.replace(":", "")))
    return ".".join(reversed(address.split(".")))


def holds(blocklist: Blocklist, kind: Kind, *, of_link: bool = False) -> bool:
    """Whether the list may be asked about a subject of this kind.

    A link host fits lists of link hosts and lists of domains; an address in a link only lists that hold both, since a
    list of mail servers knows nothing of web servers.
    """
    if kind is Kind.URL_HOST:
        return Kind.URL_HOST in blocklist.kinds or Kind.DOMAIN in blocklist.kinds
    return kind in blocklist.kinds and (not of_link or Kind.URL_HOST in blocklist.kinds)


def name_for_list(blocklist: Blocklist, kind: Kind, name: str) -> str:
    """The host name as this list wants it: in full, or only the registrable domain.

    A list of domains that takes link hosts too knows them by their domain: www.example.com stands there as example.com.
    """
    if blocklist.full_name or (kind is Kind.URL_HOST and Kind.DOMAIN not in blocklist.kinds):
        return name
    return registrable_domain(name)


@lru_cache(maxsize=4096)
def registrable_domain(name: str) -> str:
    """The name one label below its public suffix; the name itself when it has no such part ("co.uk")."""
    return _public_suffixes().privatesuffix(name) or name


@lru_cache(maxsize=1)
def _public_suffixes() -> PublicSuffixList:
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList()


def is_key_label(key: str) -> bool:
    """Whether a user's key can stand as one label in a name."""
    return _KEY.fullmatch(key) is not None
