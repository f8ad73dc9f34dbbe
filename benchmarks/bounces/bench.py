"""How right and how fast bounces are read, beside the rule "5xx = hard" and beside flufl.bounce.

    python benchmarks/bounces/bench.py [--ham FOLDER] [--mutated N]

Everything is made here or fetched with pip (the real bounces of flufl-bounce 6.0.0; without a network they are left
out with a note). `--ham` adds a corpus of ordinary mails: a folder with manifest.tsv (label, corpus, ., file). PASS
means that the figure reaches the target; exit status 1 when one is missed.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import accuracy
import logs
import mails
import real_bounces
from table import Table

from reputation import diagnose
from reputation.bounces.diagnosis import diagnosed
from reputation.gather.mail_logs import failures_in_lines

ROUNDS = 5
MAILS_PER_SECOND, MEGABYTES, LINES_PER_SECOND, SLOWEST = 500, 60, 100_000, 1.0
RIGHT, RECOGNISED = 0.93, 0.95


def memory() -> float:
    """The most that this process ever took, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def per_second(work: Callable[[], object], count: int) -> list[float]:
    """How many of `count` things are done in a second, one figure a round."""
    rates = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        rates.append(count / (time.perf_counter() - started))
    return rates


def reply_lines(table: Table) -> None:
    rows = accuracy.held_out()
    ours, naive = accuracy.ours(rows), accuracy.by_first_digit(rows)
    table.line(f"{len(rows)} held-out reply lines, verdict right", [ours.verdict], "of 1", least=RIGHT)
    table.line("  precision of hard", [ours.precision], "of 1", least=RIGHT)
    table.line("  recall of hard", [ours.recall], "of 1")
    table.line("  reason right", [ours.reason], "of 1")
    table.line('  the rule "5xx = hard": verdict right', [naive.verdict], "of 1")
    table.line('  the rule "5xx = hard": precision of hard', [naive.precision], "of 1")


def real(table: Table, folder: Path) -> None:
    tests = real_bounces.fetched(folder)
    if tests is None:
        print(f"SKIP: {real_bounces.PINNED} can not be fetched")
        return
    wanted = real_bounces.expected_of(tests)
    bounces = {file: (tests / "data" / file).read_bytes() for file in wanted}
    named = [diagnose(raw).verdict not in ("none", "auto") for raw in bounces.values()]
    table.line(f"{len(wanted)} real bounces, recognised", [sum(named) / len(named)], "of 1", least=RECOGNISED)
    speed = _read(table, "reputation", real_bounces.ours, bounces, wanted, RECOGNISED)
    other = real_bounces.theirs(folder)
    if other is not None:
        beside = _read(table, "flufl.bounce", other, bounces, wanted, 0.0)
        table.line("  speed of reputation to that of flufl.bounce", [speed / beside], "times")


def _read(
    table: Table, name: str, reader: real_bounces.Reader, bounces: dict[str, bytes], wanted: dict[str, set[str]],
    least: float,
) -> float:  # fmt: skip
    """Shows how exactly and how fast `reader` finds the addresses; its median speed."""
    exact = sum(reader(bounces[file]) == wanted[file] for file in wanted) / len(wanted)
    table.line(f"  {name}: addresses exact", [exact], "of 1", least=least)
    rates = per_second(lambda: [reader(raw) for raw in bounces.values()], len(bounces))
    table.line(f"  {name}: speed", rates, "mails/s", least=MAILS_PER_SECOND if least else 0)
    return sorted(rates)[len(rates) // 2]


def own_mails(table: Table) -> None:
    made = list(mails.different(2_000))
    for raw in made[:100]:
        diagnose(raw)
    before = memory()
    table.line("2,000 different bounces", per_second(lambda: [diagnose(m) for m in made], len(made)), "mails/s",
               least=MAILS_PER_SECOND)  # fmt: skip
    table.line("  growth of memory", [memory() - before], "MB", most=MEGABYTES)


def log_lines(table: Table) -> None:
    written = logs.lines(100_000)
    rates = per_second(lambda: [diagnosed(one) for one in failures_in_lines(written)], len(written))
    table.line("a log of Postfix, read and diagnosed", rates, "lines/s", least=LINES_PER_SECOND)


def broken(table: Table, count: int) -> None:
    failed, times = 0, []
    for raw in mails.mutated(count):
        started = time.perf_counter()
        try:
            diagnose(raw)
        except Exception as error:  # what must never come is counted, whatever it is
            failed += 1
            print(type(error).__name__, error)
        times.append(time.perf_counter() - started)
    table.must(f"{count} mutated bounces, no exception", failed == 0)
    table.line("  the slowest of them", [max(times)], "s", most=SLOWEST)


def ham(table: Table, folder: Path) -> None:
    rows = [line.split("\t") for line in (folder / "manifest.tsv").read_text("utf-8").splitlines()[1:]]
    files = [file for label, _, _, file, *_ in rows if label == "ham"]
    called = [file for file in files if diagnose((folder / file).read_bytes()).verdict != "none"]
    table.line(f"{len(files)} ordinary mails, called something else", [len(called)], "mails")
    for file in called:
        print(f"  {file}: is it a bounce that lies in the ham?")


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ham", type=Path)
    parser.add_argument("--mutated", type=int, default=5_000)
    chosen = parser.parse_args(words)
    table = Table()
    reply_lines(table)
    own_mails(table)
    log_lines(table)
    broken(table, chosen.mutated)
    with tempfile.TemporaryDirectory() as folder:
        real(table, Path(folder))
    if chosen.ham:
        ham(table, chosen.ham)
    return int(table.missed)


if __name__ == "__main__":
    sys.exit(main())
