"""What another filter says of a draft."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FilterOpinion:
    """Its name, its points, the points from which it calls mail spam, and the names of its rules that matched."""

    name: str
    points: float
    limit: float
    symbols: tuple[str, ...]
