"""One fetch in a fresh process: `fetcher.py PORT ROOT` prints seconds, how much the memory grew, and the outcome."""

from __future__ import annotations

import json
import ssl
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from reputation.gather.http import FetchRules, fetch
from reputation.model import Found
from tests.fakes import FakeZone


def peak_kilobytes() -> int:
    """The most memory that this process has held; getrusage() would count that of its parent too."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))


def main() -> None:
    port, root = int(sys.argv[1]), sys.argv[2]
    zone = FakeZone({"mta-sts.example.com": {"A": ["127.0.0.1"]}})
    context = ssl.create_default_context(cafile=root)
    rules = FetchRules(port=port, context=lambda: context, permitted=lambda address: address.is_loopback)
    before, began = peak_kilobytes(), time.perf_counter()
    page = fetch("https://mta-sts.example.com/.well-known/mta-sts.txt", zone, rules)
    wall, after = time.perf_counter() - began, peak_kilobytes()
    said = str(page.value.problem or "read") if isinstance(page, Found) else str(getattr(page, "cause", "absent"))
    print(json.dumps({"wall": wall, "kilobytes": after - before, "said": said}))


if __name__ == "__main__":
    main()
