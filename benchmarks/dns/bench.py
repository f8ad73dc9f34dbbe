"""How fast and how right the DNS engine is, against dnsperf in the same rounds, on loopback.

    python benchmarks/dns/bench.py [--rounds N]

Each round runs dnsperf, the engine and the command in turn, so that a busy machine slows all of them; the ratio is
taken within the round, and the best, median and worst round are printed. PASS means the median reaches the target.
Exit status 1 when a target is missed, 0 with a note when rbldnsd or dnsperf is not installed.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(HERE.parent))

from table import Table, process  # noqa: E402
from world import World, make_world, reversed_address  # noqa: E402

SBIN = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
ENGINE_RATIO, PROCESS_RATIO, ONE_SENDER_MS, LOSSY_SECONDS = 0.5, 0.25, 3.0, 2.5


def find(binary: str) -> str:
    found = shutil.which(binary, path=SBIN)
    if not found:
        print(f"SKIP: {binary} is not installed")
        sys.exit(1 if os.environ.get("CI") == "true" else 0)
    return found


def free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def blocklists(world: World) -> Iterator[int]:
    """rbldnsd over the world, from its first right answer on."""
    port = free_port()
    user = ["-u", "nobody"] if os.geteuid() == 0 else []
    command = [find("rbldnsd"), *user, "-n", "-q", "-b", f"127.0.0.1/{port}", "-w", str(world.folder), "-c", "1h"]
    with process([*command, *world.arguments]):
        until = time.monotonic() + 20
        while time.monotonic() < until:
            if client(world, port, 0, 1)["right"] == 1:
                yield port
                return
        raise RuntimeError("rbldnsd does not answer")


def client(world: World, port: int, start: int, count: int) -> dict[str, Any]:
    command = [sys.executable, str(HERE / "client.py"), str(world.folder), str(port), str(start), str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def dnsperf(world: World, port: int) -> float:
    """Questions per second; its window is its own default of 100."""
    command = [find("dnsperf"), "-s", "127.0.0.1", "-p", str(port), "-d", str(world.queries), "-n", "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = re.search(r"per second:\s+([\d.]+)", done.stdout)
    return float(found[1]) if found else 0.0


def whole_process(world: World, port: int) -> tuple[float, bool] | None:
    """Seconds of `reputation listings` over all targets, and whether each of its answers is right; None if it fails."""
    command = [
        sys.executable, "-m", "reputation", "listings", "--targets", str(world.targets), "-f", "json-lines",
        "--blocklists", str(world.catalogue), "--resolver", f"127.0.0.1:{port}", "--timeout", "120",
    ]  # fmt: skip
    home = {f"XDG_{kind}_HOME": str(world.folder / "home") for kind in ("CACHE", "CONFIG", "DATA", "STATE")}
    began = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env={**os.environ, **home}, check=False)
    wall = time.perf_counter() - began
    if not done.stdout.startswith("{"):
        print(f"reputation listings ended with {done.returncode}: {done.stderr.strip()[-300:]}")
        return None
    return wall, _is_right(world, done.stdout.splitlines())


def _is_right(world: World, lines: Sequence[str]) -> bool:
    """Each of the questions has its state: listed where the world lists it, else clean."""
    states = {}
    for line in map(json.loads, lines):
        target = line["target"]
        label = reversed_address(target) if target[0].isdigit() else target
        for result in line["results"]:
            if result["state"] != "not-applicable":
                states[f"{label}.{result['zone']}"] = result["state"]
    expected = {name: "listed" if name in world.listed else "clean" for name in world.questions}
    return states == expected


def bulk(world: World, port: int, rounds: int, table: Table) -> None:
    """60,000 questions at once, without delay."""
    total = len(world.questions)
    speeds, ratios, process_ratios = [], [], []
    right = process_right = True
    for _ in range(rounds):
        reference = dnsperf(world, port)
        engine = client(world, port, 0, total)
        speeds.append(total / engine["wall"])
        ratios.append(speeds[-1] / reference)
        right = right and engine["right"] == total
        whole = whole_process(world, port)
        if whole:
            process_ratios.append(total / whole[0] / reference)
        process_right = process_right and whole is not None and whole[1]
    table.line(f"engine, {total:,} questions", speeds, "q/s")
    table.line("engine / dnsperf", ratios, "", least=ENGINE_RATIO)
    table.must(f"every one of {total:,} answers right in every round", right)
    if process_ratios:
        table.line("whole `reputation listings` process / dnsperf", process_ratios, "", least=PROCESS_RATIO)
    table.must("each state of the whole process right in every round", process_right)


def one_sender(world: World, port: int, rounds: int, table: Table) -> None:
    """60 lists for one sender, each time in a fresh process."""
    runs = [client(world, port, 60 * number, 60) for number in range(rounds * 3)]
    table.line("one sender x 60 lists", [1000 * run["wall"] for run in runs], "ms", most=ONE_SENDER_MS)
    table.must("its answers right", all(run["right"] == 60 for run in runs))


def lossy(world: World, port: int, rounds: int, table: Table) -> None:
    """3,000 questions at 40 ms latency and 2 % loss."""
    runs = []
    for seed in range(rounds):
        with process([sys.executable, str(HERE / "proxy.py"), str(port), "0.040", "0.02", str(seed)]) as proxy:
            assert proxy.stdout
            runs.append(client(world, int(proxy.stdout.readline()), 0, 3000))
    table.line("3,000 questions, 40 ms, 2 % loss", [run["wall"] for run in runs], "s", most=LOSSY_SECONDS)
    table.must("none lost, all right", all(run["right"] == 3000 and not run["lost"] for run in runs))


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--rounds", type=int, default=5)
    rounds = arguments.parse_args().rounds
    find("dnsperf")
    table = Table()
    with tempfile.TemporaryDirectory() as folder:
        world = make_world(Path(folder))
        with blocklists(world) as port:
            bulk(world, port, rounds, table)
            one_sender(world, port, rounds, table)
            lossy(world, port, rounds, table)
    return 1 if table.missed else 0


if __name__ == "__main__":
    sys.exit(main())
