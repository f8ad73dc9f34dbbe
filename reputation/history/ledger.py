"""Writes what was seen: one transaction per target and run, the alarms in the same one as the state they tell of."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from reputation.history.changes import Event, Key, Kind, Observation, Rules, Standing, State, event_id, step
from reputation.history.store import Store


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
    records: Mapping[str, str]  # "SPF" -> text; only what was found


def keep(store: Store, seen: TargetRun, channels: Sequence[str], rules: Rules) -> tuple[Event, ...]:
    """Remember a target's run and put its events into the outbox of each channel. Raises StoreError."""
    with store.transaction() as db:
        events = [event for observation in seen.observations for event in _observe(db, observation, rules)]
        events += _records(db, seen)
        _keep_run(db, seen)
        _post(db, events, channels, seen.at)
    return tuple(events)


def _observe(db: sqlite3.Connection, seen: Observation, rules: Rules) -> Iterable[Event]:
    before = _state(db, seen.key)
    after, events = step(before, seen, rules)
    if after != before:
        _put_state(db, seen.key, after)
    if after.standing is not before.standing:
        _put_span(db, seen, after)
    return events


def _state(db: sqlite3.Connection, key: Key) -> State:
    row = db.execute(
        "SELECT standing, since, pending, pending_since, pending_seen, pending_resolver, blind_since, blind_seen,"
        " blind_cause, blind_told, told_at, message FROM state WHERE target = ? AND check_id = ? AND zone = ?",
        (key.target, key.check, key.zone),
    ).fetchone()
    if row is None:
        return State()
    return State(
        standing=_standing(row[0]), since=row[1], pending=_standing(row[2]), pending_since=row[3],
        pending_seen=row[4], pending_resolver=row[5], blind_since=row[6], blind_seen=row[7], blind_cause=row[8],
        blind_told=bool(row[9]), told_at=row[10], message=row[11],
    )  # fmt: skip


def _standing(text: str | None) -> Standing | None:
    return Standing(text) if text else None


def _put_state(db: sqlite3.Connection, key: Key, state: State) -> None:
    db.execute(
        "INSERT OR REPLACE INTO state VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            key.target, key.check, key.zone, state.standing, state.since, state.pending, state.pending_since,
            state.pending_seen, state.pending_resolver, state.blind_since, state.blind_seen, state.blind_cause,
            int(state.blind_told), state.told_at, state.message,
        ),
    )  # fmt: skip


def _put_span(db: sqlite3.Connection, seen: Observation, state: State) -> None:
    """Bad opens a span, good closes the open one."""
    key = seen.key
    if state.standing is Standing.BAD:
        db.execute(
            "INSERT OR REPLACE INTO span VALUES (?, ?, ?, ?, NULL, ?, ?)",
            (key.target, key.check, key.zone, state.since, seen.message, seen.severity),
        )
    else:
        db.execute(
            "UPDATE span SET until = ? WHERE target = ? AND check_id = ? AND zone = ? AND until IS NULL",
            (state.since, key.target, key.check, key.zone),
        )


def _records(db: sqlite3.Connection, seen: TargetRun) -> list[Event]:
    """A record that reads otherwise than before is told at once: both texts were really seen."""
    events = []
    known = dict(db.execute("SELECT name, value FROM record WHERE target = ?", (seen.target,)))
    for name, value in seen.records.items():
        if known.get(name) == value:
            continue
        db.execute("INSERT OR REPLACE INTO record VALUES (?, ?, ?, ?)", (seen.target, name, value, seen.at))
        if name in known:
            events.append(_record_event(seen, name, known[name], value))
    return events


def _record_event(seen: TargetRun, name: str, old: str, new: str) -> Event:
    key = Key(seen.target, name)
    return Event(
        id=event_id(Kind.RECORD_CHANGED, key, seen.at), kind=Kind.RECORD_CHANGED, key=key, at=seen.at, since=seen.at,
        old=old, new=new,
    )  # fmt: skip


def _keep_run(db: sqlite3.Connection, seen: TargetRun) -> None:
    packed = zlib.compress(json.dumps(seen.outcomes, sort_keys=True, separators=(",", ":")).encode())
    db.execute(
        "INSERT OR REPLACE INTO run VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (seen.run_id, seen.target, seen.at, seen.verdict, seen.low, seen.high, seen.asked, seen.unknown, packed),
    )


def _post(db: sqlite3.Connection, events: Sequence[Event], channels: Sequence[str], at: float) -> None:
    db.executemany(
        "INSERT OR IGNORE INTO outbox (id, channel, created_at, event) VALUES (?, ?, ?, ?)",
        [(event.id, channel, at, json.dumps(asdict(event))) for event in events for channel in channels],
    )
