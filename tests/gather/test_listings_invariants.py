"""Every combination of what a list may say to its two test entries and to the subject: when may it be believed?"""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product
from typing import Any

from reputation.facts.listing import ListingSubject, Role
from reputation.gather.listings import ListingOptions, gather_listings
from reputation.model import Cause, Severity
from reputation.records.dnsxl import Blocklist, Code, CodeSense, Kind, State
from tests.fakes import FakeZone

NOTHING = None
ANSWERS: tuple[Any, ...] = (
    NOTHING, [], ["127.0.0.2"], ["127.0.0.20"], ["127.0.0.99"], ["127.0.0.1"], ["127.255.255.254"], ["203.0.113.66"],
    ["127.0.0.2", "203.0.113.66"], ["127.0.0.2", "127.255.255.254"], Cause.TIMEOUT, Cause.SERVFAIL, Cause.REFUSED,
)  # fmt: skip
LIST = Blocklist(
    zone="bl.example", name="x", operator="x", kinds=frozenset({Kind.IP4}), severity=Severity.MAJOR,
    codes=(Code("127.0.0.2", "spam"), Code("127.0.0.20", "welcome", CodeSense.GOOD),
           Code("127.255.255.0/24", "refused", CodeSense.REFUSED)),
    test_listed=("127.0.0.2",), test_unlisted=("127.0.0.1",),
)  # fmt: skip
NAMES = ("2.0.0.127.bl.example", "1.0.0.127.bl.example", "5.113.0.203.bl.example")
PROVES = (["127.0.0.2"], ["127.0.0.20"], ["127.0.0.99"])
NOT_THERE = (NOTHING, [])


def _state(*answers: Any) -> State:
    zone: dict[str, Any] = {name: {"A": given} for name, given in zip(NAMES, answers, strict=True) if given is not None}
    subject = ListingSubject("203.0.113.5", Kind.IP4, Role.GIVEN_IP)
    found = gather_listings(FakeZone(zone), [subject], [LIST], ListingOptions(now=datetime(2026, 11, 24, tzinfo=UTC)))
    return found.facts[0].answers[0].state


def test_a_list_is_believed_exactly_when_it_has_proven_itself() -> None:
    """Listed, good and clean only after both test entries came out right; every other combination is unknown."""
    believed = {State.LISTED, State.GOOD, State.CLEAN}
    for positive, negative, real in product(ANSWERS, repeat=3):
        state = _state(positive, negative, real)
        proven = positive in PROVES and negative in NOT_THERE
        known = real in (["127.0.0.2"], ["127.0.0.20"], *NOT_THERE)
        assert (state in believed) is (proven and known), (positive, negative, real, state)
        if state is State.LISTED:
            assert real == ["127.0.0.2"]
        if state is State.CLEAN:
            assert real in NOT_THERE
