"""Runs the command line for the tests, in this process or in one of its own."""

from __future__ import annotations

import ctypes
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


def process(
    *words: str, encoding: str = "utf-8", text_in: str = "", file_in: int | None = None, guest: bool = False,
    **variables: str,
) -> Ended:  # fmt: skip
    """In a process of its own, with `variables` over the environment of the test; a guest is nobody's superuser."""
    done = subprocess.run(
        [sys.executable, "-m", "reputation", *words],
        **({"input": text_in.encode()} if file_in is None else {"stdin": file_in}),
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": encoding, **variables},
        timeout=60,
        check=False,
        preexec_fn=_bound_by_modes if guest and os.name == "posix" and os.geteuid() == 0 else None,
    )
    return Ended(done.returncode, done.stdout.decode(encoding, "replace"), done.stderr.decode(encoding, "replace"))


def _bound_by_modes() -> None:
    """Root reads everything by two capabilities (capabilities(7)); without them modes hold for its own files too."""
    drop_from_bounding_set, overrides = 24, (1, 2)  # PR_CAPBSET_DROP; CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
    for capability in overrides:
        ctypes.CDLL(None).prctl(drop_from_bounding_set, capability, 0, 0, 0)


def sentences(text: str) -> Sequence[str]:
    """The lines that are not empty."""
    return [line for line in text.splitlines() if line.strip()]
