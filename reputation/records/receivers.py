"""What large receivers ask of a sender: the data file beside this module."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

_FILE: Final = Path(__file__).parent / "receivers.toml"
BINDINGS: Final = ("all", "bulk", "advised")


@dataclass(frozen=True, slots=True)
class Demand:
    """One row: the id of the requirement, its English sentence (a message id), and whom it binds."""

    requirement: str
    what: str
    binds: str


@dataclass(frozen=True, slots=True)
class Receiver:
    """One receiver with its demands; `source` is the page, `seen` the day (ISO) it was read."""

    name: str
    source: str
    seen: str
    demands: tuple[Demand, ...]


@lru_cache(maxsize=1)
def receivers() -> tuple[Receiver, ...]:
    """All receivers of the data file, in its order."""
    raw = tomllib.loads(_FILE.read_text("utf-8"))
    words = {name: str(entry["what"]) for name, entry in raw["requirement"].items()}
    return tuple(
        Receiver(
            name=entry["name"],
            source=entry["source"],
            seen=entry["seen"].isoformat(),
            demands=tuple(Demand(name, words[name], binds) for name, binds in entry["asks"].items()),
        )
        for entry in raw["receiver"]
    )
