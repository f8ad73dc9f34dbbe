"""A round of the watchman from the answers to the outbox. What cannot be saved is still told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from reputation.history import ledger, outbox, queries
from reputation.history.changes import Event, Observation, Rules
from reputation.history.store import Store, StoreError, open_store, set_aside
from reputation.watch_run import Watched
from reputation.watch_settings import WatchSettings

STDOUT: Final = "stdout"
_TOGETHER: Final = 100  # targets in one transaction
_DAY_S: Final = 86400.0


def rules_of(settings: WatchSettings) -> Rules:
    """When something counts as news."""
    return Rules(
        confirmations=settings.confirmations, apart_s=settings.confirm_minutes * 60, blind_after=settings.blind_after,
        remind_s=settings.remind_days * _DAY_S,
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
        self._save(lambda store: ledger.confirm(store, seen, self._channels, self._rules))

    def unconfirmed(self, found: Sequence[Watched]) -> tuple[Watched, ...]:
        """The targets of which a change waits for a second look."""
        store = self.store
        if store is None or self.trouble:
            return ()
        return tuple(one for one in found if queries.pending(store, one.target.name))

    def confirmable(self, again: Watched) -> list[Observation]:
        """Of a second look only the questions whose change waits."""
        waiting = queries.pending(self.store, again.target.name) if self.store else frozenset()
        return [observation for observation in again.run.observations if observation.key in waiting]

    def listed_since(self, found: Sequence[Watched]) -> dict[tuple[str, str], float]:
        """Since when each confirmed listing stands, by watched target (or address of a watched block) and zone."""
        if self.store is None:
            return {}
        begun: dict[tuple[str, str], float] = {}
        standing = [span for span in queries.spans(self.store) if span.until is None and span.zone]
        by_subject: dict[str, list[queries.Span]] = {}
        for span in standing:
            by_subject.setdefault(span.target, []).append(span)
        for one in found:
            for subject in one.run.subjects:
                for span in by_subject.get(subject, ()):
                    name = subject if subject in one.target.target.ips else one.target.name
                    begun[name, span.zone] = min(span.since, begun.get((name, span.zone), span.since))
        return begun

    def forget(self, before: float) -> None:
        """Retention."""
        self._save(lambda store: queries.forget(store, before))

    def news(self, now: float) -> tuple[Event, ...]:
        """What waits to be printed."""
        return outbox.due(self.store, STDOUT, now) if self.store else ()

    def printed(self, events: Sequence[Event], now: float) -> None:
        """It was."""
        self._save(lambda store: outbox.sent(store, STDOUT, events, now))

    def _keep(self, waiting: Sequence[Watched]) -> None:
        if waiting:
            self._save(lambda store: ledger.keep_all(store, (one.run for one in waiting), self._channels, self._rules))

    def _save(self, write: Callable[[Store], object]) -> None:
        if self.store is None or self.trouble:
            return
        try:
            write(self.store)
        except StoreError as error:
            self.trouble = error
