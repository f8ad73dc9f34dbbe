"""What the engine may be told: how many questions are under way, how long it waits, when the run must end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolverOptions:
    """Times in seconds; `deadline` is a reading of time.monotonic() and outranks `run_time` when it is given.

    `window` bounds the questions that wait for their first answer; those that had to be asked again do not count, so
    that a slow zone does not hold up the others. `schedule` says how long to wait after each sending; what exceeds
    `lifetime` is cut off. `run_time` starts with the first question. `paced_in_flight` bounds each paced zone.
    `progress` is called now and then with the number of questions answered and the number of all.
    """

    window: int = 64
    sockets: int = 4
    schedule: tuple[float, ...] = (0.4, 0.8, 1.6, 3.2)
    lifetime: float = 5.0
    run_time: float = 30.0
    deadline: float | None = None
    paced_in_flight: int = 5
    progress: Callable[[int, int], None] | None = None

    def waits(self) -> tuple[float, ...]:
        """The schedule, its end cut so that the sum is the lifetime."""
        out: list[float] = []
        left = self.lifetime
        for wait in self.schedule:
            out.append(min(wait, left))
            left -= wait
            if left <= 0:
                return tuple(out)
        out[-1] += left
        return tuple(out)
