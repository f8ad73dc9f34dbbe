"""What machines do to the state: the check still runs and prints, says what happened, and shows no traceback."""

from __future__ import annotations

import os
import random
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from reputation.formats.digest import DigestOptions, digest, moment
from reputation.history import ledger, outbox
from reputation.history.changes import Key, Kind, Observation, Rules, Standing
from reputation.history.store import MIGRATIONS, open_store
from tests.cli.command_line import Ended
from tests.watch.world import World, configure, running, watch

IP = "203.0.113.5"
AT_ONCE = "confirmations = 1\n"
NOT_SAVED = 3


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Two lists on loopback; the address is on one of them."""
    with running(tmp_path) as world:
        world.list(IP, "ip.test")
        yield world


def still_told(ended: Ended) -> None:
    """The listing is printed, the trouble is on stderr, the code says that nothing was saved."""
    assert ended.code == NOT_SAVED, ended
    assert IP in ended.out
    assert "Error: " in ended.err and "Traceback" not in ended.out + ended.err


def test_a_place_that_cannot_be_written(world: World, tmp_path: Path) -> None:
    """A file where the folder should be."""
    (tmp_path / "file").write_text("x")
    configure(tmp_path, world, f'[watch]\ntargets = ["{IP}"]\nstate = "{tmp_path / "file" / "w.sqlite"}"\n{AT_ONCE}')
    still_told(watch(tmp_path))
    assert (tmp_path / "file").read_text() == "x"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_is_read_only(world: World, tmp_path: Path) -> None:
    """Mode 500."""
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    configure(tmp_path, world, f'[watch]\ntargets = ["{IP}"]\nstate = "{folder / "w.sqlite"}"\n{AT_ONCE}')
    still_told(watch(tmp_path))


def small_files() -> None:
    """No file of this process grows beyond 60 kB, as on a full disk."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))


def test_a_disk_that_is_full(world: World, tmp_path: Path) -> None:
    """What was saved before stays readable."""
    configure(tmp_path, world, f'[watch]\ntargets = ["{IP}", "203.0.113.0/24"]\nstate = "w.sqlite"\n{AT_ONCE}')
    words = [sys.executable, "-m", "reputation", "watch", "--config", "reputation.toml"]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, preexec_fn=small_files, check=False,
                          env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])})  # fmt: skip
    still_told(Ended(done.returncode, done.stdout, done.stderr))
    with sqlite3.connect(tmp_path / "w.sqlite") as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    db.close()


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root to mount")
def test_a_small_file_system_that_is_full(world: World, tmp_path: Path) -> None:
    """600 kB of tmpfs."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=600k", "none", str(disk)], check=False).returncode:
        pytest.skip("nothing can be mounted here")
    try:
        (disk / "ballast").write_bytes(b"x" * 540_000)
        configure(tmp_path, world, f'[watch]\ntargets = ["203.0.113.0/24"]\nstate = "{disk / "w.sqlite"}"\n{AT_ONCE}')
        still_told(watch(tmp_path))
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_damaged_database_is_put_aside_loudly(world: World, tmp_path: Path) -> None:
    """The old file is kept under its date, a new one begins, and the next run is an ordinary one."""
    state = tmp_path / "w.sqlite"
    configure(tmp_path, world, f'[watch]\ntargets = ["{IP}"]\nstate = "{state}"\n{AT_ONCE}')
    watch(tmp_path)
    sqlite3.connect(state).execute("PRAGMA wal_checkpoint(TRUNCATE)").connection.close()
    broken = bytearray(state.read_bytes())
    broken[4096:8192] = random.Random(1).randbytes(4096)
    state.write_bytes(broken)
    ended = watch(tmp_path)
    assert ended.code == NOT_SAVED and "was damaged" in ended.err
    (aside,) = tmp_path.glob("w.sqlite.damaged-*")
    assert aside.read_bytes() == bytes(broken)
    assert watch(tmp_path).code == 1


@pytest.mark.parametrize("seed", range(40))
def test_flipped_bytes_never_become_a_traceback(world: World, tmp_path: Path, seed: int) -> None:
    """Whatever is damaged, a run ends with a known code."""
    state, dice = tmp_path / "w.sqlite", random.Random(seed)
    configure(tmp_path, world, f'[watch]\ntargets = ["{IP}"]\nstate = "{state}"\n{AT_ONCE}')
    watch(tmp_path)
    sqlite3.connect(state).execute("PRAGMA wal_checkpoint(TRUNCATE)").connection.close()
    broken = bytearray(state.read_bytes())
    for _ in range(dice.randint(1, 100)):
        broken[dice.randrange(len(broken))] ^= 1 << dice.randrange(8)
    state.write_bytes(broken)
    ended = watch(tmp_path)
    assert ended.code in (1, NOT_SAVED) and "our fault" not in ended.err, ended


def test_a_state_of_a_newer_version_is_left_alone(world: World, tmp_path: Path) -> None:
    """The run is made and told, the file not touched."""
    state = tmp_path / "w.sqlite"
    with open_store(state) as store:
        store.connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    configure(tmp_path, world, f'[watch]\ntargets = ["{IP}"]\nstate = "{state}"\n{AT_ONCE}')
    before = state.read_bytes()
    ended = watch(tmp_path)
    still_told(ended)
    assert "newer version" in ended.err and state.read_bytes() == before


@pytest.mark.parametrize("jump", [-86_400.0, 365 * 86_400.0, 2_147_483_648.0 - 1_800_000_000.0, 1e12])
def test_a_clock_that_jumps_loses_no_alarm(tmp_path: Path, jump: float) -> None:
    """The first look before the jump, the second after it; the alarm waits in the outbox and can be told."""
    start = 1_800_000_000.0
    with open_store(tmp_path / "w.sqlite") as store:
        for number, at in enumerate((start, start + jump, start + jump + 600)):
            seen = Observation(key=Key(IP, "blocklist-listing", "ip.test"), at=at, standing=Standing.BAD)
            run = ledger.TargetRun(run_id=str(number), target=IP, at=at, verdict="stop", low=1, high=1, asked=1,
                                   unknown=0, observations=[seen], outcomes={}, records={})  # fmt: skip
            ledger.keep(store, run, ["mail"], Rules())
        events = outbox.due(store, "mail", start + jump + 600)
    assert [event.kind for event in events if event.kind is Kind.LISTED] == [Kind.LISTED]
    assert IP in digest(events, DigestOptions()).lines[0]
    assert moment(start + jump)
