"""What a command needs before its first question: lists, policy, resolver or replay, recording, deadline."""

from __future__ import annotations

import difflib
import secrets
import sys
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING

import reputation
from reputation.cli.frame.options import Options
from reputation.cli.frame.progress import Progress
from reputation.gather.offline import OfflineLookup
from reputation.gather.recording import RecordingLookup, ReplayLookup, RunFacts
from reputation.model import BadInput, Run
from reputation.text import Text, render, say

if TYPE_CHECKING:
    from reputation.catalogue import Selection
    from reputation.gather.listings import ListingOptions
    from reputation.gather.lookup import Lookup
    from reputation.policy import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """One run that asks. `started` is the wall clock, `clock` a reading of time.monotonic() at the start."""

    lookup: Lookup
    started: datetime
    clock: float
    run_id: str
    probe: str
    options: Options
    alone: bool

    def run(self) -> Run:
        """The head of the report, as of now."""
        duration = round(time.monotonic() - self.clock, 2)
        if isinstance(self.lookup, RecordingLookup | ReplayLookup):
            duration = self.lookup.took(duration)
        return Run(
            id=self.run_id, started_at=self.started.isoformat(timespec="seconds").replace("+00:00", "Z"),
            duration_s=duration, resolvers=self.lookup.resolvers,
            offline=self.options.offline, language=self.options.language,
        )  # fmt: skip

    def listing_options(self) -> ListingOptions:
        """What the blocklist part may use."""
        from reputation.gather.folders import cache_folder, state_folder
        from reputation.gather.listings import ListingOptions

        return ListingOptions(
            now=self.started, keys=self.options.keys, probe=self.probe,
            cache_folder=None if self.alone else cache_folder(), state_folder=None if self.alone else state_folder(),
        )  # fmt: skip


def selection(options: Options) -> Selection:
    """The lists to ask. Raises a sentence for an unknown or closed list and for a mistake in the catalogue."""
    from reputation.catalogue import load

    spec = options.lists if options.lists in ("default", "all") else [z for z in options.lists.split(",") if z.strip()]
    if not spec:
        raise BadInput(say("--lists: expected default, all or zones separated by commas"))
    catalogue = load(options.blocklists)
    chosen = catalogue.select(spec, frozenset(options.keys))
    labels = {one.key for one in catalogue.lists if one.key}
    return replace(chosen, notes=(*chosen.notes, *_mistyped_keys(options.keys, labels)))


def _mistyped_keys(given: Iterable[str], labels: Collection[str]) -> Iterator[Text]:
    """Keys that no list asks for, but whose name is nearly one; other keys may serve other commands."""
    for name in sorted(set(given) - set(labels)):
        near = difflib.get_close_matches(name, labels, 1, 0.8)
        if near:
            yield say("No list uses a key called {name}; did you mean {near}?", name=name, near=near[0])


def policy_of(options: Options) -> Policy:
    """The policy with the user's changes. Raises BadInput."""
    from reputation.policy import built_in, with_changes

    return with_changes(options.policy) if options.policy else built_in()


@contextmanager
def asking(options: Options, *, alone: bool = False) -> Iterator[Asking]:
    """A run that may ask. Enter it after everything that the user typed has been read.

    `alone`: it neither uses nor changes what earlier runs learned. A run to be repeated is always alone.
    """
    clock, now = time.monotonic(), datetime.now(UTC)  # noqa: TID251 - the one clock of a run
    with Progress(options) as progress, ExitStack() as stack:
        inner = _lookup(options, clock + options.timeout, progress.tell)
        fresh = RunFacts(reputation.__version__, now.isoformat(), secrets.token_hex(12))
        facts = inner.facts if isinstance(inner, ReplayLookup) else fresh
        lookup = inner
        if options.record is not None:
            lookup = stack.enter_context(RecordingLookup(inner, options.record, facts))
            stack.callback(_tell_trouble, lookup, options)
        started = datetime.fromisoformat(facts.started_at)
        yield Asking(
            lookup=lookup, started=started, clock=clock, probe=facts.random_label, options=options,
            alone=alone or options.offline or options.record is not None or options.replay is not None,
            run_id=sha256(f"{facts.started_at} {facts.random_label}".encode()).hexdigest()[:16],
        )  # fmt: skip


def _lookup(options: Options, deadline: float, progress: Callable[[int, int], None]) -> Lookup:
    """A replay, nobody, or the real engine. Raises a sentence for a resolver or a recording that cannot be used."""
    if options.replay is not None:
        return ReplayLookup(options.replay)
    if options.offline:
        return OfflineLookup()
    from reputation.gather.dns import Resolver, ResolverOptions, system_resolvers

    resolvers = options.resolvers or system_resolvers()
    return Resolver(resolvers, ResolverOptions(deadline=deadline, progress=progress))


def _tell_trouble(lookup: RecordingLookup, options: Options) -> None:
    if lookup.trouble is not None:
        what = render(lookup.trouble, options.language)
        print(render(say("Error: {what}", what=what), options.language), file=sys.stderr)
