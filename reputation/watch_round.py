"""A round of the watchman from the answers to the outbox. What cannot be saved is still told."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from reputation.formats.digest import DigestOptions
from reputation.history import leaving, ledger, outbox, queries
from reputation.history.changes import Event, Key, Observation, Rules
from reputation.history.store import Store, StoreError, open_store, set_aside
from reputation.watch_run import Watched
from reputation.watch_send import Receiver, Trouble, deliver
from reputation.watch_settings import WatchSettings

T = TypeVar("T")
U = TypeVar("U")
STDOUT: Final = "stdout"
_TOGETHER: Final = 100  # targets in one transaction
_DAY_S: Final = 86400.0


def rules_of(settings: WatchSettings) -> Rules:
    """When something counts as news."""
    return Rules(
        confirmations=settings.confirmations, apart_s=settings.confirm_minutes * 60, blind_after=settings.blind_after,
        remind_s=settings.remind_days * _DAY_S, leave_s=settings.leave_days * _DAY_S,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Opened:
    """The state, or None with the trouble. `aside` is where a damaged database was put."""

    store: Store | None
    trouble: StoreError | None = None
    aside: Path | None = None


def open_state(path: Path, stamp: str) -> Opened:
    """The state at `path`; a damaged one is put aside under the date `stamp`, and a new one begins."""
    try:
        return Opened(open_store(path))
    except StoreError as error:
        if error.kind != "corrupt":
            return Opened(None, error)
        try:
            aside = set_aside(path, stamp)
            return Opened(open_store(path), error, aside)
        except (OSError, StoreError):
            return Opened(None, error)


def aside_when_damaged(path: Path, trouble: StoreError | None, stamp: str) -> Path | None:
    """Damage that only showed while working: the file is put aside, so that the next run begins anew. Its new name."""
    if trouble is None or trouble.kind != "corrupt":
        return None
    try:
        return set_aside(path, stamp)
    except OSError:
        return None


class Book:
    """Keeps each target's run as it comes; the first failure to save ends the saving and not the run."""

    def __init__(self, store: Store | None, channels: Sequence[str], rules: Rules) -> None:
        self.store, self._channels, self._rules = store, tuple(channels), rules
        self.trouble: StoreError | None = None

    def kept(self, found: Iterable[Watched]) -> Iterator[Watched]:
        """The same targets, each saved before it is passed on."""
        waiting: list[Watched] = []
        for one in found:
            waiting.append(one)
            if len(waiting) == _TOGETHER or one.target.target.domain:
                self._keep(waiting)
                yield from waiting
                waiting = []
        self._keep(waiting)
        yield from waiting

    def confirm(self, seen: Sequence[Observation]) -> None:
        """A second look."""
        self._do(lambda store: ledger.confirm(store, seen, self._channels, self._rules), ())

    def unconfirmed(self, found: Sequence[Watched]) -> tuple[Watched, ...]:
        """The targets of which a change waits for a second look."""
        return tuple(one for one in found if self._pending(one))

    def confirmable(self, again: Watched) -> list[Observation]:
        """Of a second look only the questions whose change waits."""
        waiting = self._pending(again)
        return [observation for observation in again.run.observations if observation.key in waiting]

    def _pending(self, one: Watched) -> frozenset[Key]:
        return self._do(lambda store: queries.pending(store, one.target.name), frozenset[Key]())

    def listed_since(self, found: Sequence[Watched]) -> dict[tuple[str, str], float]:
        """Since when each confirmed listing stands, by watched target (or address of a watched block) and zone."""
        by_subject: dict[str, list[queries.Span]] = {}
        for span in self._do(queries.spans, ()):
            if span.until is None and span.zone:
                by_subject.setdefault(span.target, []).append(span)
        begun: dict[tuple[str, str], float] = {}
        for one in found:
            for subject in one.run.subjects:
                for span in by_subject.get(subject, ()):
                    name = subject if subject in one.target.target.ips else one.target.name
                    begun[name, span.zone] = min(span.since, begun.get((name, span.zone), span.since))
        return begun

    def waiting(self) -> dict[str, int]:
        """How many events each channel has not taken yet."""
        names = [name for name in self._channels if name != STDOUT]
        return self._do(lambda store: {name: outbox.waiting(store, name) for name in names}, dict[str, int]())

    def last_success(self, now: float) -> float | None:
        """When a run, this one included, last found something out."""
        return self._do(lambda store: queries.last_success(store, now), None)

    def without_key(self, zones: Collection[str], found: Sequence[Watched], now: float) -> None:
        """A list that was asked before and has lost its key must not fall silent by itself."""
        subjects = frozenset(subject for one in found for subject in one.run.subjects)
        lost = ledger.LostKey(zones, subjects, now)
        if zones:
            self._do(lambda store: ledger.lost_key(store, lost, self._channels, self._rules), ())

    def leave(self, now: float) -> None:
        """What is no longer asked about leaves."""
        self._do(lambda store: leaving.leave(store, now, self._channels, self._rules), ())

    def forget(self, before: float) -> None:
        """Retention."""
        self._do(lambda store: queries.forget(store, before), 0)

    def news(self, now: float) -> tuple[Event, ...]:
        """What waits to be printed."""
        return self._do(lambda store: outbox.due(store, STDOUT, now), ())

    def printed(self, events: Sequence[Event], now: float) -> None:
        """It was."""
        self._do(lambda store: outbox.sent(store, STDOUT, events, now), None)

    def delivered(self, to: Sequence[Receiver], options: DigestOptions, now: float) -> tuple[Trouble, ...]:
        """Sends what waits for the channels; what went wrong."""
        return self._do(lambda store: deliver(store, to, options, now), ())

    def _keep(self, waiting: Sequence[Watched]) -> None:
        if waiting:
            runs = [one.run for one in waiting]
            self._do(lambda store: ledger.keep_all(store, runs, self._channels, self._rules), ())

    def _do(self, work: Callable[[Store], T], otherwise: U) -> T | U:
        """After the first trouble nothing is tried any more: `otherwise` stands for what would have come."""
        if self.store is None or self.trouble:
            return otherwise
        try:
            return work(self.store)
        except StoreError as error:
            self.trouble = error
            return otherwise
