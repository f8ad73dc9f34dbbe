"""When is a change true? Pure: one state and one observation in, the next state and its events out.

A bad standing is believed after two observations that lie minutes apart, or after one each through two resolvers; it
is cleared by two good ones in the same way. What fails besides listings at the first look is the baseline, not news,
unless it joined later: a new draft, or a server that the domain began to name.
Unknown neither confirms nor clears: it is counted for itself, told once when it lasts, and its end is told after as
many answers in a row as any other change takes. A clock that jumps can delay an alarm by one observation, never
silence it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from reputation.model import Cause, Outcome, Result

NO_LONGER_APPLIES: Final = "no-longer-applies"


class Standing(StrEnum):
    """What is known of one question about one target."""

    GOOD = "good"
    BAD = "bad"


class Kind(StrEnum):
    """What happened."""

    LISTED = "listed"
    DELISTED = "delisted"
    FAILING = "failing"
    MENDED = "mended"
    BLIND = "blind"
    SIGHTED = "sighted"
    REMINDER = "reminder"
    RECORD_CHANGED = "record-changed"
    LEFT = "no-longer-asked"


@dataclass(frozen=True, slots=True)
class Key:
    """The question: a check on a target, and within the blocklist check a zone."""

    target: str
    check: str
    zone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One answer at one time (`at`: seconds since the epoch). `standing` None means unknown, for `cause`."""

    key: Key
    at: float
    standing: Standing | None
    resolver: str = ""
    cause: Cause | None = None
    message: str = ""  # serialised sentence, kept to be told
    severity: str = ""
    applies: bool = True  # False where there is nothing (left) to judge: good, but no good news
    baseline: bool = True  # False for what joined a target that was watched already


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What is believed of one question, what waits for confirmation, and since when we are blind."""

    standing: Standing | None = None
    since: float = 0.0
    pending: Standing | None = None
    pending_since: float = 0.0
    pending_seen: int = 0
    pending_resolver: str = ""
    blind_since: float = 0.0
    blind_seen: int = 0
    blind_cause: str = ""
    blind_told: bool = False
    sighted_seen: int = 0
    told_at: float = 0.0
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something to tell. The id is the same however often it is delivered."""

    id: str
    kind: Kind
    key: Key
    at: float
    since: float
    message: str = ""
    cause: str = ""
    severity: str = ""
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class Rules:
    """`confirmations` observations at least `apart_s` seconds apart; blind is told after `blind_after` in a row;
    what stays bad is told again every `remind_s` seconds (0: never); what was not asked about for `leave_s` seconds is
    forgotten (0: never)."""

    confirmations: int = 2
    apart_s: float = 120.0
    blind_after: int = 3
    remind_s: float = 7 * 86400.0
    leave_s: float = 14 * 86400.0


def standing_of(result: Result) -> Standing | None:
    """Bad is what a person should repair; policy listings, advice and "does not apply" are not."""
    if result.outcome is Outcome.UNKNOWN:
        return None
    return Standing.BAD if result.outcome in (Outcome.FAIL, Outcome.WARN) else Standing.GOOD


def step(state: State, seen: Observation, rules: Rules) -> tuple[State, tuple[Event, ...]]:
    """The next state and what there is to tell."""
    if seen.standing is None:
        return _blind(state, seen, rules)
    state, told = _sighted(state, seen, rules)
    if state.standing is None and (seen.standing is Standing.GOOD or _is_baseline(state, seen)):
        told_at = seen.at if seen.standing is Standing.BAD else 0.0
        first = replace(state, standing=seen.standing, since=seen.at, pending=None, told_at=told_at)
        return replace(first, message=seen.message), told
    if seen.standing is state.standing:
        settled = replace(_settled(state), message=seen.message)
        return _reminded(settled, seen, rules, told)
    state = _pending(state, seen)
    if not _confirmed(state, seen, rules):
        return state, told
    event = _event(_change(seen), seen, state.pending_since)
    changed = replace(state, standing=seen.standing, since=state.pending_since, told_at=seen.at, message=seen.message)
    return _settled(changed), (*told, event) if seen.applies else told


def _is_baseline(state: State, seen: Observation) -> bool:
    """Listings are told even at the first look, once they are confirmed."""
    return seen.baseline and not seen.key.zone and state.pending is None


def _settled(state: State) -> State:
    """Nothing waits for confirmation."""
    return replace(state, pending=None, pending_since=0.0, pending_seen=0, pending_resolver="")


def _pending(state: State, seen: Observation) -> State:
    if state.pending is seen.standing:
        return replace(state, pending_seen=state.pending_seen + 1)
    return replace(state, pending=seen.standing, pending_since=seen.at, pending_seen=1, pending_resolver=seen.resolver)


def _confirmed(state: State, seen: Observation, rules: Rules) -> bool:
    if state.pending_seen < 2:
        return rules.confirmations <= 1
    other_resolver = bool(seen.resolver) and seen.resolver != state.pending_resolver
    apart = abs(seen.at - state.pending_since) >= rules.apart_s
    return other_resolver or (state.pending_seen >= rules.confirmations and apart)


def _blind(state: State, seen: Observation, rules: Rules) -> tuple[State, tuple[Event, ...]]:
    cause = seen.cause.value if seen.cause else ""
    count = state.blind_seen + 1
    since = state.blind_since or seen.at
    state = replace(state, blind_seen=count, blind_since=since, blind_cause=cause, sighted_seen=0)
    if count < rules.blind_after or state.blind_told:
        return state, ()
    return replace(state, blind_told=True), (_event(Kind.BLIND, seen, since),)


def _sighted(state: State, seen: Observation, rules: Rules) -> tuple[State, tuple[Event, ...]]:
    """One answer ends a blindness that was not told; one that was told ends when the answers last."""
    if not state.blind_seen:
        return state, ()
    if state.blind_told and state.sighted_seen + 1 < rules.confirmations:
        return replace(state, sighted_seen=state.sighted_seen + 1), ()
    told = (_event(Kind.SIGHTED, seen, state.blind_since),) if state.blind_told else ()
    return replace(state, blind_since=0.0, blind_seen=0, blind_cause="", blind_told=False, sighted_seen=0), told


def _reminded(
    state: State, seen: Observation, rules: Rules, told: tuple[Event, ...]
) -> tuple[State, tuple[Event, ...]]:
    if state.standing is not Standing.BAD or not rules.remind_s or abs(seen.at - state.told_at) < rules.remind_s:
        return state, told
    return replace(state, told_at=seen.at), (*told, _event(Kind.REMINDER, seen, state.since))


def _change(seen: Observation) -> Kind:
    if seen.key.zone:
        return Kind.LISTED if seen.standing is Standing.BAD else Kind.DELISTED
    return Kind.FAILING if seen.standing is Standing.BAD else Kind.MENDED


def _event(kind: Kind, seen: Observation, since: float) -> Event:
    return Event(
        id=event_id(kind, seen.key, since, seen.at if kind is Kind.REMINDER else 0.0), kind=kind, key=seen.key,
        at=seen.at, since=since, message=seen.message, cause=seen.cause.value if seen.cause else "",
        severity=seen.severity,
    )  # fmt: skip


def event_id(kind: Kind, key: Key, since: float, at: float = 0.0) -> str:
    """The same for the same happening, so that a receiver can drop what it already has."""
    parts = (kind.value, key.target, key.check, key.zone, f"{since:.3f}", f"{at:.3f}")
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:20]
