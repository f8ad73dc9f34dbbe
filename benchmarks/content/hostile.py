"""Slowest of five thousand mutated drafts, of the bombs, and of every pattern on 100 kB of each attack string.

    python benchmarks/content/hostile.py

Bounds: a mutated draft 1 s, a bomb 5 s, a pattern 50 ms. The inputs are those of tests/gather/test_hostile_drafts.py.
"""

from __future__ import annotations

import importlib.util
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
SEED = 20261124


def seconds(work: Callable[[], object]) -> float:
    """How long it took."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def mutated(raw: bytes, chance: random.Random) -> bytes:
    """Flipped, cut and doubled in up to fifteen places."""
    found = bytearray(raw)
    for _ in range(chance.randint(1, 15)):
        at, kind = chance.randrange(max(1, len(found))), chance.randrange(3)
        if kind == 0 and found:
            found[at] = chance.randrange(256)
        else:
            found[at : at + (kind == 1) * chance.randint(1, 60)] = found[at : at + 80] if kind == 2 else b""
    return bytes(found)


def main() -> None:
    spec = importlib.util.spec_from_file_location("hostile", ROOT / "tests" / "gather" / "test_hostile_drafts.py")
    assert spec and spec.loader
    inputs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(inputs)
    chance = random.Random(SEED)
    drafts = [(mutated(inputs.SEED, chance), chance.choice([".eml", ".html", ".txt", ".md"])) for _ in range(5_000)]
    print(f"seed {SEED}: slowest mutated draft {max(seconds(lambda d=d: inputs._run(*d)) for d in drafts):.3f} s")
    bombs = [(seconds(lambda raw=raw: inputs._run(raw)), name) for name, raw in inputs.BOMBS.items()]
    print("slowest bomb: {1}, {0:.2f} s".format(*max(bombs)))
    texts = [(attack * 100_000)[:100_000] for attack in inputs.ATTACKS]
    searched = [
        (min(seconds(lambda p=p, t=t: sum(1 for _ in p.finditer(t))) for _ in range(2)), name)
        for name, p in inputs._patterns()
        for t in texts
    ]
    print("slowest pattern: {1}, {0:.3f} s".format(*max(searched)))


if __name__ == "__main__":
    main()
