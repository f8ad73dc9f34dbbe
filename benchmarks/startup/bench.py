"""How long a command takes before it does anything: beside the bare interpreter, in the same rounds.

    python benchmarks/startup/bench.py [--rounds N]

Each round starts the bare interpreter and every command once, in an empty folder. Times are CPU milliseconds of the
process, compiled files cached as in an installed program; the best, median and worst round are printed. PASS means that
the median of `--help` is at most 150 ms or 8 bare starts, and that a draft of 6 kB, as a file and pasted, is linted and
shown within 10 bare starts. Exit status 1 when one of them is not.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
BARE, HELP, FILE, PASTE = "bare interpreter", "--help", "lint draft.eml", "lint, pasted"
HELP_MS, HELP_STARTS, LINT_STARTS = 150.0, 8.0, 10.0
COMMANDS: Mapping[str, Sequence[str]] = {
    BARE: ["-c", "pass"],
    HELP: ["-m", "reputation", "--help"],
    "check --help": ["-m", "reputation", "check", "--help"],
    "version": ["-m", "reputation", "version"],
    "explain zen.spamhaus.org": ["-m", "reputation", "explain", "zen.spamhaus.org"],
    "lists": ["-m", "reputation", "lists"],
    FILE: ["-m", "reputation", "lint", "draft.eml"],
    PASTE: ["-m", "reputation", "lint"],
}
_PARAGRAPH = """<p>Dear Mr. Brown, thank you for your order of the panels; you find
<a href="https://www.acme-trade.example/offers/17">our offer</a> below. It holds until 15 March.</p>
"""
DRAFT = f"""From: Anna Li <anna@acme-trade.example>
Subject: Quotation for LED panels
MIME-Version: 1.0
Content-Type: text/html; charset=utf-8

<html lang="en"><body>
{_PARAGRAPH * 36}<p>Anna Li, Acme Trade, 12 Harbour Road, Ningbo</p></body></html>
"""


class Place(NamedTuple):
    """Where a command runs."""

    folder: str
    environment: Mapping[str, str]


def cpu_ms(words: Sequence[str], place: Place) -> float:
    """CPU time of one run, in milliseconds. Exit status 1 says only that something was found in the draft."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, *words], input=DRAFT.encode(), stdout=subprocess.DEVNULL, env=place.environment,
        cwd=place.folder, check=False,
    )  # fmt: skip
    if done.returncode not in (0, 1):
        sys.exit(f"{words} ended with {done.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def measure(rounds: int) -> dict[str, list[float]]:
    """Command -> its times; one round to warm the cache is not counted."""
    with tempfile.TemporaryDirectory() as cache, tempfile.TemporaryDirectory() as folder:
        environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        place = Place(folder, environment | {"PYTHONPYCACHEPREFIX": cache, "PYTHONPATH": str(ROOT)})
        (Path(folder) / "draft.eml").write_text(DRAFT, "utf-8")
        for words in COMMANDS.values():
            cpu_ms(words, place)
        taken: dict[str, list[float]] = {name: [] for name in COMMANDS}
        for _ in range(rounds):
            for name, words in COMMANDS.items():
                taken[name].append(cpu_ms(words, place))
    return taken


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    taken = measure(parser.parse_args().rounds)
    medians = {name: statistics.median(times) for name, times in taken.items()}
    print(f"{'command':26} {'best':>6} {'median':>7} {'worst':>6}  bare starts")
    for name, times in taken.items():
        print(
            f"{name:26} {min(times):6.0f} {medians[name]:7.0f} {max(times):6.0f}  {medians[name] / medians[BARE]:5.1f}"
        )
    passed = [_judged(HELP, medians, HELP_STARTS, HELP_MS), *(_judged(n, medians, LINT_STARTS) for n in (FILE, PASTE))]
    return 0 if all(passed) else 1


def _judged(name: str, medians: Mapping[str, float], most_starts: float, most_ms: float = 0.0) -> bool:
    """Prints whether the command keeps within its bare starts, or its milliseconds."""
    starts = medians[name] / medians[BARE]
    passed = medians[name] <= most_ms or starts <= most_starts
    print(f"{'PASS' if passed else 'FAIL'}: {name} {medians[name]:.0f} ms, {starts:.1f} bare starts")
    return passed


if __name__ == "__main__":
    sys.exit(main())
