"""Reads the past: spans of bad standing, scores over time, the difference of two runs, export and retention."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from reputation.history.changes import Key
from reputation.history.store import Store


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when something was wrong; `until` None means still. Times are seconds since the epoch.

    `ending` is "" for what was mended, "no-longer-applies" where there is nothing left to judge, and "no-longer-asked"
    where nobody knows how it went on.
    """

    target: str
    check: str
    zone: str
    since: float
    until: float | None
    message: str
    severity: str
    ending: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One run of one target."""

    run_id: str
    target: str
    at: float
    verdict: str
    low: int | None
    high: int | None
    asked: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Difference:
    """One question that was answered otherwise in the second run; "" where it was not asked."""

    question: str
    before: str
    after: str


def targets(store: Store) -> tuple[str, ...]:
    """Every target that was ever run, sorted."""
    with store.reading() as db:  # from one to the next along the key; DISTINCT would read every run
        rows = db.execute(
            "WITH RECURSIVE named(target) AS (SELECT min(target) FROM run UNION ALL"
            " SELECT (SELECT min(target) FROM run WHERE target > named.target) FROM named WHERE target IS NOT NULL)"
            " SELECT target FROM named WHERE target IS NOT NULL"
        )
        return tuple(row[0] for row in rows)


def owners(store: Store, subject: str) -> tuple[str, ...]:
    """The watched targets that this address or name is a part of."""
    with store.reading() as db:
        rows = db.execute("SELECT owner FROM subject WHERE target = ? ORDER BY owner", (subject,))
        return tuple(row[0] for row in rows)


def pending(store: Store, target: str) -> frozenset[Key]:
    """The questions of this target whose change waits for a second observation."""
    with store.reading() as db:
        rows = db.execute(
            "SELECT target, check_id, zone FROM state WHERE pending IS NOT NULL AND target IN"
            " (SELECT target FROM subject WHERE owner = ?)",
            (target,),
        )
        return frozenset(Key(*row) for row in rows)


def spans(store: Store, target: str | None = None) -> tuple[Span, ...]:
    """What was or is wrong with this target and its addresses, newest first."""
    where, values = "", dict[str, str]()
    if target:
        where = "WHERE target = :name OR target IN (SELECT target FROM subject WHERE owner = :name)"
        values = {"name": target}
    with store.reading() as db:
        rows = db.execute(
            f"SELECT target, check_id, zone, since, until, message, severity, ending FROM span {where}"  # noqa: S608 - constants
            " ORDER BY since DESC, target, check_id, zone",
            values,
        )
        return tuple(Span(*row) for row in rows)


def last_success(store: Store, now: float) -> float | None:
    """When a run last found something out."""
    with store.reading() as db:
        row = db.execute(
            "SELECT at FROM run WHERE unknown < asked AND at <= ? ORDER BY at DESC LIMIT 1", (now,)
        ).fetchone()
        return float(row[0]) if row else None


def points(store: Store, target: str, limit: int = 400) -> tuple[Point, ...]:
    """The last runs of a target, oldest first."""
    rows = store.connection.execute(
        "SELECT id, target, at, verdict, low, high, asked, unknown FROM run WHERE target = ? ORDER BY at DESC LIMIT ?",
        (target, limit),
    ).fetchall()
    return tuple(Point(*row) for row in reversed(rows))


def difference(store: Store, target: str, first: str, second: str) -> tuple[Difference, ...] | None:
    """What changed between two runs of a target; None when one of them is not known."""
    before, after = (_outcomes(store, target, run_id) for run_id in (first, second))
    if before is None or after is None:
        return None
    questions = sorted(before.keys() | after.keys())
    changed = (Difference(q, before.get(q, ""), after.get(q, "")) for q in questions)
    return tuple(d for d in changed if d.before != d.after)


def export(store: Store) -> Iterator[dict[str, object]]:
    """Everything, one plain object a run and a span."""
    for row in store.connection.execute(
        "SELECT id, target, at, verdict, low, high, asked, unknown FROM run ORDER BY at, target"
    ):
        names = ("run_id", "target", "at", "verdict", "low", "high", "asked", "unknown")
        yield {"kind": "run", **dict(zip(names, row, strict=True))}
    for span in spans(store):
        yield {"kind": "span", **{name: getattr(span, name) for name in Span.__slots__}}


def forget(store: Store, before: float) -> int:
    """Retention: drops runs, closed spans and delivered alarms that ended before this time, and the addresses of
    which nothing is left; the number of runs."""
    with store.transaction() as db:
        dropped = db.execute("DELETE FROM run WHERE at < ?", (before,)).rowcount
        db.execute("DELETE FROM span WHERE until IS NOT NULL AND until < ?", (before,))
        db.execute("DELETE FROM outbox WHERE sent_at IS NOT NULL AND sent_at < ?", (before,))
        if dropped:
            db.execute(
                "DELETE FROM subject WHERE target NOT IN (SELECT target FROM state) AND target NOT IN"
                " (SELECT target FROM span) AND owner NOT IN (SELECT target FROM run)"
            )
    return dropped


def _outcomes(store: Store, target: str, run_id: str) -> dict[str, str] | None:
    row = store.connection.execute("SELECT results FROM run WHERE target = ? AND id = ?", (target, run_id)).fetchone()
    if row is None:
        return None
    try:
        read = json.loads(zlib.decompress(row[0]))
    except (ValueError, zlib.error):
        return None
    return {str(k): str(v) for k, v in read.items()}
