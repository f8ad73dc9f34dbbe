"""Code tables: what each kind of line matches, and which state an answer of several addresses has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reputation.records.dnsxl import Code, CodeSense, State
from reputation.records.dnsxl_codes import CodeTable, Reading, answers_as_listed

LISTED, POLICY, INFO, GOOD, REFUSED = CodeSense
TABLE = (
    Code("127.0.0.2", "spam"),
    Code("127.0.0.10-11", "dynamic", POLICY),
    Code("127.0.0.13", "suspicious", INFO),
    Code("127.0.0.20", "welcome", GOOD),
    Code("127.0.2.0/24", "new domain", INFO),
    Code("127.0.2.9", "very new domain"),
    Code("127.255.255.0/24", "refused", REFUSED),
)
BITS = (Code("&4", "disposable", INFO), Code("&16", "malware"), Code("&64", "abuse"), Code("127.0.0.1", "no", REFUSED))
UNKNOWN = (State.UNTRUSTED, State.REFUSED)

CASES = [
    (TABLE, ["127.0.0.2"], State.LISTED, ["spam"]),
    (TABLE, ["127.0.0.10"], State.LISTED_POLICY, ["dynamic"]),
    (TABLE, ["127.0.0.11"], State.LISTED_POLICY, ["dynamic"]),
    (TABLE, ["127.0.0.12"], State.UNTRUSTED, [""]),
    (TABLE, ["127.0.0.13"], State.INFO, ["suspicious"]),
    (TABLE, ["127.0.0.20"], State.GOOD, ["welcome"]),
    (TABLE, ["127.0.2.7"], State.INFO, ["new domain"]),
    (TABLE, ["127.0.2.9"], State.LISTED, ["very new domain"]),
    (TABLE, ["127.0.0.10", "127.0.0.2"], State.LISTED, ["dynamic", "spam"]),
    (TABLE, ["127.0.0.20", "127.0.0.13"], State.INFO, ["welcome", "suspicious"]),
    (TABLE, ["127.0.0.20", "127.0.0.99"], State.UNTRUSTED, ["welcome", ""]),
    (TABLE, ["127.0.0.2", "127.0.0.99"], State.LISTED, ["spam", ""]),
    (TABLE, ["127.0.0.2", "127.255.255.254"], State.REFUSED, ["spam", "refused"]),
    (TABLE, ["127.255.255.254"], State.REFUSED, ["refused"]),
    (TABLE, ["127.0.0.1"], State.UNTRUSTED, [""]),
    (TABLE, ["203.0.113.66"], State.UNTRUSTED, [""]),
    (TABLE, ["127.0.0.2", "203.0.113.66"], State.UNTRUSTED, ["", ""]),
    (TABLE, ["not an address"], State.UNTRUSTED, [""]),
    (TABLE, ["0.0.0.0"], State.UNTRUSTED, [""]),
    (BITS, ["127.0.0.80"], State.LISTED, ["malware", "abuse"]),
    (BITS, ["127.0.0.4"], State.INFO, ["disposable"]),
    (BITS, ["127.0.0.20"], State.LISTED, ["disposable", "malware"]),
    (BITS, ["127.0.0.1"], State.REFUSED, ["no"]),
    (BITS, ["127.255.255.254"], State.UNTRUSTED, [""]),
    ((Code("&1", "bot-like"),), ["127.0.0.1"], State.LISTED, ["bot-like"]),
    ((), ["127.0.0.9"], State.LISTED, [""]),
    ((), ["127.0.0.1"], State.UNTRUSTED, [""]),
    ((), ["127.255.255.253"], State.UNTRUSTED, [""]),
    ((), ["62.0.58.94"], State.UNTRUSTED, [""]),
    ((Code("127.255.255.0/24", "refused", REFUSED),), ["127.0.0.4"], State.LISTED, [""]),
    ((Code("127.255.255.0/24", "refused", REFUSED),), ["127.255.255.255"], State.REFUSED, ["refused"]),
]


@pytest.mark.parametrize(("codes", "addresses", "state", "meanings"), CASES)
def test_the_state_of_an_answer(
    codes: tuple[Code, ...], addresses: list[str], state: State, meanings: list[str]
) -> None:
    """Worst wins, a refusal outranks it, and what no line describes is never counted as good."""
    reading = CodeTable(codes).read(addresses)
    assert (reading.state, [hit.meaning for hit in reading.hits]) == (state, meanings)


@pytest.mark.parametrize("codes", [TABLE, BITS, ()], ids=["table", "bits", "no table"])
@given(addresses=st.lists(st.one_of(st.ip_addresses(v=4).map(str), st.text(max_size=20)), min_size=1, max_size=5))
def test_an_address_outside_loopback_is_never_a_listing_nor_good(codes: tuple[Code, ...], addresses: list[str]) -> None:
    """Whatever else the answer holds."""
    if not all(a.startswith("127.") for a in addresses):
        assert CodeTable(codes).read(addresses).state is State.UNTRUSTED


@pytest.mark.parametrize(
    ("addresses", "good_enough"),
    [(["127.0.0.2"], True), (["127.0.0.77"], True), (["127.0.0.1"], False), (["127.255.255.254"], False)],
)
def test_a_test_entry_may_carry_a_code_of_its_own(addresses: list[str], good_enough: bool) -> None:
    """An undocumented code proves a test entry, but not an address that means refusal or lies outside 127/8."""
    reading: Reading = CodeTable(TABLE).read(addresses)
    assert answers_as_listed(reading) is good_enough
