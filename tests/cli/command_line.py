"""Runs the command line for the tests, in this process or in one of its own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from typing import NamedTuple

from reputation.cli.frame.main import run


class Ended(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


def here(*words: str) -> Ended:
    """In this process."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run(words)
    return Ended(code, out.getvalue(), err.getvalue())


def process(*words: str, encoding: str = "utf-8", text_in: str = "", **variables: str) -> Ended:
    """In a process of its own, with `variables` over the environment of the test."""
    done = subprocess.run(
        [sys.executable, "-m", "reputation", *words],
        input=text_in.encode(),
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": encoding, **variables},
        timeout=60,
        check=False,
    )
    return Ended(done.returncode, done.stdout.decode(encoding, "replace"), done.stderr.decode(encoding, "replace"))


def sentences(text: str) -> Sequence[str]:
    """The lines that are not empty."""
    return [line for line in text.splitlines() if line.strip()]
