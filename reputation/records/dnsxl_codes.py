"""What the addresses mean that a DNS list answers with: code table in, one of the nine states out.

RFC 5782 section 2.1 leaves the meaning of each address to the list; the lists' own pages have the codes. Several
addresses may come back at once, and all of them are read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network
from typing import Final, TypeAlias

from reputation.records.dnsxl import Code, CodeSense, State
from reputation.text import Text, verbatim

Matches: TypeAlias = Callable[[int], bool]
_LOOPBACK: Final = 127
_MAX_KNOWN: Final = 256
_PLAIN: Final = int(IPv4Address("127.0.0.1"))
_ERRORS: Final = int(IPv4Address("127.255.255.0")) >> 8
_STATE_OF_SENSE: Final = {
    CodeSense.POLICY: State.LISTED_POLICY,
    CodeSense.INFO: State.INFO,
    CodeSense.GOOD: State.GOOD,
}


@dataclass(frozen=True, slots=True)
class CodeHit:
    """One address of an answer with the line that describes it; without a line, meaning is "" and sense None."""

    address: str
    meaning: str = ""
    sense: CodeSense | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What an answer says. `documented` is False when it counts only because the list documents no codes at all."""

    state: State
    hits: tuple[CodeHit, ...]
    documented: bool = True


class CodeTable:
    """A list's codes, ready to be compared. Exact lines outrank ranges, ranges outrank blocks, blocks outrank bits."""

    def __init__(self, codes: Sequence[Code]) -> None:
        self._lines = tuple((rank, _matcher(code.pattern), code) for rank, code in _by_rank(codes))
        self._known: dict[tuple[str, ...], Reading] = {}
        self.names_listings = any(code.sense is not CodeSense.REFUSED for code in codes)

    def read(self, addresses: Sequence[str]) -> Reading:
        """The state of an answer that has at least one address. Worst wins, but a refusal outranks a listing."""
        key = tuple(addresses)
        known = self._known.get(key)
        if known is None:
            known = self._read(key)
            if len(self._known) < _MAX_KNOWN:
                self._known[key] = known
        return known

    def _read(self, addresses: Sequence[str]) -> Reading:
        numbers = [(address, _number(address)) for address in addresses]
        if any(number is None for _, number in numbers):
            return Reading(State.UNTRUSTED, tuple(CodeHit(address) for address in addresses))
        hits = tuple(hit for address, number in numbers for hit in self._hits(address, number or 0))
        senses = {hit.sense for hit in hits}
        if CodeSense.REFUSED in senses:
            return Reading(State.REFUSED, hits)
        if not self.names_listings:
            listed = any(_may_be_listing(number or 0) for _, number in numbers)
            return Reading(State.LISTED if listed else State.UNTRUSTED, hits, documented=False)
        return Reading(_state_of(senses), hits)

    def _hits(self, address: str, number: int) -> list[CodeHit]:
        found = [(rank, code) for rank, matches, code in self._lines if matches(number)]
        if not found:
            return [CodeHit(address)]
        return [CodeHit(address, code.meaning, code.sense) for rank, code in found if rank == found[0][0]]


def answers_as_listed(reading: Reading) -> bool:
    """Whether this answer proves that the list holds its test entry: any address that could be a listing at all.

    Test entries often carry a code of their own, so an undocumented one is good enough here, and only here.
    """
    if reading.state is not State.UNTRUSTED:
        return reading.state is not State.REFUSED
    numbers = [_number(hit.address) for hit in reading.hits]
    return all(number is not None and _may_be_listing(number) for number in numbers)


def outside_loopback(addresses: Sequence[str]) -> tuple[str, ...]:
    """The addresses that no DNS list may answer with: a parked domain, or a resolver that rewrites answers."""
    return tuple(address for address in addresses if _number(address) is None)


def catalogue_text(words: str) -> Text:
    """A text out of the catalogue: a message id, unless its braces would be taken for placeholders."""
    return verbatim(words) if "{" in words or "}" in words else Text(words)


def _state_of(senses: set[CodeSense | None]) -> State:
    """An address that no line describes is not counted, but it takes the trust from anything better than listed."""
    if CodeSense.LISTED in senses:
        return State.LISTED
    if None in senses:
        return State.UNTRUSTED
    return next(state for sense, state in _STATE_OF_SENSE.items() if sense in senses)


@lru_cache(maxsize=1024)
def _number(address: str) -> int | None:
    """The address as a number, or None when it lies outside 127.0.0.0/8 or is none."""
    try:
        number = int(IPv4Address(address))
    except ValueError:
        return None
    return number if number >> 24 == _LOOPBACK else None


def _may_be_listing(number: int) -> bool:
    """127.0.0.1 and 127.255.255.0/24 are what resolvers and operators answer when they refuse."""
    return number != _PLAIN and number >> 8 != _ERRORS


def _by_rank(codes: Sequence[Code]) -> list[tuple[int, Code]]:
    return sorted(((_rank(code.pattern), code) for code in codes), key=lambda ranked: ranked[0])


def _rank(pattern: str) -> int:
    if pattern.startswith("&"):
        return 3
    return 2 if "/" in pattern else 1 if "-" in pattern else 0


def _matcher(pattern: str) -> Matches:
    if pattern.startswith("&"):
        bit = int(pattern[1:])
        return lambda number: bool(number & bit) and number >> 8 != _ERRORS
    if "/" in pattern:
        block = IPv4Network(pattern)
        first, last = int(block.network_address), int(block.broadcast_address)
    else:
        low, _, high = pattern.partition("-")
        first = int(IPv4Address(low))
        last = (first & ~0xFF) + int(high) if high else first
    return lambda number: first <= number <= last
