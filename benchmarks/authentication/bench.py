"""How fast the authentication checks are, against checkdmarc in the same rounds, on loopback, 50 ms for each question.

    python benchmarks/authentication/bench.py [--rounds N]

nsd serves the zones; every answer comes late through the proxy of the DNS benchmark. Times are taken inside the
process, after the libraries are loaded. PASS means that the median reaches the target. Exit status 1 when a target is
missed, 0 with a note when nsd is not installed.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import suite
from table import Table, process
from zones import CHAIN, CROWD, DEPTH, LONG_CHAIN, TWO_LEVELS, zones

from tests.servers.https import Authority, https_server, plays
from tests.servers.processes import silent_port
from tests.servers.real import nsd

HERE = Path(__file__).resolve().parent
DELAY, ALLOWANCE = 0.050, 0.100
CHAIN_SECONDS, CROWD_SECONDS, FASTER = 0.35, 5.0, 10.0
FETCH_SECONDS, FETCH_MEGABYTES, SILENT_SECONDS = 5.5, 20.0, 30.0


def require(binary: str) -> None:
    if not shutil.which(binary, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"):
        print(f"SKIP: {binary} is not installed")
        sys.exit(1 if os.environ.get("CI") == "true" else 0)


@contextmanager
def late_server(folder: Path) -> Iterator[int]:
    """The port behind which the zones answer, each answer DELAY late."""
    with ExitStack() as stack:
        server = stack.enter_context(nsd(folder, zones()))
        command = [sys.executable, str(HERE.parent / "dns" / "proxy.py"), str(server.port), str(DELAY), "0", "1"]
        proxy = stack.enter_context(process(command))
        assert proxy.stdout
        yield int(proxy.stdout.readline())


def client(side: str, port: int, domains: Sequence[str]) -> dict[str, Any]:
    """One run in a fresh process."""
    command = [sys.executable, str(HERE / "client.py"), side, str(port), *domains]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return dict(json.loads(done.stdout))


def against_checkdmarc(port: int, rounds: int, table: Table) -> None:
    """The domain with two levels of includes, in turn."""
    own, other = [], []
    same = True
    for _ in range(rounds):
        own.append(client("ours", port, [TWO_LEVELS]))
        other.append(client("checkdmarc", port, [TWO_LEVELS]))
        same = same and own[-1]["records"] == other[-1]["records"]
    if not same:
        print(f"ours {own[-1]['records']}\ntheirs {other[-1]['records']}")
    most = DEPTH[TWO_LEVELS] * DELAY + ALLOWANCE
    table.line("two levels of includes", [one["wall"] for one in own], "s", most=most)
    table.line("the same with checkdmarc", [one["wall"] for one in other], "s")
    ratios = [b["wall"] / a["wall"] for a, b in zip(own, other, strict=True)]
    table.line("times faster than checkdmarc", ratios, "", least=FASTER)
    table.must("the same SPF, DMARC, MX and TLS-RPT records found", same)


def deep_and_wide(port: int, rounds: int, table: Table) -> None:
    """The chains of four includes, and a hundred domains."""
    for what, domains, most in (
        ("a chain of four includes", [CHAIN], CHAIN_SECONDS),
        ("the same, ending in a single address", [LONG_CHAIN], DEPTH[LONG_CHAIN] * DELAY + ALLOWANCE),
        (f"{len(CROWD)} domains", CROWD, CROWD_SECONDS),
    ):
        table.line(what, [client("ours", port, domains)["wall"] for _ in range(rounds)], "s", most=most)


def hostile_pages(folder: Path, table: Table) -> None:
    """What a policy server may send; each fetch in a process of its own."""
    authority = Authority(folder)
    certificate = authority.issue("mta-sts.example.com")
    walls, megabytes = [], []
    for name, play in plays(b"version: STSv1").items():
        with https_server(certificate, play) as port:
            command = [sys.executable, str(HERE / "fetcher.py"), str(port), str(authority.root)]
            done = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        walls.append(done["wall"])
        megabytes.append(done["kilobytes"] / 1024)
        print(f"  {name:28} {done['wall']:6.3f} s  {megabytes[-1]:6.1f} MB  {done['said']}", flush=True)
    table.line("the longest fetch of them", [max(walls)], "s", most=FETCH_SECONDS)
    table.line("the most memory that one takes", [max(megabytes)], "MB", most=FETCH_MEGABYTES)


def silence(table: Table) -> None:
    """The whole command against a resolver that takes every question and says nothing."""
    with silent_port() as address:
        command = [sys.executable, "-m", "reputation", "auth", TWO_LEVELS, "--resolver", address, "-f", "json"]
        began = time.perf_counter()
        done = subprocess.run(command, capture_output=True, text=True, cwd=HERE.parents[1], check=False)
        wall = time.perf_counter() - began
    outcomes = {result["outcome"] for result in json.loads(done.stdout)["results"]}
    table.line("`reputation auth` when nobody answers", [wall], "s", most=SILENT_SECONDS)
    unknown = outcomes <= {"unknown", "skipped"} and done.returncode == 3
    table.must("then nothing is found and nothing is in order, and the exit status is 3", unknown)


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--rounds", type=int, default=5)
    rounds = arguments.parse_args().rounds
    require("nsd")
    table = Table()
    with tempfile.TemporaryDirectory() as folder, late_server(Path(folder)) as port:
        against_checkdmarc(port, rounds, table)
        deep_and_wide(port, rounds, table)
        hostile_pages(Path(folder), table)
    silence(table)
    suite.measure(table)
    return 1 if table.missed else 0


if __name__ == "__main__":
    sys.exit(main())
