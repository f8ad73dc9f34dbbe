"""The engine behind the seam: cache, rounds for aliases, and each failure as Unknown with its cause."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Final, NamedTuple

from reputation.gather.dns.cache import Cache, Key
from reputation.gather.dns.engine import Exchange, Failure, Outcome
from reputation.gather.dns.options import ResolverOptions
from reputation.gather.dns.pacing import Pacing
from reputation.gather.dns.reading import Follow, read
from reputation.gather.dns.system import Server, parse_resolver
from reputation.model import Absent, Cause, Found, Observed, Unknown
from reputation.records.answer import Answer, Question
from reputation.records.wire import BadName, pack_question
from reputation.text import say

_BULK: Final = 1_000
_MAX_ROUNDS: Final = 9  # the name itself and MAX_ALIASES after it
_FAILURES: Final = {
    Failure.SILENT: (Cause.TIMEOUT, None),
    Failure.CLOSED: (Cause.TIMEOUT, say("no name server runs at the address of the resolver")),
    Failure.OUT_OF_TIME: (Cause.TIMEOUT, say("the time for the whole run was over")),
    Failure.NO_TCP: (Cause.TIMEOUT, say("the answer is too long for UDP, and the name server does not answer by TCP")),
    Failure.NO_RESOLVER: (Cause.OFFLINE, say("no resolver is known on this computer; name one with --resolver")),
    Failure.NO_WAY: (Cause.OFFLINE, say("this computer has no way to the resolver; is it connected to the network?")),
}
_BAD_NAME: Final = say("this is no name that DNS can be asked for, so it was not asked")


class _Round(NamedTuple):
    """Questions that travel together, as columns: what was asked, its packed form, and the aliases passed so far."""

    asked: list[Question]
    keys: list[Key]
    packed: list[bytes]
    seen: list[tuple[str, ...]]


class Resolver:
    """Implements `reputation.gather.lookup.Lookup` over real resolvers.

    `resolvers` are written as in `parse_resolver`; the first is asked, the next ones when it fails or stays silent.
    Raises BadResolver for what is no address. One object is one run: its cache and its time belong together.
    """

    def __init__(self, resolvers: Sequence[str], options: ResolverOptions | None = None) -> None:
        self._servers: tuple[Server, ...] = tuple(parse_resolver(text) for text in resolvers)
        self._options = options or ResolverOptions()
        self._deadline = self._options.deadline
        self._cache = Cache()
        self._base = 0

    @property
    def resolvers(self) -> tuple[str, ...]:
        """Who is asked, as "address:port"."""
        return tuple(str(server) for server in self._servers)

    def ask_many(
        self, questions: Sequence[Question], pace: Mapping[str, float] | None = None
    ) -> list[Observed[Answer]]:
        """See `Lookup.ask_many`."""
        keys = [(question.name.lower().rstrip("."), question.rdtype) for question in questions]
        with _no_collections(len(questions)):
            answers: dict[Key, Observed[Answer]] = {}
            following = self._wanted(keys, questions, answers)
            first = dict(zip(following.keys, following.asked, strict=True))
            for _ in range(_MAX_ROUNDS):
                if following.asked:
                    following = self._ask(following, answers, pace or {})
            return [
                answers[key] if first.get(key) is question else _for(question, answers[key])
                for question, key in zip(questions, keys, strict=True)
            ]

    def _wanted(
        self, keys: Sequence[Key], questions: Sequence[Question], answers: dict[Key, Observed[Answer]]
    ) -> _Round:
        """The questions that must travel, each once; what is in the cache or no name goes to `answers` at once."""
        now, known = time.monotonic(), self._cache.get
        wanted: dict[Key, Question] = {}
        packed: list[bytes] = []
        for key, question in zip(keys, questions, strict=True):
            if key in wanted or key in answers:
                continue
            answer = known(key, now)
            if answer is None:
                try:
                    packed.append(pack_question(*key))
                except BadName:
                    answer = Unknown(Cause.MALFORMED_ANSWER, question.source, _BAD_NAME)
            if answer is None:
                wanted[key] = question
            else:
                answers[key] = answer
        return _Round(list(wanted.values()), list(wanted), packed, [()] * len(packed))

    def _ask(self, now_asked: _Round, answers: dict[Key, Observed[Answer]], pace: Mapping[str, float]) -> _Round:
        """Ask; what is answered goes to `answers`, what ended at an alias comes back to be asked."""
        following = _Round([], [], [], [])
        outcomes = self._exchange(now_asked, pace)
        now, put = time.monotonic(), self._cache.put
        for question, key, packed, seen, outcome in zip(*now_asked, outcomes, strict=True):
            if isinstance(outcome, bytes):
                answer = read(question, packed, outcome, seen)
                if isinstance(answer, Follow):
                    answer = _after_alias(question, key, answer, following)
                put(key, answer, now, packed, outcome if isinstance(answer, Absent) else b"")
            else:
                cause, detail = _FAILURES[outcome]
                answer = Unknown(cause, question.source, detail)
                put(key, answer, now)
            answers[key] = answer
        return following

    def _exchange(self, asked: _Round, pace: Mapping[str, float]) -> list[Outcome]:
        if not self._servers:
            return [Failure.NO_RESOLVER] * len(asked.packed)
        if self._deadline is None:
            self._deadline = time.monotonic() + self._options.run_time
        exchange = Exchange(self._servers, self._options, self._deadline, self._base)
        pacing = Pacing([name for name, _ in asked.keys], pace, self._options.paced_in_flight)
        outcomes = exchange.run(asked.packed, pacing)
        self._base = exchange.base
        return outcomes


@contextmanager
def _no_collections(questions: int) -> Iterator[None]:
    """A bulk makes many objects and no cycles: looking for cycles would cost it a sixth of its time."""
    pause = questions >= _BULK and gc.isenabled()
    if pause:
        gc.disable()
    try:
        yield
    finally:
        if pause:
            gc.enable()


def _after_alias(question: Question, key: Key, follow: Follow, following: _Round) -> Observed[Answer]:
    """Queue the alias's target. The answer until it is asked, and for a target that cannot be."""
    try:
        packed = pack_question(follow.target, key[1])
    except BadName:
        return Unknown(Cause.MALFORMED_ANSWER, question.source, _BAD_NAME)
    following.asked.append(question)
    following.keys.append(key)
    following.packed.append(packed)
    following.seen.append(follow.seen)
    return Unknown(Cause.TIMEOUT, question.source)


def _for(question: Question, answer: Observed[Answer]) -> Observed[Answer]:
    """The answer under the caller's own name for the question; the first to ask has given its own already."""
    if answer.source == question.source:
        return answer
    if isinstance(answer, Found):
        name = question.shown.lower()
        return Found(replace(answer.value, canonical_name=name) if name else answer.value, question.source)
    return answer._replace(source=question.source)
