"""One reader per field: the value as the program wants it, or a CatalogueError that says what is expected."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Final, TypeAlias, TypeVar

from reputation.catalogue.errors import Place
from reputation.catalogue.patterns import is_pattern, is_zone, kinds_of_test_point
from reputation.model import Severity
from reputation.records.dnsxl import Code, CodeSense, FairUse, Kind
from reputation.text import Text, say

E = TypeVar("E", bound=StrEnum)
Reader: TypeAlias = Callable[[Place, str, object], object]
_KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,40}")
_LINK: Final = re.compile(r"(?:https?://|mailto:)[^\s<>\"']{3,300}")
_MAX_CODES: Final = 256
_MAX_WORDS: Final = 2_000
_MAX_RATE: Final = 1_000_000.0


def words(place: Place, field: str, value: object) -> str:
    """Text as it may be shown; braces would be taken for the placeholders of a sentence."""
    if isinstance(value, str) and value.strip() and value.isprintable() and _plain(value):
        return value
    raise place.wrong(field, value, say("one line of text, at most {n} characters, without braces", n=_MAX_WORDS))


def _plain(text: str) -> bool:
    return len(text) <= _MAX_WORDS and "{" not in text and "}" not in text


def yes_or_no(place: Place, field: str, value: object) -> bool:
    """true or false."""
    if isinstance(value, bool):
        return value
    raise place.wrong(field, value, say("true or false"))


def day(place: Place, field: str, value: object) -> date:
    """A date without a time of day."""
    if type(value) is date:
        return value
    raise place.wrong(field, value, say("a date without quotes, such as 2026-11-23"))


def link(place: Place, field: str, value: object) -> str:
    """A web or mail address that a person can open."""
    if isinstance(value, str) and _LINK.fullmatch(value):
        return value
    raise place.wrong(field, value, say("a link that begins with https:// or mailto:"))


def zone(place: Place, field: str, value: object) -> str:
    """A DNS zone."""
    if isinstance(value, str) and is_zone(value):
        return value
    raise place.wrong(field, value, say("a DNS zone in lower case, such as bl.example.org"))


def closed_zone(place: Place, field: str, value: object) -> str:
    """A DNS zone, or a whole suffix."""
    if isinstance(value, str) and is_zone(value.removeprefix("*.")):
        return value
    raise place.wrong(field, value, say("a DNS zone such as bl.example.org, or a suffix such as *.example.org"))


def key_label(place: Place, field: str, value: object) -> str:
    """The name under which the user keeps the key."""
    if isinstance(value, str) and _KEY.fullmatch(value):
        return value
    raise place.wrong(field, value, say("a short label of a-z, 0-9 and _, such as spamhaus_dqs"))


def texts(place: Place, field: str, value: object) -> tuple[str, ...]:
    """A list of strings."""
    if isinstance(value, list) and all(isinstance(one, str) and one.isprintable() and one for one in value):
        return tuple(value)
    raise place.wrong(field, value, say("a list of texts in square brackets"))


def zones(place: Place, field: str, value: object) -> tuple[str, ...]:
    """A list of zones."""
    return tuple(zone(place, field, one) for one in texts(place, field, value))


def severity(place: Place, field: str, value: object) -> Severity:
    """One of the four levels of docs/severities.md."""
    return _member(place, field, value, Severity)


def kinds(place: Place, field: str, value: object) -> frozenset[Kind]:
    """What the list holds."""
    if not isinstance(value, list) or not value:
        raise place.wrong(field, value, say("a list of at least one of: {values}", values=tuple(Kind)))
    return frozenset(_member(place, field, one, Kind) for one in value)


def test_points(place: Place, field: str, value: object) -> tuple[str, ...]:
    """Subjects as they are asked: at most one IPv4 address, one IPv6 address and one name."""
    points = (value,) if isinstance(value, str) else texts(place, field, value)
    found = [kinds_of_test_point(point) for point in points]
    if not all(found) or len(set(found)) != len(found):
        raise place.wrong(field, value, say("an IP address or a name, or a list with at most one of each kind"))
    return points


def fair_use(place: Place, field: str, value: object) -> FairUse:
    """What the operator allows."""
    expected = say("a table such as {queries_per_day = 100000, queries_per_second = 5}")
    if not isinstance(value, dict) or not set(value) <= {"queries_per_day", "queries_per_second"}:
        raise place.wrong(field, value, expected)
    a_day, a_second = value.get("queries_per_day"), value.get("queries_per_second")
    if not (a_day is None or (type(a_day) is int and a_day > 0)):
        raise place.wrong(field, value, expected)
    if not (a_second is None or (type(a_second) in (int, float) and 0 < a_second <= _MAX_RATE)):
        raise place.wrong(field, value, expected)
    return FairUse(a_day, None if a_second is None else float(a_second))


def codes(place: Place, field: str, value: object) -> tuple[Code, ...]:
    """The code table in the order of the file."""
    if not isinstance(value, dict) or len(value) > _MAX_CODES:
        raise place.wrong(field, value, say("a table of codes and their meanings"))
    return tuple(_code(place, pattern, meaning) for pattern, meaning in value.items())


def _code(place: Place, pattern: str, value: object) -> Code:
    if not is_pattern(pattern):
        raise place.wrong(
            "codes",
            pattern,
            say("127.0.0.2, a range 127.0.0.10-11, a block 127.0.1.0/24, or one bit of the last octet such as &4"),
        )
    if isinstance(value, str):
        return Code(pattern, words(place, f'codes."{pattern}"', value))
    if not isinstance(value, dict) or not set(value) <= {"meaning", "as"}:
        expected = say('the meaning as text, or {meaning = "...", as = "policy"}')
        raise place.wrong(f'codes."{pattern}"', value, expected)
    meaning = words(place, f'codes."{pattern}".meaning', value.get("meaning"))
    return Code(pattern, meaning, _member(place, f'codes."{pattern}".as', value.get("as", "listed"), CodeSense))


def _member(place: Place, field: str, value: object, members: type[E]) -> E:
    if isinstance(value, str) and value in list(members):
        return members(value)
    raise place.wrong(field, value, say("one of: {values}", values=tuple(str(one) for one in members)))


def read(place: Place, table: Mapping[str, object], readers: Mapping[str, Reader]) -> dict[str, object]:
    """Every field of the table through its reader; a field without a reader is an error."""
    for field in table:
        if field not in readers:
            raise place.unknown(field, readers)
    return {field: readers[field](place, field, value) for field, value in table.items()}


def required(place: Place, table: Mapping[str, object], expected: Mapping[str, Text]) -> None:
    """Raises for the first field of `expected` that the table lacks."""
    for field, what in expected.items():
        if field not in table:
            raise place.missing(field, what)
