"""The questions for one list: where the subject and the user's key stand in the name, and what people may see of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from reputation.gather.list_tests import ListTest, entries
from reputation.model import Cause, Secret, Unknown
from reputation.records.answer import Question
from reputation.records.dnsxl import Blocklist, Kind
from reputation.records.dnsxl_names import is_key_label, reversed_labels
from reputation.records.target import kind_of
from reputation.text import say

MAX_NAME: Final = 253
_NEVER_LISTED: Final = ("127.0.0.1", "::ffff:7f00:1", "invalid")


@dataclass(frozen=True, slots=True)
class ListName:
    """The suffix that goes behind a subject: with the user's key for the wire, without it for people."""

    suffix: str
    shown: str = ""

    def question(self, labels: str, rdtype: str = "A") -> Question:
        """The question about a subject already in query order."""
        return Question(f"{labels}.{self.suffix}", rdtype, f"{labels}.{self.shown}" if self.shown else "")


def list_name(blocklist: Blocklist, keys: Mapping[str, Secret]) -> ListName | Unknown:
    """The name of the list as this user may ask it, or why he may not."""
    if not blocklist.key:
        return ListName(blocklist.zone)
    secret = keys.get(blocklist.key)
    if not secret:
        return Unknown(
            Cause.NO_KEY, "", say("it answers only with the key {label}, and none is set", label=blocklist.key)
        )
    if not is_key_label(secret.reveal()):
        detail = say(
            "the key {label} cannot be right: it may hold only letters, digits and hyphens", label=blocklist.key
        )
        return Unknown(Cause.NO_KEY, "", detail)
    return ListName(f"{secret.reveal()}.{blocklist.zone}", blocklist.zone)


def list_test(blocklist: Blocklist, kind: Kind, name: ListName) -> ListTest:
    """The questions that test this list for one kind of subject.

    Without a positive entry of this kind that of another kind is borrowed: it shows at least that the operator answers
    this resolver. Without a negative one, the entry that RFC 5782 section 5 forbids every list is asked: it costs a
    question, and finds a list that has begun to list the world.
    """
    own = entries(blocklist.test_listed, kind)
    unlisted = entries(blocklist.test_unlisted, kind) or entries(_NEVER_LISTED, kind)
    listed = _questions(name, own or blocklist.test_listed)
    return ListTest(blocklist, kind, listed, _questions(name, unlisted), borrowed=not own)


def _questions(name: ListName, points: Iterable[str]) -> tuple[Question, ...]:
    return tuple(name.question(_labels(point)) for point in points)


def _labels(point: str) -> str:
    return point if kind_of(point) is Kind.DOMAIN else reversed_labels(point)
