"""Ordinary mails: how many are called a bounce. The argument is a folder with manifest.tsv (label, corpus, ., file)."""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

from reputation import diagnose

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    rows = [line.split("\t") for line in (folder / "manifest.tsv").read_text("utf-8").splitlines()[1:]]
    counted: Counter[str] = Counter()
    started = time.perf_counter()
    for label, _, _, file, *_ in rows:
        if label == "ham":
            diagnosis = diagnose((folder / file).read_bytes())
            counted[diagnosis.verdict] += 1
            if diagnosis.verdict != "none":
                print(diagnosis.verdict, file, "- look whether this is a bounce that lies in the ham")
    seconds = time.perf_counter() - started
    print(dict(counted), f"{sum(counted.values()) / seconds:.0f} mails/s")
