"""What the benchmarks share: a table of figures with spread and target, and processes that end with their block."""

from __future__ import annotations

import statistics
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager


@contextmanager
def process(command: Sequence[str]) -> Iterator[subprocess.Popen[str]]:
    """A process with its output in a pipe, terminated at the end."""
    started = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        yield started
    finally:
        started.terminate()
        started.wait(10)
        if started.stdout:
            started.stdout.close()


class Table:
    """Prints each figure with its spread and target, and remembers whether one was missed."""

    missed = False

    def line(self, what: str, values: Sequence[float], unit: str, *, least: float = 0.0, most: float = 0.0) -> None:
        """The median is held against the target; without a target the figure is only shown."""
        middle = statistics.median(values)
        passed = middle >= least and (not most or middle <= most)
        goal = f">= {least:g}" if least else f"<= {most:g}" if most else ""
        spread = f"{middle:10.3f} {unit:8} [{min(values):.3f} - {max(values):.3f}]"
        self.missed = self.missed or not passed
        print(f"{what:58} {spread:44} {goal:8} {('PASS' if passed else 'FAIL') if goal else ''}", flush=True)

    def must(self, what: str, holds: bool) -> None:
        """Something that is so or not."""
        self.missed = self.missed or not holds
        print(f"{what:103} {'PASS' if holds else 'FAIL'}", flush=True)
