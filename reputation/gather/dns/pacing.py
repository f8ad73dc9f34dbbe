"""Zones whose operators state a rate: their questions leave at that rate while the others go on."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence

_CATCH_UP = 0.05  # seconds by which a late turn of the loop may be made good


class _Zone:
    __slots__ = ("in_flight", "interval", "next_at", "queue")

    def __init__(self, interval: float) -> None:
        self.interval = interval
        self.next_at = 0.0
        self.queue: deque[int] = deque()
        self.in_flight = 0


class Pacing:
    """Splits question numbers into paced zones and the rest, and says which may leave now."""

    def __init__(self, names: Sequence[str], pace: Mapping[str, float], in_flight: int) -> None:
        self._limit = in_flight
        zones = {zone.lower().rstrip("."): _Zone(1.0 / rate) for zone, rate in pace.items() if rate > 0}
        self._zone_of: dict[int, _Zone] = {}
        self.free: Sequence[int] = range(len(names))
        if zones:
            self.free = [index for index, name in enumerate(names) if not self._queued(index, _zone_above(name, zones))]
        self._zones = [zone for zone in zones.values() if zone.queue]
        self.paced = bool(self._zone_of)
        self.waiting = len(self._zone_of)
        self.next_due = 0.0 if self._zones else float("inf")

    def _queued(self, index: int, zone: _Zone | None) -> bool:
        if zone is None:
            return False
        self._zone_of[index] = zone
        zone.queue.append(index)
        return True

    def due(self, now: float) -> list[int]:
        """The questions that may leave now; they count as under way until `done`."""
        out: list[int] = []
        for zone in self._zones:
            while zone.queue and zone.in_flight < self._limit and zone.next_at <= now:
                out.append(zone.queue.popleft())
                zone.in_flight += 1
                zone.next_at = max(zone.next_at, now - _CATCH_UP) + zone.interval
        self.waiting -= len(out)
        self._zones = [zone for zone in self._zones if zone.queue]
        ready = [zone.next_at for zone in self._zones if zone.in_flight < self._limit]
        self.next_due = min(ready, default=float("inf"))
        return out

    def done(self, index: int) -> None:
        """Question `index` is over: its zone may send the next."""
        zone = self._zone_of.get(index)
        if zone is not None:
            zone.in_flight -= 1
            if zone.queue:
                self.next_due = min(self.next_due, zone.next_at)


def _zone_above(name: str, zones: Mapping[str, _Zone]) -> _Zone | None:
    rest = name
    while rest:
        zone = zones.get(rest)
        if zone is not None:
            return zone
        rest = rest.partition(".")[2]
    return None
