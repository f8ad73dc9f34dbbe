"""The engine behind the seam: cache, rounds for aliases, and each failure as Unknown with its cause."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple, TypeAlias

from reputation.gather.dns.cache import Cache, Key
from reputation.gather.dns.engine import Exchange, Failure, Outcome, Packed
from reputation.gather.dns.options import ResolverOptions
from reputation.gather.dns.pacing import Pacing
from reputation.gather.dns.reading import Follow, read
from reputation.gather.dns.system import Server, parse_resolver
from reputation.model import Absent, Cause, Found, Observed, Unknown
from reputation.records.answer import Answer, Question
from reputation.records.wire import BadName, pack_question
from reputation.text import say

_MAX_ROUNDS: Final = 9  # the name itself and MAX_ALIASES after it
_FAILURES: Final = {
    Failure.SILENT: (Cause.TIMEOUT, None),
    Failure.OUT_OF_TIME: (Cause.TIMEOUT, say("the time for the whole run was over")),
    Failure.NO_TCP: (Cause.TIMEOUT, say("the answer is too long for UDP, and the name server does not answer by TCP")),
    Failure.NO_RESOLVER: (Cause.OFFLINE, say("no resolver is known on this computer; name one with --resolver")),
    Failure.NO_WAY: (Cause.OFFLINE, say("this computer has no way to the resolver; is it connected to the network?")),
}
_BAD_NAME: Final = say("this is no name that DNS can be asked for, so it was not asked")


class _Asked(NamedTuple):
    """A question under way: what the caller asked, what travels now (the target of an alias later), names passed."""

    key: Key
    question: Question
    name: str
    packed: Packed
    seen: tuple[str, ...] = ()


_Answers: TypeAlias = "dict[Key, Observed[Answer]]"


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
        now = time.monotonic()
        keys = [(question.name.lower().rstrip("."), question.rdtype) for question in questions]
        answers: _Answers = {}
        wanted = self._wanted(keys, questions, answers, now)
        for _ in range(_MAX_ROUNDS):
            if not wanted:
                break
            wanted = self._round(wanted, answers, pace or {})
        return [_for(question, answers[key]) for question, key in zip(questions, keys, strict=True)]

    def _wanted(
        self, keys: Sequence[Key], questions: Sequence[Question], answers: _Answers, now: float
    ) -> list[_Asked]:
        """The questions that must travel, each once; what is in the cache or no name goes to `answers` at once."""
        out: dict[Key, _Asked] = {}
        for key, question in zip(keys, questions, strict=True):
            if key in out or key in answers:
                continue
            known = self._cache.get(key, now)
            if known is not None:
                answers[key] = known
                continue
            name, rdtype = key
            try:
                out[key] = _Asked(key, question, name, Packed(pack_question(name, rdtype), rdtype != "A"))
            except BadName:
                answers[key] = Unknown(Cause.MALFORMED_ANSWER, question.source, _BAD_NAME)
        return list(out.values())

    def _round(self, wanted: list[_Asked], answers: _Answers, pace: Mapping[str, float]) -> list[_Asked]:
        """Ask; what is answered goes to `answers`, what ended at an alias comes back to be asked."""
        followed: list[_Asked] = []
        now = time.monotonic()
        for asked, outcome in zip(wanted, self._exchange(wanted, pace), strict=True):
            if isinstance(outcome, Failure):
                cause, detail = _FAILURES[outcome]
                answers[asked.key] = failure = Unknown(cause, asked.question.source, detail)
                self._cache.put(asked.key, failure, now)
                continue
            answer = read(asked.question, asked.packed.question, outcome, asked.seen)
            if isinstance(answer, Follow):
                answer = _after_alias(asked, answer, followed)
            answers[asked.key] = answer
            data = outcome if isinstance(answer, Absent) else b""
            self._cache.put(asked.key, answer, now, asked.packed.question, data)
        return followed

    def _exchange(self, wanted: list[_Asked], pace: Mapping[str, float]) -> list[Outcome]:
        if not self._servers:
            return [Failure.NO_RESOLVER] * len(wanted)
        if self._deadline is None:
            self._deadline = time.monotonic() + self._options.run_time
        exchange = Exchange(self._servers, self._options, self._deadline, self._base)
        pacing = Pacing([asked.name for asked in wanted], pace, self._options.paced_in_flight)
        outcomes = exchange.run([asked.packed for asked in wanted], pacing)
        self._base = exchange.base
        return outcomes


def _after_alias(asked: _Asked, follow: Follow, followed: list[_Asked]) -> Observed[Answer]:
    """Queue the alias's target. The answer until it is asked, and for a target that cannot be."""
    try:
        packed = asked.packed._replace(question=pack_question(follow.target, asked.key[1]))
    except BadName:
        return Unknown(Cause.MALFORMED_ANSWER, asked.question.source, _BAD_NAME)
    followed.append(_Asked(asked.key, asked.question, follow.target, packed, follow.seen))
    return Unknown(Cause.TIMEOUT, asked.question.source)


def _for(question: Question, answer: Observed[Answer]) -> Observed[Answer]:
    """The answer under the caller's own name for the question; the first to ask has given its own already."""
    if answer.source == question.source:
        return answer
    if isinstance(answer, Found) and question.shown:
        shown = replace(answer.value, canonical_name=question.shown.lower())
        return Found(shown, question.source)
    return replace(answer, source=question.source)
