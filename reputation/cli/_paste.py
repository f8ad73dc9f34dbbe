"""What a person at a terminal is told who is about to paste."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from reputation.cli.frame import Options
from reputation.text import render, say


def invite(files: Sequence[str], options: Options) -> None:
    """Says on standard error how to end the paste, where standard input is read and somebody sits at it."""
    reads = not files or "-" in files
    if not reads or options.quiet or sys.stdin is None or not sys.stdin.isatty():
        return
    if os.name == "nt":
        sentence = say("Paste the text here. Then, on a new line, press Ctrl-Z and Enter.")
    else:
        sentence = say("Paste the text here. Then, on a new line, press Ctrl-D.")
    print(render(sentence, options.language), file=sys.stderr)
