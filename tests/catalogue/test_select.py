"""Which lists are asked, and what one reads who names a zone that cannot be asked."""

from __future__ import annotations

from itertools import pairwise

import pytest

from reputation.catalogue import CatalogueError, load

SHIPPED = load()
EVERY_KEY = {one.key for one in SHIPPED.lists if one.key}


def _zones(spec: str | list[str], keys: set[str]) -> list[str]:
    return [one.zone for one in SHIPPED.select(spec, keys).lists]


def test_default_asks_the_open_default_lists_once_each() -> None:
    """Sorted, without a key none that needs one, and ZEN instead of its parts."""
    zones = _zones("default", set())
    assert all(one < other for one, other in pairwise(zones))
    assert {"zen.spamhaus.org", "dbl.spamhaus.org", "b.barracudacentral.org", "multi.uribl.com"} <= set(zones)
    assert not [one for one in SHIPPED.select("default", set()).lists if one.key]
    assert SHIPPED.select("default", set()).notes == ()


def test_with_the_key_the_keyed_zone_takes_the_place_of_the_public_one() -> None:
    """One event is counted once."""
    zones = _zones("default", {"spamhaus_dqs"})
    assert {"zen.dq.spamhaus.net", "dbl.dq.spamhaus.net", "zrd.dq.spamhaus.net"} <= set(zones)
    assert not {"zen.spamhaus.org", "dbl.spamhaus.org"} & set(zones)


@pytest.mark.parametrize("keys", [set(), {"spamhaus_dqs"}, EVERY_KEY], ids=["none", "one", "every"])
@pytest.mark.parametrize("spec", ["default", "all"])
def test_no_list_is_asked_whose_data_another_holds(spec: str, keys: set[str]) -> None:
    """Neither directly nor by way of a third."""
    lists = SHIPPED.select(spec, keys).lists
    held = {zone for one in lists for zone in one.contains}
    assert not held & {one.zone for one in lists}


def test_all_says_which_keys_are_missing() -> None:
    """By their labels, once."""
    (note,) = SHIPPED.select("all", {"spamhaus_dqs"}).notes
    assert "abusix" in str(note)
    assert "spamhaus_dqs" not in str(note)
    assert SHIPPED.select("all", EVERY_KEY).notes == ()


def test_zones_by_name_are_taken_as_they_are() -> None:
    """In any spelling, once, parts beside the whole, and keyed ones without their key."""
    asked = ["SBL.Spamhaus.org.", " zen.spamhaus.org", "sbl.spamhaus.org", "zen.dq.spamhaus.net"]
    assert _zones(asked, set()) == ["sbl.spamhaus.org", "zen.dq.spamhaus.net", "zen.spamhaus.org"]
    assert _zones("psbl.surriel.com", set()) == ["psbl.surriel.com"]


def test_a_zone_of_which_little_is_known_is_asked_by_name_only() -> None:
    """It weighs little, has the test points of RFC 5782, and the user is told."""
    selection = SHIPPED.select(["rbl.metunet.com"], set())
    (one,) = selection.lists
    assert not one.confirmed
    assert one.severity == "informational"
    assert (one.test_listed, one.test_unlisted) == (("127.0.0.2",), ("127.0.0.1",))
    assert "rbl.metunet.com" in str(selection.notes[0])
    assert "rbl.metunet.com" not in _zones("all", EVERY_KEY)


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("dnsbl.sorbs.net", ["SORBS", "2024-06-05"]),
        ("anything.at.all.sorbs.net", ["SORBS", "2024-06-05"]),
        ("sorbs.net", ["SORBS"]),
        ("DNSBL.AHBL.ORG.", ["AHBL", "2015-01-01"]),
        ("ix.dnsbl.manitu.net", ["NiX Spam", "2025-01-16"]),
        ("tor.dnsbl.sectoor.de", ["sectoor.de", "2019-05 or before"]),
        ("ebl.msbl.org", ["MSBL", "hashes"]),
        ("zen.spamhaus.com", ["did you mean", "zen.spamhaus.org"]),
        ("qqqqqqqq", ["qqqqqqqq", "reputation lists"]),
        ("", ["''"]),
        ("a" * 5_000, ["..."]),
        ("\x1b[31m.example", ["\\x1b"]),
    ],
    ids=lambda value: value[:24] if isinstance(value, str) else "",
)
def test_a_zone_that_cannot_be_asked_is_refused_with_the_reason(zone: str, words: list[str]) -> None:
    """Closed by name or suffix, holding hashes only, or unknown with the nearest names."""
    with pytest.raises(CatalogueError) as caught:
        SHIPPED.select([zone], set())
    for word in words:
        assert word in str(caught.value)
    assert len(str(caught.value)) < 500


def test_a_longer_name_under_another_domain_is_not_taken_for_closed() -> None:
    """ "notsorbs.net" does not end in ".sorbs.net"."""
    with pytest.raises(CatalogueError, match="has no list"):
        SHIPPED.select(["notsorbs.net"], set())
