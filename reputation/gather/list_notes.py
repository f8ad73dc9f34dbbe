"""What is said once about a run, instead of once for every list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from reputation.facts.listing import ListAnswer
from reputation.gather.list_tests import LISTS_NOTHING
from reputation.model import Cause
from reputation.records.dnsxl import State
from reputation.records.dnsxl_codes import outside_loopback
from reputation.text import Text, say, say_plural

_SEVERAL: Final = 2


def notes(answers: Iterable[ListAnswer], resolvers: Sequence[str], *, rewrites: bool) -> tuple[Text, ...]:
    """Why many lists stayed unknown at once, and the way out. `answers`: at least one for each list."""
    by_zone = {answer.blocklist.zone: answer for answer in answers if answer.unknown}
    found = tuple(by_zone[zone] for zone in sorted(by_zone))
    if rewrites or _same_address_everywhere(found):
        return (
            say(
                "The resolver {resolver} invents answers for names that do not exist, so no blocklist can be believed "
                "through it. Name another one with --resolver, best your own.",
                resolver=tuple(resolvers),
            ),
        )
    refusing = [answer for answer in found if _refuses(answer)]
    return _refused(refusing, resolvers) if len(refusing) >= _SEVERAL else ()


def _refuses(answer: ListAnswer) -> bool:
    """By a code that says so, or without a word: its own test entry came back as not listed."""
    unknown = answer.unknown
    return unknown is not None and (unknown.cause is Cause.BLOCKED_BY_OPERATOR or unknown.detail == LISTS_NOTHING)


def _refused(refusing: Sequence[ListAnswer], resolvers: Sequence[str]) -> tuple[Text, ...]:
    return (
        say_plural(
            "{n} list refuses to answer the resolver {resolver} ({names}). Three ways out: your own recursive resolver "
            "(--resolver), a free key of the operator, or another list.",
            "{n} lists refuse to answer the resolver {resolver} ({names}). Three ways out: your own recursive resolver "
            "(--resolver), a free key of the operator, or another list.",
            len(refusing),
            resolver=tuple(resolvers),
            names=tuple(answer.blocklist.name for answer in refusing),
        ),
    )


def _same_address_everywhere(found: Iterable[ListAnswer]) -> bool:
    """Lists of two operators cannot both be parked at one address: the resolver put it there."""
    operators: dict[str, set[str]] = {}
    for answer in found:
        if answer.state is State.UNTRUSTED:
            for address in outside_loopback(tuple(hit.address for hit in answer.codes)):
                operators.setdefault(address, set()).add(answer.blocklist.operator)
    return any(len(names) >= _SEVERAL for names in operators.values())
