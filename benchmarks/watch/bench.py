"""How long a round of the watchman takes and how much memory, and how fast its history answers.

    python benchmarks/watch/bench.py

1. A round over 1,000 addresses x 20 lists against rbldnsd on loopback, the first (everything is new) and the next ones:
   at most 10 s and 120 MB each, the whole process counted, state written and metrics included.
2. A history of 1,000 targets x 365 days: what `history TARGET` reads out of it within 100 ms.

Exit status 1 when a figure is missed, 0 with a note when rbldnsd is not installed.
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from reputation.history import ledger, queries  # noqa: E402
from reputation.history.changes import Key, Observation, Rules, Standing  # noqa: E402
from reputation.history.store import open_for_reading, open_store  # noqa: E402
from tests.servers import rbldnsd  # noqa: E402

LISTS, ADDRESSES, TARGETS, DAYS = 20, 1000, 1000, 365
ROUND_S, ROUND_MB, READ_MS = 10.0, 120, 100.0
DAY_S = 86400.0


def catalogue(folder: Path) -> None:
    """20 lists of one operator."""
    (folder / "lists").mkdir()
    head = 'operator = "Bench"\nchecked = 2026-11-24\nsources = ["https://bench.test/"]\n'
    one = (
        '[[list]]\nzone = "l{n}.test"\nname = "List {n}"\nkinds = ["ip4"]\nseverity = "major"\ndefault = true\n'
        'test_listed = "127.0.0.2"\ntest_unlisted = "127.0.0.1"\n[list.codes]\n"127.0.0.2" = "spam source"\n'
    )
    (folder / "lists" / "bench.toml").write_text(head + "".join(one.format(n=n) for n in range(LISTS)))


def one_round(folder: Path) -> tuple[float, int]:
    """Seconds of the whole process, and the most memory that a child has used so far in MB."""
    words = [sys.executable, "-m", "reputation", "watch", "--config", "reputation.toml"]
    begun = time.perf_counter()
    subprocess.run(words, cwd=folder, check=False, capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    return time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024


def rounds(folder: Path) -> bool:
    """Three rounds; some addresses are listed on a few lists."""
    dice = random.Random(6)
    listed = [f"203.0.{113 + n // 256}.{n % 256}" for n in dice.sample(range(ADDRESSES), 30)]
    entries = ":127.0.0.2:Listed $\n127.0.0.2\n" + "".join(f"{ip}\n" for ip in listed)
    catalogue(folder)
    with rbldnsd(folder, {f"l{n}.test:ip4set": entries if n < 3 else ":127.0.0.2:Listed\n127.0.0.2\n"
                          for n in range(LISTS)}) as server:  # fmt: skip
        targets = ", ".join(f'"203.0.{113 + n // 256}.{n % 256}"' for n in range(ADDRESSES))
        (folder / "reputation.toml").write_text(
            f'resolver = ["{server.address}"]\nblocklists = "lists"\n[watch]\ntargets = [{targets}]\n'
            'state = "watch.sqlite"\nmetrics = "watch.prom"\nconfirm_minutes = 0\n'
        )
        measured = [one_round(folder) for _ in range(3)]
    with open_for_reading(folder / "watch.sqlite") as store:
        found = len(queries.spans(store))
    seconds, memory = max(s for s, _ in measured), measured[-1][1]
    print(f"{ADDRESSES} x {LISTS}: {', '.join(f'{s:.1f} s' for s, _ in measured)}; {memory} MB; listings {found}")
    return found == 90 and seconds <= ROUND_S and memory <= ROUND_MB


def history(folder: Path) -> bool:
    """The slowest of 20 targets."""
    file = folder / "history.sqlite"
    outcomes = {f"check-{n} zone-{n}.test 203.0.113.5": "pass" for n in range(40)}
    with open_store(file) as store:
        for day in range(DAYS):
            runs = [_run(f"target-{n}.test", day, outcomes) for n in range(TARGETS)]
            ledger.keep_all(store, runs, [], Rules())
    slowest = 0.0
    with open_for_reading(file) as store:
        for n in range(0, TARGETS, 50):
            begun = time.perf_counter()
            assert len(queries.targets(store)) == TARGETS
            points = queries.points(store, f"target-{n}.test")
            queries.spans(store, f"target-{n}.test")
            slowest = max(slowest, (time.perf_counter() - begun) * 1000)
            assert len(points) == DAYS
    size = file.stat().st_size // 1_000_000
    print(f"history of {TARGETS} x {DAYS} ({size} MB): slowest of {TARGETS // 50} targets {slowest:.1f} ms")
    return slowest <= READ_MS


def _run(target: str, day: int, outcomes: dict[str, str]) -> ledger.TargetRun:
    standing = Standing.BAD if day % 60 in (20, 21, 22) else Standing.GOOD
    seen = Observation(key=Key(target, "blocklist-listing", "ip.test"), at=day * DAY_S, standing=standing)
    return ledger.TargetRun(
        run_id=f"run{day}", target=target, at=day * DAY_S, verdict="ready", low=80, high=90, asked=40, unknown=1,
        observations=[seen], outcomes=outcomes, records={}, subjects=(target,),
    )  # fmt: skip


def main() -> int:
    if not shutil.which("rbldnsd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"):
        print("SKIP: rbldnsd is not installed")
        return 1 if os.environ.get("CI") == "true" else 0
    good = []
    for part in (rounds, history):
        with tempfile.TemporaryDirectory() as folder:
            good.append(part(Path(folder)))
    print("PASS" if all(good) else "FAIL")
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
