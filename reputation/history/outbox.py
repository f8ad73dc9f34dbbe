"""Alarms on their way out: written before they are sent, marked after, so each is delivered at least once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from reputation.history.changes import Event, Key, Kind
from reputation.history.store import Store

BACK_OFF_S: Final = (60.0, 300.0, 900.0, 3600.0)


def due(store: Store, channel: str, now: float) -> tuple[Event, ...]:
    """What waits for this channel and may be tried now, oldest first.

    A next try that lies further ahead than any back-off was written by a clock that was wrong: it is due.
    """
    with store.reading() as db:
        rows = db.execute(
            "SELECT event FROM outbox WHERE channel = ? AND sent_at IS NULL AND (next_try <= ? OR next_try > ?)"
            " ORDER BY created_at, id",
            (channel, now, now + BACK_OFF_S[-1]),
        )
        return tuple(_event(text) for (text,) in rows)


def waiting(store: Store, channel: str) -> int:
    """How many events this channel has not taken yet."""
    with store.reading() as db:
        rows = db.execute("SELECT count(*) FROM outbox WHERE channel = ? AND sent_at IS NULL", (channel,))
        return int(rows.fetchone()[0])


def sent(store: Store, channel: str, events: Sequence[Event], now: float) -> None:
    """The receiver has them."""
    with store.transaction() as db:
        db.executemany(
            "UPDATE outbox SET sent_at = ? WHERE id = ? AND channel = ?", [(now, e.id, channel) for e in events]
        )


def failed(store: Store, channel: str, events: Sequence[Event], now: float) -> bool:
    """The receiver did not take them: try again later, ever later. Whether one of them was tried for the first time."""
    first = False
    with store.transaction() as db:
        for event in events:
            (tries,) = db.execute(
                "SELECT tries FROM outbox WHERE id = ? AND channel = ?", (event.id, channel)
            ).fetchone()
            first = first or not tries
            wait = BACK_OFF_S[min(tries, len(BACK_OFF_S) - 1)]
            db.execute(
                "UPDATE outbox SET tries = tries + 1, next_try = ? WHERE id = ? AND channel = ?",
                (now + wait, event.id, channel),
            )
    return first


def _event(text: str) -> Event:
    raw = json.loads(text)
    return Event(**{**raw, "kind": Kind(raw["kind"]), "key": Key(**raw["key"])})
