"""Writes what was seen: one transaction per target and run, the alarms in the same one as the state they tell of."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final, NamedTuple

from reputation.history.changes import (
    NO_LONGER_APPLIES,
    Event,
    Key,
    Kind,
    Observation,
    Rules,
    Standing,
    State,
    event_id,
    step,
)
from reputation.history.store import Store
from reputation.model import Cause

_DAY_S: Final = 86400.0


class _Known(NamedTuple):
    """A state and when its question was last asked, give or take a day: not every look is worth a write."""

    state: State
    asked_at: float


_NEW: Final = _Known(State(), float("-inf"))


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRun:
    """One target's part of a run: the summary, each answer, and the records as they stand in DNS."""

    run_id: str
    target: str
    at: float
    verdict: str
    low: int | None
    high: int | None
    asked: int
    unknown: int
    observations: Sequence[Observation]
    outcomes: Mapping[str, str]  # "check zone" -> outcome, to compare runs
    records: Mapping[str, str]  # "SPF" -> text, as found
    subjects: Sequence[str] = ()  # everything that was asked about for this target
    absent: Sequence[str] = ()  # records that the name server says do not exist; told where one was known


@dataclass(frozen=True, slots=True)
class LostKey:
    """The zones that lack their key at this time, and the subjects that this run examined."""

    zones: Collection[str]
    subjects: Collection[str]
    at: float


def keep(store: Store, seen: TargetRun, channels: Sequence[str], rules: Rules) -> tuple[Event, ...]:
    """Remember a target's run and put its events into the outbox of each channel. Raises StoreError."""
    return keep_all(store, [seen], channels, rules)


def keep_all(store: Store, runs: Iterable[TargetRun], channels: Sequence[str], rules: Rules) -> tuple[Event, ...]:
    """The same for several targets in one transaction: many small targets would wait for the disk at each."""
    told: list[Event] = []
    with store.transaction() as db:
        for seen in runs:
            events = [*_stepped(db, _joined(db, seen), rules), *_records(db, seen)]
            _keep_run(db, seen)
            post(db, events, channels, seen.at)
            told += events
    return tuple(told)


def confirm(
    store: Store, observations: Sequence[Observation], channels: Sequence[str], rules: Rules
) -> tuple[Event, ...]:
    """A second look at single questions of a run that is kept already. Raises StoreError."""
    with store.transaction() as db:
        events = _stepped(db, observations, rules)
        post(db, events, channels, max((seen.at for seen in observations), default=0.0))
    return tuple(events)


def lost_key(store: Store, lost: LostKey, channels: Sequence[str], rules: Rules) -> tuple[Event, ...]:
    """Questions that were asked before and cannot be without their key: blindness like any other. Raises StoreError."""
    with store.transaction() as db:
        rows = db.execute("SELECT target, check_id, zone FROM state WHERE zone <> ''").fetchall()
        known = [Key(*row) for row in rows if row[2] in lost.zones and row[0] in lost.subjects]
        seen = [Observation(key=key, at=lost.at, standing=None, cause=Cause.NO_KEY) for key in known]
        events = _stepped(db, seen, rules, asked=False)
        post(db, events, channels, lost.at)
    return tuple(events)


def _stepped(
    db: sqlite3.Connection, observations: Iterable[Observation], rules: Rules, *, asked: bool = True
) -> list[Event]:
    """Steps the state of each question, inside a transaction. What was not really `asked` may leave one day."""
    known: dict[str, dict[tuple[str, str], _Known]] = {}
    told: list[Event] = []
    for seen in observations:
        key = seen.key
        states = known[key.target] if key.target in known else known.setdefault(key.target, _states(db, key.target))
        before, asked_at = states.get((key.check, key.zone), _NEW)
        after, events = step(before, seen, rules)
        if after != before or abs(seen.at - asked_at) >= _DAY_S:
            asked_at = seen.at if asked else asked_at
            states[key.check, key.zone] = _Known(after, asked_at)
            _put_state(db, key, after, asked_at)
        if after.standing is not before.standing:
            _put_span(db, seen, after)
        told += events
    return told


def _joined(db: sqlite3.Connection, seen: TargetRun) -> Iterable[Observation]:
    """The observations, with those marked that joined a target which was watched before."""
    if not db.execute("SELECT 1 FROM run WHERE target = ? AND id <> ? LIMIT 1", (seen.target, seen.run_id)).fetchone():
        return seen.observations
    subjects = dict.fromkeys(observation.key.target for observation in seen.observations)
    known = "SELECT 1 FROM state WHERE target = ? LIMIT 1"
    fresh = {subject for subject in subjects if not db.execute(known, (subject,)).fetchone()}
    return (
        [replace(one, baseline=one.key.target not in fresh) for one in seen.observations]
        if fresh
        else seen.observations
    )


def _states(db: sqlite3.Connection, target: str) -> dict[tuple[str, str], _Known]:
    rows = db.execute(
        "SELECT check_id, zone, standing, since, pending, pending_since, pending_seen, pending_resolver, blind_since,"
        " blind_seen, blind_cause, blind_told, told_at, message, sighted_seen, asked_at FROM state WHERE target = ?",
        (target,),
    )
    return {(row[0], row[1]): _Known(_state(row[2:]), row[15]) for row in rows}


def _state(row: Sequence[Any]) -> State:
    return State(
        standing=_standing(row[0]), since=row[1], pending=_standing(row[2]), pending_since=row[3],
        pending_seen=row[4], pending_resolver=row[5], blind_since=row[6], blind_seen=row[7], blind_cause=row[8],
        blind_told=bool(row[9]), told_at=row[10], message=row[11], sighted_seen=row[12],
    )  # fmt: skip


def _standing(text: str | None) -> Standing | None:
    return Standing(text) if text else None


def _put_state(db: sqlite3.Connection, key: Key, state: State, asked_at: float) -> None:
    db.execute(
        "INSERT OR REPLACE INTO state VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            key.target, key.check, key.zone, state.standing, state.since, state.pending, state.pending_since,
            state.pending_seen, state.pending_resolver, state.blind_since, state.blind_seen, state.blind_cause,
            int(state.blind_told), state.told_at, state.message, state.sighted_seen, asked_at,
        ),
    )  # fmt: skip


def _put_span(db: sqlite3.Connection, seen: Observation, state: State) -> None:
    """Bad opens a span, good closes the open one."""
    key = seen.key
    if state.standing is Standing.BAD:
        db.execute(
            "INSERT OR REPLACE INTO span VALUES (?, ?, ?, ?, NULL, ?, ?, '')",
            (key.target, key.check, key.zone, state.since, seen.message, seen.severity),
        )
    else:
        db.execute(
            "UPDATE span SET until = ?, ending = ? WHERE target = ? AND check_id = ? AND zone = ? AND until IS NULL",
            (state.since, "" if seen.applies else NO_LONGER_APPLIES, key.target, key.check, key.zone),
        )


def _records(db: sqlite3.Connection, seen: TargetRun) -> list[Event]:
    """A record that reads otherwise than before is told at once: both texts were really seen."""
    events = []
    known = dict(db.execute("SELECT name, value FROM record WHERE target = ?", (seen.target,)))
    for name, value in _now(seen, known).items():
        if known.get(name) == value:
            continue
        db.execute("INSERT OR REPLACE INTO record VALUES (?, ?, ?, ?)", (seen.target, name, value, seen.at))
        if name in known:
            events.append(_record_event(seen, name, known[name], value))
    return events


def _now(seen: TargetRun, known: Mapping[str, str]) -> Mapping[str, str]:
    """What stands there now, with "" for what was there and is gone."""
    return {**seen.records, **{name: "" for name in seen.absent if known.get(name)}}


def _record_event(seen: TargetRun, name: str, old: str, new: str) -> Event:
    key = Key(seen.target, name)
    return Event(
        id=event_id(Kind.RECORD_CHANGED, key, seen.at), kind=Kind.RECORD_CHANGED, key=key, at=seen.at, since=seen.at,
        old=old, new=new,
    )  # fmt: skip


def _keep_run(db: sqlite3.Connection, seen: TargetRun) -> None:
    subjects = dict.fromkeys((*seen.subjects, *(observation.key.target for observation in seen.observations)))
    db.executemany("INSERT OR IGNORE INTO subject VALUES (?, ?)", [(seen.target, subject) for subject in subjects])
    packed = zlib.compress(json.dumps(seen.outcomes, sort_keys=True, separators=(",", ":")).encode())
    db.execute(
        "INSERT OR REPLACE INTO run VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (seen.run_id, seen.target, seen.at, seen.verdict, seen.low, seen.high, seen.asked, seen.unknown, packed),
    )


def post(db: sqlite3.Connection, events: Sequence[Event], channels: Sequence[str], at: float) -> None:
    """Into the outbox of each channel, inside a transaction."""
    db.executemany(
        "INSERT OR IGNORE INTO outbox (id, channel, created_at, event) VALUES (?, ?, ?, ?)",
        [(event.id, channel, at, json.dumps(asdict(event))) for event in events for channel in channels],
    )
