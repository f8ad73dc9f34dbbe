"""The lists that we ship: each file by itself, and the catalogue as a whole."""

from __future__ import annotations

import ipaddress
import string
from datetime import date
from pathlib import Path

import pytest

from reputation.catalogue import built_in_folder, load
from reputation.catalogue.patterns import is_pattern, is_zone, kinds_of_test_point
from reputation.catalogue.select import is_closed
from reputation.model import Severity
from reputation.records.dnsxl import Blocklist, ClosedList, CodeSense, Kind

SHIPPED = load()
BY_ZONE = {one.zone: one for one in (*SHIPPED.lists, *SHIPPED.unconfirmed)}
DEFAULT = [one for one in SHIPPED.lists if one.default]
_NO_BLAME = (CodeSense.GOOD, CodeSense.INFO, CodeSense.REFUSED)
each_list = pytest.mark.parametrize("one", SHIPPED.lists, ids=lambda one: one.zone)


@each_list
def test_a_list_can_be_asked_and_explained(one: Blocklist) -> None:
    """Zone, code table, test points, and the two texts that a listed sender reads."""
    assert is_zone(one.zone)
    assert all(is_pattern(code.pattern) for code in one.codes)
    assert all(kinds_of_test_point(point) & one.kinds for point in (*one.test_listed, *one.test_unlisted))
    assert one.why.endswith(".")
    assert one.delist_how.endswith(".") or all(code.sense in _NO_BLAME for code in one.codes)
    assert not one.delist or one.delist.startswith(("https://", "http://", "mailto:"))
    assert one.sources
    assert one.checked and one.checked >= date(2026, 11, 23)


@each_list
def test_a_doubtful_or_collective_list_weighs_little(one: Blocklist) -> None:
    """docs/severities.md: never above minor."""
    if not one.confirmed or one.collective:
        assert one.severity in (Severity.MINOR, Severity.INFORMATIONAL)


@each_list
def test_error_answers_are_no_listings(one: Blocklist) -> None:
    """127.255.255.0/24 is nowhere a listing, and 127.0.0.1 only where a line says so."""
    for code in one.codes:
        if code.pattern.startswith(("127.255.255.", "127.0.0.255")) and one.operator != "DroneBL":
            assert code.sense is CodeSense.REFUSED


@each_list
def test_a_list_contains_only_zones_of_the_catalogue_that_hold_the_same_kinds(one: Blocklist) -> None:
    """Else a question would be saved that nobody answers."""
    for zone in one.contains:
        assert zone != one.zone
        assert BY_ZONE[zone].kinds <= one.kinds


@each_list
def test_a_negative_test_point_is_not_a_data_code(one: Blocklist) -> None:
    """A list that uses 127.0.0.1 as welcome data lists the subject 127.0.0.1 on purpose."""
    data = [code for code in one.codes if code.pattern == "127.0.0.1" and code.sense is not CodeSense.REFUSED]
    if data:
        assert "127.0.0.1" not in one.test_unlisted


@pytest.mark.parametrize("one", DEFAULT, ids=lambda one: one.zone)
def test_a_default_list_can_prove_itself_and_tells_the_way_out(one: Blocklist) -> None:
    """Test points in both directions (a welcome list may lack the positive one), a secure link and a full text."""
    assert one.test_unlisted
    welcome = bool(one.codes) and all(code.sense in (CodeSense.GOOD, CodeSense.REFUSED) for code in one.codes)
    assert one.test_listed or welcome
    assert one.delist.startswith("https://")
    assert len(one.delist_how) > 40
    assert len(one.why) > 60
    assert one.codes


@pytest.mark.parametrize("dead", SHIPPED.closed, ids=lambda dead: dead.zone)
def test_a_closed_zone_tells_when_why_and_by_whom(dead: ClosedList) -> None:
    """And no list that is asked lies under it."""
    assert dead.closed[:4].isdigit()
    assert dead.reason.endswith(".")
    assert dead.source
    assert not [zone for zone in BY_ZONE if is_closed(dead, zone)]


def test_the_catalogue_is_complete() -> None:
    """About 250 zones are known; a third of them is dead, and a small part is asked without being told."""
    assert len(SHIPPED.lists) >= 92
    assert len(SHIPPED.lists) + len(SHIPPED.not_askable) >= 100
    assert len(SHIPPED.closed) >= 79
    assert len(SHIPPED.unconfirmed) >= 60
    assert 15 <= len(SHIPPED.select("default", set()).lists) <= 20
    assert {Kind.IP4, Kind.IP6, Kind.DOMAIN, Kind.URL_HOST} <= {kind for one in DEFAULT for kind in one.kinds}


def test_the_critical_lists_are_those_of_spamhaus_only() -> None:
    """Nothing else is refused on by several of the largest providers."""
    critical = [one.zone for one in SHIPPED.lists if one.severity is Severity.CRITICAL]
    assert {"zen.spamhaus.org", "dbl.spamhaus.org"} <= set(critical)
    assert all("spamhaus" in zone for zone in critical)


def test_no_sentence_holds_a_placeholder() -> None:
    """They are shown as they stand."""
    texts = [one.why + one.delist_how + "".join(code.meaning for code in one.codes) for one in SHIPPED.lists]
    texts += [dead.reason for dead in SHIPPED.closed] + [one.reason for one in SHIPPED.not_askable]
    assert not [text for text in texts if any(name is not None for _, name, _, _ in string.Formatter().parse(text))]


def test_test_points_of_ip6_are_the_mapped_form() -> None:
    """RFC 5782 section 5: ::FFFF:7F00:n, which must stay an IPv6 question."""
    points = [p for one in SHIPPED.lists for p in (*one.test_listed, *one.test_unlisted) if ":" in p]
    assert points
    assert all(ipaddress.IPv6Address(point).ipv4_mapped for point in points)


@pytest.mark.parametrize("path", sorted(built_in_folder().glob("*.toml")), ids=lambda path: path.name)
def test_a_file_is_plain_and_small(path: Path) -> None:
    """A person should be able to read it on one page or a few."""
    data = path.read_bytes()
    assert data.isascii()
    assert len(data) < 40_000
    assert data.endswith(b"\n") and b"\r" not in data
