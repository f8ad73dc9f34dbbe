"""Mails made from the samples of the tests: as many different bounces as wanted, and broken ones."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from pathlib import Path

SAMPLES = Path(__file__).parents[2] / "tests" / "bounces" / "samples.toml"


def samples() -> list[tuple[str, str]]:
    """Text and charset of each sample."""
    read = tomllib.loads(SAMPLES.read_text("utf-8"))["sample"]
    return [(sample["message"].lstrip("\n"), sample.get("charset", "utf-8")) for sample in read]


def different(count: int) -> Iterator[bytes]:
    """Mails of which no two name the same domains, so that no cache helps."""
    known = samples()
    for number in range(count):
        text, charset = known[number % len(known)]
        yield text.replace(".example", f"{number}.example").encode(charset)


def mutated(count: int) -> Iterator[bytes]:
    """Samples with 1 to 40 bits turned, pieces cut out, doubled or taken from another one; the same ones every time."""
    chance = random.Random(2026)
    known = [text.encode(charset) for text, charset in samples()]
    for _ in range(count):
        raw = bytearray(chance.choice(known))
        for _ in range(chance.randint(1, 40)):
            _mutate(raw, chance, known)
        yield bytes(raw)


def _mutate(raw: bytearray, chance: random.Random, known: list[bytes]) -> None:
    at = chance.randrange(len(raw))
    kind = chance.randrange(4)
    if kind == 0:
        raw[at] ^= 1 << chance.randrange(8)
    elif kind == 1 and len(raw) > 100:
        del raw[at : at + chance.randrange(1, 40)]
    elif kind == 2:
        raw[at:at] = raw[at : at + chance.randrange(1, 400)]
    else:
        raw[at:at] = chance.choice(known)[: chance.randrange(1, 400)]
