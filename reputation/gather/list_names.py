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

    Where the catalogue knows no negative entry, the one that RFC 5782 section 5 demands of every list is asked: it
    costs a question, and finds a list that has begun to list the world.
    """
    listed = entries(blocklist.test_listed, kind)
    unlisted = entries(blocklist.test_unlisted, kind) or entries(_NEVER_LISTED, kind)
    return ListTest(blocklist, kind, _questions(name, listed, kind), _questions(name, unlisted, kind))


def _questions(name: ListName, points: Iterable[str], kind: Kind) -> tuple[Question, ...]:
    return tuple(name.question(_labels(point, kind)) for point in points)


def _labels(point: str, kind: Kind) -> str:
    return reversed_labels(point) if kind in (Kind.IP4, Kind.IP6) else point
