"""How long a command takes before it does anything: beside the bare interpreter, in the same rounds.

    python benchmarks/startup/bench.py [--rounds N]

Each round starts the bare interpreter and every command once. Times are CPU milliseconds of the process, compiled files
cached as in an installed program; the best, median and worst round are printed. PASS means that the median of `--help`
is at most 150 ms or 8 bare starts. Exit status 1 when it is not.
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

MOST_MS, MOST_BARE_STARTS = 150.0, 8.0
COMMANDS: Mapping[str, Sequence[str]] = {
    "bare interpreter": ["-c", "pass"],
    "--help": ["-m", "reputation", "--help"],
    "check --help": ["-m", "reputation", "check", "--help"],
    "version": ["-m", "reputation", "version"],
    "explain zen.spamhaus.org": ["-m", "reputation", "explain", "zen.spamhaus.org"],
    "lists": ["-m", "reputation", "lists"],
}


def cpu_ms(words: Sequence[str], environment: Mapping[str, str]) -> float:
    """CPU time of one run, in milliseconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *words], stdout=subprocess.DEVNULL, env=environment, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def measure(rounds: int) -> dict[str, list[float]]:
    """Command -> its times; one round to warm the cache is not counted."""
    with tempfile.TemporaryDirectory() as cache:
        environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        environment["PYTHONPYCACHEPREFIX"] = cache
        for words in COMMANDS.values():
            cpu_ms(words, environment)
        taken: dict[str, list[float]] = {name: [] for name in COMMANDS}
        for _ in range(rounds):
            for name, words in COMMANDS.items():
                taken[name].append(cpu_ms(words, environment))
    return taken


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    taken = measure(parser.parse_args().rounds)
    bare = statistics.median(taken["bare interpreter"])
    print(f"{'command':26} {'best':>6} {'median':>7} {'worst':>6}  bare starts")
    for name, times in taken.items():
        median = statistics.median(times)
        print(f"{name:26} {min(times):6.0f} {median:7.0f} {max(times):6.0f}  {median / bare:5.1f}")
    help_ms = statistics.median(taken["--help"])
    passed = help_ms <= MOST_MS or help_ms <= MOST_BARE_STARTS * bare
    print(f"{'PASS' if passed else 'FAIL'}: --help {help_ms:.0f} ms, {help_ms / bare:.1f} bare starts")
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
