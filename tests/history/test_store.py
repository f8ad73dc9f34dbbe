"""The state survives what machines do to it."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from reputation.history import leaving, ledger, outbox, queries
from reputation.history.changes import Key, Kind, Observation, Rules, Standing
from reputation.history.store import MIGRATIONS, Store, StoreError, open_for_reading, open_store, set_aside

KEY = Key("203.0.113.5", "blocklist-listing", "zen.example")
DAY = 86400.0
RULES = Rules()
KILLS = int(os.environ.get("REPUTATION_KILLS", "30"))  # read before the test hides the variables of the user


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A fresh database."""
    with open_store(tmp_path / "state.sqlite") as opened:
        yield opened


def run(at: float, standing: Standing | None, *, run_id: str = "", records: dict[str, str] | None = None,
        target: str = KEY.target, score: int | None = 80) -> ledger.TargetRun:  # fmt: skip
    """One run of one target with one answer."""
    observation = Observation(key=Key(target, KEY.check, KEY.zone), at=at, standing=standing, message="m")
    return ledger.TargetRun(
        run_id=run_id or f"run-{at:.0f}", target=target, at=at, verdict="ready", low=score, high=score, asked=1,
        unknown=0, observations=[observation], outcomes={"blocklist-listing zen.example": str(standing)},
        records=records or {},
    )  # fmt: skip


def test_a_listing_is_kept_with_its_beginning_and_end(store: Store) -> None:
    """Confirmed on the second day, it began on the first; the same for its end."""
    story = [Standing.GOOD, Standing.BAD, Standing.BAD, Standing.GOOD, Standing.GOOD]
    for day, standing in enumerate(story):
        ledger.keep(store, run(day * DAY, standing), ["stdout"], Rules())
    (span,) = queries.spans(store, KEY.target)
    assert (span.since, span.until) == (DAY, 3 * DAY)
    assert [e.kind for e in outbox.due(store, "stdout", 9 * DAY)] == [Kind.LISTED, Kind.DELISTED]


def test_an_alarm_waits_until_it_is_delivered(store: Store) -> None:
    """Each channel for itself; a failure is tried again later; what is sent is not due again."""
    for day in range(2):
        ledger.keep(store, run(day * DAY, Standing.BAD), ["mail", "webhook"], Rules())
    events = outbox.due(store, "mail", 2 * DAY)
    outbox.failed(store, "mail", events, 2 * DAY)
    assert outbox.due(store, "mail", 2 * DAY + 1) == ()
    assert outbox.due(store, "mail", 2 * DAY + 61) == events
    outbox.sent(store, "mail", events, 2 * DAY + 61)
    assert outbox.due(store, "mail", 9 * DAY) == ()
    assert outbox.due(store, "webhook", 9 * DAY) == events


def test_an_alarm_that_a_wrong_clock_put_off_is_due(store: Store) -> None:
    """A clock a year ahead wrote the next try; after its correction the alarm goes out."""
    for day in range(2):
        ledger.keep(store, run(day * DAY, Standing.BAD), ["mail"], Rules())
    outbox.failed(store, "mail", outbox.due(store, "mail", 2 * DAY), 365 * DAY)
    assert outbox.due(store, "mail", 2 * DAY)


def test_a_record_that_changed_is_told_with_both_texts(store: Store) -> None:
    """The first sight is no change, and a record that could not be asked stays as it was."""
    texts = [{"SPF": "v=spf1 -all"}, {}, {"SPF": "v=spf1 ~all"}, {"SPF": "v=spf1 ~all"}]
    events = [e for day, r in enumerate(texts)
              for e in ledger.keep(store, run(day * DAY, Standing.GOOD, records=r), [], Rules())]  # fmt: skip
    assert [(e.kind, e.old, e.new) for e in events] == [(Kind.RECORD_CHANGED, "v=spf1 -all", "v=spf1 ~all")]


def test_two_runs_can_be_compared(store: Store) -> None:
    """Only what differs is shown; an unknown run has no difference."""
    ledger.keep(store, run(1, Standing.GOOD, run_id="a"), [], Rules())
    ledger.keep(store, run(2, Standing.BAD, run_id="b"), [], Rules())
    found = queries.difference(store, KEY.target, "a", "b")
    assert found is not None and [d.question for d in found] == ["blocklist-listing zen.example"]
    assert queries.difference(store, KEY.target, "a", "nobody") is None


def test_retention_forgets_old_runs_but_nothing_open(store: Store) -> None:
    """Open spans and undelivered alarms stay."""
    for day in range(5):
        ledger.keep(store, run(day * DAY, Standing.BAD), ["mail"], Rules())
    assert queries.forget(store, 4 * DAY) == 4
    assert len(queries.points(store, KEY.target)) == 1
    assert queries.spans(store)[0].until is None
    assert outbox.due(store, "mail", 9 * DAY)
    assert {row["kind"] for row in queries.export(store)} == {"run", "span"}


def asked(store: Store, days: Sequence[int], target: str, standing: Standing = Standing.GOOD) -> None:
    """`target` is asked about on these days."""
    for day in days:
        ledger.keep(store, run(day * DAY, standing, target=target, records={"SPF": "v=spf1"}), ["mail"], Rules())


def left(store: Store, day: int, rules: Rules = RULES) -> list[tuple[str, float]]:
    """What leaves on this day: (target, when it was last asked)."""
    return [(event.key.target, event.since) for event in leaving.leave(store, day * DAY, ["mail"], rules)]


def test_what_was_bad_and_is_no_longer_asked_about_is_told_once_and_leaves(store: Store) -> None:
    """Its span ends at the last look with an ending of its own: nobody saw it cured. What was good leaves silently."""
    asked(store, range(5), "old.example", Standing.BAD)
    asked(store, range(5), "fine.example")
    asked(store, range(30), "new.example")
    assert left(store, 18) == [] and left(store, 19) == [("old.example", 4 * DAY)] and left(store, 20) == []
    (span,) = queries.spans(store, "old.example")
    assert (span.until, span.ending) == (4 * DAY, "no-longer-asked")
    assert [e.kind for e in outbox.due(store, "mail", 30 * DAY)] == [Kind.LISTED, Kind.LEFT]
    assert {row[0] for row in store.connection.execute("SELECT target FROM state")} == {"new.example"}
    assert {row[0] for row in store.connection.execute("SELECT target FROM record")} == {"new.example"}


def test_what_comes_back_is_asked_and_told_as_if_it_were_new(store: Store) -> None:
    """A listing after two looks."""
    asked(store, range(2), "old.example", Standing.BAD)
    asked(store, range(20), "new.example")
    left(store, 20)
    asked(store, [21, 22], "old.example", Standing.BAD)
    kinds = [event.kind for event in outbox.due(store, "mail", 30 * DAY)]
    assert kinds == [Kind.LISTED, Kind.LEFT, Kind.LISTED]
    assert [span.until for span in queries.spans(store, "old.example")] == [None, DAY]


@pytest.mark.parametrize(
    ("days", "day", "rules"),
    [
        (range(5), 300, Rules()),  # the machine slept: no round came after it
        ([*range(5), 298, 299], 300, Rules()),  # one or two rounds without it say little
        ([*range(5), 300, 301, 302], 18, Rules()),  # three rounds by a clock that was wrong
        (range(300), 300, Rules(leave_s=0)),
    ],
)
def test_too_few_rounds_or_a_wrong_clock_take_nothing_away(
    store: Store, days: Sequence[int], day: int, rules: Rules
) -> None:
    """A pause is no reason to forget, and 0 days mean never."""
    asked(store, range(5), "old.example", Standing.BAD)
    asked(store, days, "new.example")
    assert left(store, day, rules) == []


def test_a_file_of_the_first_version_is_brought_up_to_date(tmp_path: Path) -> None:
    """With a copy of the old one beside it; it can be read before that, and nothing in it is taken for forgotten."""
    path = tmp_path / "state.sqlite"
    with contextlib.closing(sqlite3.connect(path)) as old:
        old.executescript(MIGRATIONS[0])
        old.execute("PRAGMA user_version = 1")
        old.execute("INSERT INTO state VALUES ('a.example', 'x', 'z', 'bad', 5, NULL, 0, 0, '', 0, 0, '', 0, 5, '')")
        old.execute("INSERT INTO span VALUES ('a.example', 'x', 'z', 5, NULL, '', 'major')")
        old.execute("INSERT INTO run VALUES ('r', 'a.example', 100, 'ready', 1, 1, 1, 0, x'')")
        old.commit()
    with open_for_reading(path) as store:
        assert [span.ending for span in queries.spans(store)] == [""]
    with contextlib.closing(sqlite3.connect(path)) as old:
        assert old.execute("PRAGMA user_version").fetchone() == (1,)
    with open_store(path) as store:
        assert store.connection.execute("SELECT asked_at FROM state").fetchone() == (100,)
        assert [span.until for span in queries.spans(store)] == [None]
    assert (tmp_path / "state.sqlite.v1").exists()


WRITER = textwrap.dedent("""
    import sys
    from pathlib import Path
    sys.path.insert(0, sys.argv[1])
    from reputation.history import ledger
    from reputation.history.changes import Key, Observation, Rules, Standing
    from reputation.history.store import open_store
    with open_store(Path(sys.argv[2])) as store:
        for n in range(int(sys.argv[4])):
            at = n * 1000.0
            target = f"{sys.argv[3]}-{n}"
            for again in (0.0, 500.0):
                seen = Observation(key=Key(target, "blocklist-listing", "zen"), at=at + again, standing=Standing.BAD)
                ledger.keep(store, ledger.TargetRun(
                    run_id=f"{n}-{again}", target=target, at=at + again, verdict="stop", low=1, high=1, asked=1,
                    unknown=0, observations=[seen], outcomes={}, records={}), ["mail"], Rules())
            print(target, flush=True)
""")


def writer(path: Path, name: str, count: int) -> subprocess.Popen[str]:
    """A process that acknowledges each target on its stdout once it and its alarm are kept."""
    root = str(Path(__file__).resolve().parents[2])
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, root, str(path), name, str(count)], stdout=subprocess.PIPE, text=True
    )


def test_kill_at_any_moment_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    """30 kills at random moments: every acknowledged target has its runs and its alarm, the database is sound."""
    path, dice, acknowledged = tmp_path / "state.sqlite", random.Random(6), set[str]()
    for number in range(KILLS):
        process = writer(path, f"p{number}", 10_000)
        assert process.stdout is not None
        for _ in range(dice.randint(0, 25)):
            acknowledged.add(process.stdout.readline().strip())
        process.send_signal(signal.SIGKILL)
        rest = process.stdout.read().split("\n")
        acknowledged.update(line.strip() for line in rest[:-1])
        process.wait()
        process.stdout.close()
    acknowledged.discard("")
    with open_store(path) as store:
        alarmed = {event.key.target for event in outbox.due(store, "mail", 1e12)}
        assert store.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert acknowledged and acknowledged <= alarmed
        assert acknowledged <= set(queries.targets(store))


def test_eight_processes_at_once_all_commit(tmp_path: Path) -> None:
    """BEGIN IMMEDIATE and patience: no writer fails."""
    path = tmp_path / "state.sqlite"
    processes = [writer(path, f"p{n}", 25) for n in range(8)]
    for process in processes:
        process.communicate()
    assert [process.returncode for process in processes] == [0] * 8
    with open_store(path) as store:
        assert len(queries.targets(store)) == 8 * 25


def test_a_damaged_database_is_noticed_or_harmless(tmp_path: Path) -> None:
    """200 files with flipped bytes: opened sound, or reported, never a crash of another kind."""
    path, dice = tmp_path / "state.sqlite", random.Random(9)
    with open_store(path) as store:
        for day in range(40):
            ledger.keep(store, run(day * DAY, Standing.BAD, target=f"t{day}"), ["mail"], Rules())
    sqlite3.connect(path).execute("PRAGMA wal_checkpoint(TRUNCATE)").connection.close()
    sound = path.read_bytes()
    for number in range(200):
        broken = bytearray(sound)
        for _ in range(dice.randint(1, 100)):
            broken[dice.randrange(len(broken))] ^= 1 << dice.randrange(8)
        victim = tmp_path / f"damaged-{number}.sqlite"
        victim.write_bytes(broken)
        try:
            with open_store(victim) as store:
                ledger.keep(store, run(1.0, Standing.GOOD), [], Rules())
        except (StoreError, ValueError):
            continue


def test_a_damaged_database_is_set_aside(tmp_path: Path) -> None:
    """It is kept under another name, and a new one begins."""
    path = tmp_path / "state.sqlite"
    path.write_bytes(b"this is no database at all, but it is long enough to be looked at" * 40)
    with pytest.raises(StoreError) as caught:
        open_store(path)
    assert caught.value.kind == "corrupt"
    aside = set_aside(path, "2026-11-24")
    assert aside.exists() and not path.exists()
    open_store(path).close()


def test_a_database_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    """We do not write into what we do not understand."""
    path = tmp_path / "state.sqlite"
    with open_store(path) as store:
        store.connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    with pytest.raises(StoreError) as caught:
        open_store(path)
    assert caught.value.kind == "newer"


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    """A file where the folder should be."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError) as caught:
        open_store(tmp_path / "file" / "state.sqlite")
    assert caught.value.kind == "unwritable"


def test_events_travel_as_plain_json(store: Store) -> None:
    """What is in the outbox can be read by any language."""
    for day in range(2):
        ledger.keep(store, run(day * DAY, Standing.BAD), ["mail"], Rules())
    (text,) = store.connection.execute("SELECT event FROM outbox").fetchone()
    assert json.loads(text)["kind"] == "listed"
