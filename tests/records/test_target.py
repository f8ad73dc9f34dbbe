"""What may be typed as a target."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reputation.records.target import MAX_BLOCK, BadTarget, Target, TargetKind, parse_ip, parse_target

DOMAIN, ADDRESS, IP, BLOCK = TargetKind


@pytest.mark.parametrize(
    ("typed", "kind", "text"),
    [
        ("example.com", DOMAIN, "example.com"),
        (" Example.COM. ", DOMAIN, "example.com"),
        ("bücher.example", DOMAIN, "xn--bcher-kva.example"),
        ("例え.テスト", DOMAIN, "xn--r8jz45g.xn--zckzah"),
        ("mail_1.example.com", DOMAIN, "mail_1.example.com"),
        ("sales@example.com", ADDRESS, "sales@example.com"),
        ("Wang.Li@Bücher.example", ADDRESS, "Wang.Li@xn--bcher-kva.example"),
        ("Wang Li <wang.li@example.com>", ADDRESS, "wang.li@example.com"),
        ("<wang.li@example.com>", ADDRESS, "wang.li@example.com"),
        ("wang.li＠example。com", ADDRESS, "wang.li@example.com"),
        ("“example.com”", DOMAIN, "example.com"),
        ("'example.com'", DOMAIN, "example.com"),
        ("203.0.113.5", IP, "203.0.113.5"),
        ("198.51.100.7", IP, "198.51.100.7"),
        ("192.0.2.1", IP, "192.0.2.1"),
        ("::ffff:203.0.113.5", IP, "203.0.113.5"),
        ("[2001:db8::5]", IP, "2001:db8::5"),
        ("2001:DB8:0:0::5", IP, "2001:db8::5"),
        ("203.0.113.0/30", BLOCK, "203.0.113.0/30"),
        ("203.0.113.77/24", BLOCK, "203.0.113.0/24"),
        ("2001:db8::/120", BLOCK, "2001:db8::/120"),
    ],
)
def test_targets(typed: str, kind: TargetKind, text: str) -> None:
    """Domains as A-labels, addresses as ipaddress writes them, mapped ones as IPv4."""
    target = parse_target(typed)
    assert (target.kind, target.text) == (kind, text)


def test_a_block_is_expanded() -> None:
    """All its addresses, the first and the last too."""
    assert parse_target("203.0.113.4/30").ips == ("203.0.113.4", "203.0.113.5", "203.0.113.6", "203.0.113.7")
    assert len(parse_target("203.0.112.0/22").ips) == MAX_BLOCK


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("", "target is empty"),
        ("203.0.113.8-9", "expected example.com"),
        ("name@", "name@ is not an e-mail address"),
        ("localhost", "expected example.com"),
        ("http://example.com/x", "web address"),
        ("https://www.own-name.example/about?x=1", "such as own-name.example"),
        ("http:/own-name.example", "such as own-name.example"),
        ("https://", "such as example.com"),
        ("one.example,two.example", "with a space between"),
        ("one.example;two.example", "with a space between"),
        ("one.example、two.example", "with a space between"),
        ("300.1.2.3", "not an IP address"),
        ("1.2.3", "not an IP address"),
        ("2001:::1", "not an IP address"),
        ("203.0.113.0/33", "not a block"),
        ("203.0.0.0/21", "at most 1024"),
        ("2001:db8::/64", "at most 1024"),
        ("10.1.2.3", "private"),
        ("::ffff:10.1.2.3", "private"),
        ("192.168.0.0/30", "private"),
        ("127.0.0.2", "this machine"),
        ("169.254.169.254", "local link"),
        ("100.64.0.1", "RFC 6598"),
        ("198.18.0.1", "RFC 2544"),
        ("224.0.0.1", "multicast"),
        ("0.0.0.0", "reserved"),
        ("255.255.255.255", "reserved"),
        ("::", "reserved"),
        ("::1", "this machine"),
        ("fe80::1", "local link"),
        ("fd00::1", "private"),
        ("ff02::1", "multicast"),
        ("@example.com", "not an e-mail address"),
        ("a b@example.com", "not an e-mail address"),
        ("a@b@example.com", "not an e-mail address"),
        ("a@localhost", "expected example.com"),
        ("exa mple.com", "expected example.com"),
        ("a;b.example.com", "expected example.com"),
        ("a\n.example.com", "expected example.com"),
        ("a\0.example.com", "expected example.com"),
        ("a..example.com", "expected example.com"),
        ("-a.example.com", "expected example.com"),
        (("a" * 64) + ".example.com", "expected example.com"),
        (".".join(["a" * 60] * 5) + ".com", "expected example.com"),
        ("xn--\u00fc.example", "expected example.com"),
    ],
)
def test_what_is_no_target_gets_one_sentence(typed: str, part: str) -> None:
    """It says what was expected, on one line, and repeats nothing that a terminal would obey."""
    with pytest.raises(BadTarget) as caught:
        parse_target(typed)
    sentence = str(caught.value.sentence)
    assert part in sentence
    assert sentence.isprintable()


def test_an_address_option_takes_addresses_only() -> None:
    """`--ip example.com` is a mistake."""
    assert parse_ip(" ::ffff:203.0.113.5 ") == "203.0.113.5"
    with pytest.raises(BadTarget):
        parse_ip("example.com")


@given(st.one_of(st.text(max_size=300), st.text("0123456789abcdef:./@-x", max_size=60)))
def test_anything_typed_is_a_target_or_a_sentence(typed: str) -> None:
    """Never another exception; what is accepted is a name or an address that fits into a question."""
    try:
        target: Target = parse_target(typed)
    except BadTarget:
        return
    assert len(target.domain) <= 253
    assert target.domain.isascii()
