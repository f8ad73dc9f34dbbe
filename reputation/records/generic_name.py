"""Host names that a provider gave to an address by rule, such as 5-113-0-203.dsl.example.net."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, ip_address
from typing import Final

_WORDS: Final = re.compile(
    r"(?:^|[.\-_0-9])(?:dyn|dynamic|dynip|dhcp|dsl|adsl|vdsl|pppoe|ppp|dial|dialup|dialin|pool|cable|ftth|fiber|fttx|"
    r"broadband|client|cust|customer|user|host|static|unassigned|unknown|nat|generic)(?=$|[.\-_0-9])"
)
_NUMBERS: Final = re.compile(r"[0-9]{1,3}")
_RUN_OF_HEX: Final = re.compile(r"[0-9a-f]{8}")


def looks_generic(name: str, ip: str) -> bool:
    """True when the name spells the address, in any order and base, or spells part of it beside a word of the trade.

    A name of one's own with a number in it (mail3, mx-02) is not generic.
    """
    address = ip_address(ip)
    if not isinstance(address, IPv4Address):
        return f"{int(address):032x}" in name.replace("-", "").replace(".", "")
    octets = str(address).split(".")
    numbers = [str(int(number)) for number in _NUMBERS.findall(name)]
    spelt = sum(octet in numbers for octet in set(octets))
    padded = "".join(octet.zfill(3) for octet in octets) in name
    in_hex = f"{int(address):08x}" in _RUN_OF_HEX.findall(name.replace("-", ""))
    return padded or in_hex or spelt == len(set(octets)) or (spelt >= 2 and bool(_WORDS.search(name)))
