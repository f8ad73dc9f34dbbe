"""The database: opened, checked, migrated. Every writing transaction begins IMMEDIATE, none spans a network wait."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

MIGRATIONS: Final = (
    """
    CREATE TABLE run (
      id TEXT NOT NULL, target TEXT NOT NULL, at REAL NOT NULL, verdict TEXT NOT NULL, low INTEGER, high INTEGER,
      asked INTEGER NOT NULL, unknown INTEGER NOT NULL, results BLOB NOT NULL, PRIMARY KEY (target, at, id)
    ) WITHOUT ROWID;
    CREATE INDEX run_by_time ON run (at);
    CREATE TABLE state (
      target TEXT NOT NULL, check_id TEXT NOT NULL, zone TEXT NOT NULL, standing TEXT, since REAL NOT NULL,
      pending TEXT, pending_since REAL NOT NULL, pending_seen INTEGER NOT NULL, pending_resolver TEXT NOT NULL,
      blind_since REAL NOT NULL, blind_seen INTEGER NOT NULL, blind_cause TEXT NOT NULL, blind_told INTEGER NOT NULL,
      told_at REAL NOT NULL, message TEXT NOT NULL, PRIMARY KEY (target, check_id, zone)
    ) WITHOUT ROWID;
    CREATE TABLE span (
      target TEXT NOT NULL, check_id TEXT NOT NULL, zone TEXT NOT NULL, since REAL NOT NULL, until REAL,
      message TEXT NOT NULL, severity TEXT NOT NULL, PRIMARY KEY (target, check_id, zone, since)
    ) WITHOUT ROWID;
    CREATE TABLE subject (owner TEXT NOT NULL, target TEXT NOT NULL, PRIMARY KEY (owner, target)) WITHOUT ROWID;
    CREATE TABLE record (
      target TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, since REAL NOT NULL, PRIMARY KEY (target, name)
    ) WITHOUT ROWID;
    CREATE TABLE outbox (
      id TEXT NOT NULL, channel TEXT NOT NULL, created_at REAL NOT NULL, event TEXT NOT NULL, sent_at REAL,
      tries INTEGER NOT NULL DEFAULT 0, next_try REAL NOT NULL DEFAULT 0, PRIMARY KEY (id, channel)
    ) WITHOUT ROWID;
    CREATE INDEX outbox_open ON outbox (channel, created_at) WHERE sent_at IS NULL;
    """,
    """
    ALTER TABLE state ADD COLUMN sighted_seen INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE state ADD COLUMN asked_at REAL NOT NULL DEFAULT 0;
    UPDATE state SET asked_at = coalesce((SELECT max(at) FROM run), since);
    ALTER TABLE span ADD COLUMN ending TEXT NOT NULL DEFAULT '';
    """,
)
BUSY_MS: Final = 30_000


class StoreError(Exception):
    """The state cannot be used; `kind` is one of "newer", "corrupt", "unwritable"."""

    def __init__(self, kind: str, path: Path, detail: str = "") -> None:
        super().__init__(f"{kind}: {path}: {detail}")
        self.kind, self.path, self.detail = kind, path, detail


class Store:
    """An open database. Use `transaction()` to write; reading needs nothing."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.connection, self.path = connection, path

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """BEGIN IMMEDIATE ... COMMIT. Raises StoreError: "unwritable" when the disk is full or read-only."""
        try:
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
            except BaseException:
                self.connection.execute("ROLLBACK")
                raise
            self.connection.execute("COMMIT")
        except sqlite3.DatabaseError as error:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            raise StoreError(_kind(error), self.path, str(error)) from error
        except (ValueError, TypeError) as error:
            raise StoreError("corrupt", self.path, str(error)) from error

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """For reading: what the check at open did not find out is still told as StoreError."""
        try:
            yield self.connection
        except sqlite3.DatabaseError as error:
            raise StoreError(_kind(error), self.path, str(error)) from error
        except (ValueError, TypeError) as error:
            raise StoreError("corrupt", self.path, str(error)) from error

    def close(self) -> None:
        """Close the database."""
        self.connection.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_store(path: Path) -> Store:
    """The database at `path`, made or migrated when needed. Raises StoreError.

    A file that is damaged is reported as "corrupt"; `set_aside` moves it away so that a new one can be made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=BUSY_MS / 1000, isolation_level=None)
    except (OSError, sqlite3.DatabaseError) as error:
        raise StoreError("unwritable", path, str(error)) from error
    try:
        _prepare(connection, path)
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        connection.close()
        raise StoreError(_kind(error), path, str(error)) from error
    except StoreError:
        connection.close()
        raise
    return Store(connection, path)


def open_for_reading(path: Path) -> Store:
    """The database at `path` without the right to write, and without the check of all of it. Raises StoreError."""
    for how in ("mode=ro", "immutable=1"):  # where its folder is read-only the second way may still work
        try:
            connection = sqlite3.connect(f"{path.resolve().as_uri()}?{how}", uri=True, isolation_level=None)
            version = _version(connection)
            if version > len(MIGRATIONS):
                connection.close()
                raise StoreError("newer", path, "")
            connection.execute("SELECT count(*) FROM record").fetchone()
            if version < len(MIGRATIONS):  # the next watch brings the file itself up to date
                connection.close()
                return open_copy(path)
        except sqlite3.DatabaseError as error:
            problem = error
            continue
        return Store(connection, path)
    raise StoreError(_kind(problem), path, str(problem))


def open_copy(path: Path) -> Store:
    """A copy in memory, to try out what would happen; empty when there is no database yet. Raises StoreError."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        if path.exists():
            with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as original:
                original.backup(connection)
        _migrate(connection, path)
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        connection.close()
        raise StoreError(_kind(error), path, str(error)) from error
    return Store(connection, path)


def set_aside(path: Path, stamp: str) -> Path:
    """Move a damaged database (and its companions) away under the date in `stamp`; the new name."""
    aside = path.with_name(f"{path.name}.damaged-{stamp}")
    for suffix in ("", "-wal", "-shm"):
        companion = path.with_name(path.name + suffix)
        if companion.exists():
            companion.replace(aside.with_name(aside.name + suffix))
    return aside


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    damage = connection.execute("PRAGMA quick_check(1)").fetchone()
    if damage is None or damage[0] != "ok":
        raise StoreError("corrupt", path, str(damage[0] if damage else ""))
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")  # an acknowledged alarm survives a power cut
    _migrate(connection, path)


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    version = _version(connection)
    if version > len(MIGRATIONS):
        raise StoreError("newer", path, str(version))
    if version == len(MIGRATIONS):
        return
    if version and connection.execute("PRAGMA database_list").fetchone()[2]:
        _back_up(connection, path, version)
    connection.execute("BEGIN IMMEDIATE")
    version = _version(connection)  # another process may have been faster
    for number, script in enumerate(MIGRATIONS[version:], version + 1):
        for statement in filter(str.strip, script.split(";")):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {number}")
    connection.execute("COMMIT")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _back_up(connection: sqlite3.Connection, path: Path, version: int) -> None:
    with sqlite3.connect(path.with_name(f"{path.name}.v{version}")) as copy:
        connection.backup(copy)
    copy.close()


def _kind(error: sqlite3.DatabaseError | UnicodeDecodeError) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "corrupt"
    words = str(error).lower()
    return "corrupt" if "malformed" in words or "not a database" in words or "corrupt" in words else "unwritable"
