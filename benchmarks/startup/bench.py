"""How long a command takes before it does anything: beside the bare interpreter, in the same rounds.

    python benchmarks/startup/bench.py [--rounds N]

Each round starts the bare interpreter and every command once, in an empty folder, the program compiled and started as
an installation does it. Times are CPU milliseconds of the process; the best, median and worst round are printed. PASS
means that the median of `--help` is at most 150 ms or 8 bare starts, and that a draft of 6 kB, as a file and pasted, is
linted and shown within 10 bare starts. Exit status 1 when one of them is not.
"""

from __future__ import annotations

import argparse
import compileall
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BARE, HELP, FILE, PASTE = "bare interpreter", "--help", "lint draft.eml", "lint, pasted"
HELP_MS, HELP_STARTS, LINT_STARTS = 150.0, 8.0, 10.0
COMMANDS: Mapping[str, Sequence[str]] = {
    HELP: ["--help"],
    "check --help": ["check", "--help"],
    "version": ["version"],
    "explain zen.spamhaus.org": ["explain", "zen.spamhaus.org"],
    "lists": ["lists"],
    FILE: ["lint", "draft.eml"],
    PASTE: ["lint"],
}
SCRIPT = "import sys\nfrom reputation.cli import main\nsys.exit(main())\n"  # what an installation puts on the PATH
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


def installed(folder: Path) -> Mapping[str, Sequence[str]]:
    """The program compiled into `folder`, as an installation does it; the words that start each command."""
    shutil.copytree(ROOT / "reputation", folder / "reputation", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "blocklists", folder / "blocklists")
    compileall.compile_dir(folder / "reputation", quiet=1)
    script = folder / "run.py"
    script.write_text(SCRIPT, "utf-8")
    return {BARE: ["-c", "pass"], **{name: [str(script), *words] for name, words in COMMANDS.items()}}


def cpu_ms(words: Sequence[str], folder: Path) -> float:
    """CPU time of one run, in milliseconds. Exit status 1 says only that something was found in the draft."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, *words], input=DRAFT.encode(), stdout=subprocess.DEVNULL, cwd=folder, check=False
    )
    if done.returncode not in (0, 1):
        sys.exit(f"{words} ended with {done.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def measure(rounds: int) -> dict[str, list[float]]:
    """Command -> its times; one round to warm the cache is not counted."""
    with tempfile.TemporaryDirectory() as program, tempfile.TemporaryDirectory() as place:
        starts, folder = installed(Path(program)), Path(place)
        (folder / "draft.eml").write_text(DRAFT, "utf-8")
        for words in starts.values():
            cpu_ms(words, folder)
        taken: dict[str, list[float]] = {name: [] for name in starts}
        for _ in range(rounds):
            for name, words in starts.items():
                taken[name].append(cpu_ms(words, folder))
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
