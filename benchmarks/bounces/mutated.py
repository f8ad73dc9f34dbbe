"""Mutated bounces: any exception, and the slowest of them."""

from __future__ import annotations

import random
import sys
import time
import tomllib
from pathlib import Path

from reputation import diagnose

SAMPLES = Path(__file__).parents[2] / "tests" / "bounces" / "samples.toml"


def mutated(chance: random.Random, samples: list[bytes]) -> bytes:
    raw = bytearray(chance.choice(samples))
    for _ in range(chance.randint(1, 40)):
        at = chance.randrange(len(raw))
        kind = chance.randrange(4)
        if kind == 0:
            raw[at] ^= 1 << chance.randrange(8)
        elif kind == 1 and len(raw) > 100:
            del raw[at : at + chance.randrange(1, 40)]
        elif kind == 2:
            raw[at:at] = raw[at : at + chance.randrange(1, 400)]
        else:
            raw[at:at] = chance.choice(samples)[: chance.randrange(1, 400)]
    return bytes(raw)


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    samples = [
        s["message"].lstrip("\n").encode(s.get("charset", "utf-8"))
        for s in tomllib.loads(SAMPLES.read_text("utf-8"))["sample"]
    ]
    chance = random.Random(2026)
    slowest, failed = 0.0, 0
    for _ in range(count):
        raw = mutated(chance, samples)
        started = time.perf_counter()
        try:
            diagnose(raw)
        except Exception as error:
            failed += 1
            print(type(error).__name__, error)
        slowest = max(slowest, time.perf_counter() - started)
    print(f"{count} mutated bounces: {failed} exceptions, slowest {1000 * slowest:.0f} ms")
