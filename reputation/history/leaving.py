"""What is no longer asked about leaves: a server that the domain stopped naming, a list or a target that was taken out.

A question leaves when it was not asked for `Rules.leave_s` seconds and in none of the last rounds, so that neither a
long pause nor one round without an answer takes it away. What was bad is told once, and its span ends with an ending
of its own: nobody saw it cured.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Final

from reputation.history.changes import Event, Key, Kind, Rules, Standing, event_id
from reputation.history.ledger import post
from reputation.history.store import Store

ROUNDS: Final = 3


def leave(store: Store, now: float, channels: Sequence[str], rules: Rules) -> tuple[Event, ...]:
    """Forgets what was not asked about lately and puts what there is to tell into the outbox. Raises StoreError."""
    with store.transaction() as db:
        before = _before(db, now, rules)
        left = [_event(row, now) for row in _left(db, before)]
        for event in left:
            _end_span(db, event)
        events = [event for event in left if not _is_file(event.key.target)]
        db.execute("DELETE FROM state WHERE asked_at < ?", (before,))
        db.execute(
            "DELETE FROM record WHERE target NOT IN (SELECT target FROM run WHERE at >= ?) AND since < ?",
            (before, before),
        )
        post(db, events, channels, now)
    return tuple(events)


def _before(db: sqlite3.Connection, now: float, rules: Rules) -> float:
    """What was last asked before this time leaves; minus infinity while there were too few rounds."""
    rounds = db.execute("SELECT DISTINCT at FROM run ORDER BY at DESC LIMIT ?", (ROUNDS,)).fetchall()
    if len(rounds) < ROUNDS or not rules.leave_s:
        return float("-inf")
    return min(now - rules.leave_s, float(rounds[-1][0]))


def _left(db: sqlite3.Connection, before: float) -> list[tuple[str, str, str, float, str, str]]:
    return db.execute(
        "SELECT s.target, s.check_id, s.zone, s.asked_at, s.message, coalesce(max(p.severity), '') FROM state s"
        " LEFT JOIN span p ON p.target = s.target AND p.check_id = s.check_id AND p.zone = s.zone AND p.until IS NULL"
        " WHERE s.asked_at < ? AND s.standing = ? GROUP BY s.target, s.check_id, s.zone",
        (before, Standing.BAD),
    ).fetchall()


def _event(row: tuple[str, str, str, float, str, str], now: float) -> Event:
    key, asked_at = Key(*row[:3]), row[3]
    return Event(
        id=event_id(Kind.LEFT, key, asked_at), kind=Kind.LEFT, key=key, at=now, since=asked_at, message=row[4],
        severity=row[5],
    )  # fmt: skip


def _is_file(target: str) -> bool:
    """Drafts come and go; that one is gone is no news."""
    return "/" in target or "\\" in target


def _end_span(db: sqlite3.Connection, event: Event) -> None:
    db.execute(
        "UPDATE span SET until = max(since, ?), ending = ? WHERE target = ? AND check_id = ? AND zone = ?"
        " AND until IS NULL",
        (event.since, event.kind, event.key.target, event.key.check, event.key.zone),
    )
