"""The names that lists are asked."""

from __future__ import annotations

import pytest

from reputation.model import Severity
from reputation.records.dnsxl import Blocklist, Kind
from reputation.records.dnsxl_names import holds, is_key_label, name_for_list, reversed_labels


@pytest.mark.parametrize(
    ("address", "labels"),
    [
        ("203.0.113.5", "5.113.0.203"),
        ("2001:db8::5", "5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2"),
        ("::ffff:7f00:2", "2.0.0.0.0.0.f.7.f.f.f.f.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0"),
    ],
)
def test_addresses_are_reversed(address: str, labels: str) -> None:
    """Octets for IPv4, 32 nibbles for IPv6, also for the mapped test entry (RFC 5782 section 5)."""
    assert reversed_labels(address) == labels


def _list(*kinds: Kind, full_name: bool = False) -> Blocklist:
    return Blocklist(
        zone="bl.example", name="x", operator="x", kinds=frozenset(kinds), severity=Severity.MINOR, full_name=full_name
    )


@pytest.mark.parametrize(
    ("blocklist", "kind", "name", "asked"),
    [
        (_list(Kind.DOMAIN), Kind.DOMAIN, "mail.shop.example.co.uk", "example.co.uk"),
        (_list(Kind.DOMAIN, full_name=True), Kind.DOMAIN, "mail.example.com", "mail.example.com"),
        (_list(Kind.DOMAIN), Kind.URL_HOST, "www.example.com", "example.com"),
        (_list(Kind.URL_HOST), Kind.URL_HOST, "www.example.com", "www.example.com"),
        (_list(Kind.URL_HOST, Kind.DOMAIN), Kind.URL_HOST, "www.example.com", "example.com"),
        (_list(Kind.DOMAIN), Kind.DOMAIN, "xn--bcher-kva.example.de", "example.de"),
    ],
)
def test_a_list_is_asked_the_name_that_it_holds(blocklist: Blocklist, kind: Kind, name: str, asked: str) -> None:
    """The registrable domain or the full name."""
    assert name_for_list(blocklist, kind, name) == asked


def test_a_list_of_mail_servers_is_not_asked_about_an_address_in_a_link() -> None:
    """Only a list that holds link hosts and addresses both."""
    assert holds(_list(Kind.IP4), Kind.IP4)
    assert not holds(_list(Kind.IP4), Kind.IP4, of_link=True)
    assert holds(_list(Kind.IP4, Kind.URL_HOST), Kind.IP4, of_link=True)
    assert not holds(_list(Kind.IP4), Kind.DOMAIN)
    assert not holds(_list(Kind.DOMAIN), Kind.IP6)


@pytest.mark.parametrize(
    ("key", "good"), [("abc123", True), ("a.b", False), ("", False), ("a" * 64, False), ("-a", False)]
)
def test_a_key_is_one_label(key: str, good: bool) -> None:
    """Anything else could not stand in a name."""
    assert is_key_label(key) is good
