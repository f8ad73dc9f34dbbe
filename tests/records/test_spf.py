"""SPF records into terms, the place of an error, the tree with its costs, and the records that we suggest."""

from __future__ import annotations

import pytest

from reputation.model import Absent, Found
from reputation.records.answer import Answer, Question
from reputation.records.spf import SpfSyntaxError, parse_spf, spf_records
from reputation.records.spf_suggestion import first_record, merged, with_address, with_final, without_terms
from reputation.records.spf_tree import build_tree

ERRORS = [
    ("v=spf1 ip4:203.0.113.300 -all", "ip4:203.0.113.300", 8),
    ("v=spf1 mx  ip4:203.0.113.0/33 -all", "ip4:203.0.113.0/33", 12),
    ("v=spf1 a/33 -all", "a/33", 8),
    ("v=spf1 a:example.com//129 -all", "a:example.com//129", 8),
    ("v=spf1 include -all", "include", 8),
    ("v=spf1 include: -all", "include:", 8),
    ("v=spf1 exists -all", "exists", 8),
    ("v=spf1 all:example.com", "all:example.com", 8),
    ("v=spf1 -all.", "-all.", 8),
    ("v=spf1 a:localhost -all", "a:localhost", 8),
    ("v=spf1 redirect=a.example redirect=b.example", "redirect=b.example", 27),
    ("v=spf1 exists:%{c}.example.com", "exists:%{c}.example.com", 15),
    ("v=spf1 exists:%{d0}.example.com", "exists:%{d0}.example.com", 15),
    ("v=spf1 ip6:fe80::1%eth0 -all", "ip6:fe80::1%eth0", 8),
    ("v=spf1 mx;-all", "mx;-all", 8),
    ("v=spf1 \xe9:example.com", "\xe9:example.com", 8),
]


@pytest.mark.parametrize(("text", "term", "column"), ERRORS, ids=[text for text, _, _ in ERRORS])
def test_an_error_names_its_term_and_its_place(text: str, term: str, column: int) -> None:
    """Columns count from 1."""
    with pytest.raises(SpfSyntaxError) as raised:
        parse_spf(text)
    assert (term, column) == (raised.value.term, raised.value.column)


def test_a_record_becomes_typed_terms() -> None:
    """Qualifiers, networks, both prefix lengths, redirect."""
    record = parse_spf("v=spf1 ~ip4:203.0.113.7/24 ?a:mail.example.com/28//64 -MX redirect=_spf.example.com")
    network, host, mx = record.mechanisms
    assert (network.qualifier, str(network.network)) == ("~", "203.0.113.0/24")
    assert (host.qualifier, host.domain, host.prefix4, host.prefix6) == ("?", ("mail.example.com",), 28, 64)
    assert (mx.name, mx.qualifier, record.follows_redirect) == ("mx", "-", True)


def test_only_the_exact_version_makes_an_spf_record() -> None:
    """v=spf10 and spf2.0 are other things; capitals are allowed."""
    texts = [b"v=spf10 -all", b"spf2.0/pra -all", b" v=spf1 -all", b"V=SPF1", b"v=spf1 -all"]
    assert spf_records(texts) == ("V=SPF1", "v=spf1 -all")


def test_the_tree_counts_what_each_include_costs() -> None:
    """Terms after `all` and a redirect beside `all` cost nothing."""
    zone = {
        "example.com": "v=spf1 a include:one.example.net include:two.example.net -all mx",
        "one.example.net": "v=spf1 mx exists:e.example.net include:three.example.net redirect=two.example.net -all",
        "two.example.net": "v=spf1 ip4:203.0.113.1 -all",
        "three.example.net": "v=spf1 redirect=two.example.net",
    }
    answers = {Question(name, "TXT"): Found(Answer((text.encode(),))) for name, text in zone.items()}
    root = build_tree("example.com", answers).root
    assert [(child.domain, child.costs + 1) for child in root.children] == [
        ("one.example.net", 5),
        ("two.example.net", 1),
    ]
    assert root.costs == 7


def test_the_tree_stays_small_whatever_the_records_say() -> None:
    """A record that includes itself through others ends; its loop is marked."""
    answers = {Question("a.example", "TXT"): Found(Answer((b"v=spf1 include:a.example include:b.example -all",)))}
    answers[Question("b.example", "TXT")] = Found(Answer((b"v=spf1 include:a.example -all",)))
    nodes = list(build_tree("a.example", answers).root.walk())
    assert [node.loops for node in nodes] == [False, True, False, True]


def test_nothing_found_is_counted_once_a_term() -> None:
    """A void include, a void host."""
    answers = {
        Question("a.example", "TXT"): Found(Answer((b"v=spf1 include:gone.example a:gone.example -all",))),
        Question("gone.example", "TXT"): Absent(nxdomain=True),
        Question("gone.example", "A"): Absent(nxdomain=True),
        Question("gone.example", "AAAA"): Absent(nxdomain=True),
    }
    assert build_tree("a.example", answers).root.voids == 2


def test_suggestions_keep_what_is_there() -> None:
    """Every suggestion is a record that our own parser takes."""
    record = parse_spf("v=spf1 mx include:_spf.example.net ?all")
    assert with_address(record, "203.0.113.9") == "v=spf1 ip4:203.0.113.9 mx include:_spf.example.net ?all"
    assert with_final(record, "-all") == "v=spf1 mx include:_spf.example.net -all"
    assert without_terms(record, ["mx"]) == "v=spf1 include:_spf.example.net ?all"
    assert merged([record, parse_spf("v=spf1 mx a -all")]) == "v=spf1 mx include:_spf.example.net a ?all"
    assert first_record([], []) == ""
    assert first_record(["2001:db8::1"], ["mx.unknown.example"]) == "v=spf1 ip6:2001:db8::1 ~all"
    assert first_record([], ["mx.unknown.example"]) == "v=spf1 mx ~all"
