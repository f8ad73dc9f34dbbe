"""One table of a catalogue file as one object of the program."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from reputation.catalogue import fields
from reputation.catalogue.errors import Place
from reputation.catalogue.patterns import kinds_of_test_point
from reputation.catalogue.select import NotAskable
from reputation.model import Severity
from reputation.records.dnsxl import Blocklist, ClosedList, Kind
from reputation.text import Text, say

_LIST: Final[dict[str, fields.Reader]] = {
    "zone": fields.zone,
    "name": fields.words,
    "kinds": fields.kinds,
    "severity": fields.severity,
    "default": fields.yes_or_no,
    "full_name": fields.yes_or_no,
    "test_listed": fields.test_points,
    "test_unlisted": fields.test_points,
    "test_confirmed": fields.yes_or_no,
    "codes": fields.codes,
    "delist": fields.link,
    "delist_how": fields.words,
    "why": fields.words,
    "key": fields.key_label,
    "register": fields.link,
    "fair_use": fields.fair_use,
    "confirmed": fields.yes_or_no,
    "collective": fields.yes_or_no,
    "contains": fields.zones,
}
_UNKNOWN: Final = {name: _LIST[name] for name in ("zone", "name", "kinds", "why")} | {"operator": fields.words}
_CLOSED: Final = {"zone": fields.closed_zone} | dict.fromkeys(("name", "closed", "reason", "source"), fields.words)
_NOT_ASKABLE: Final = {"zone": fields.zone, "name": fields.words, "reason": fields.words}
_RFC_5782_TESTS: Final = {
    Kind.IP4: ("127.0.0.2", "127.0.0.1"),
    Kind.IP6: ("::ffff:7f00:2", "::ffff:7f00:1"),
    Kind.DOMAIN: ("test", "invalid"),
}


def list_of(place: Place, table: Mapping[str, object], head: Mapping[str, Any]) -> Blocklist:
    """One [[list]]; operator, date and sources come from the head of the file."""
    if "operator" not in head:
        raise Place(place.file, say("head of the file")).missing("operator", say("who runs the lists"))
    values: dict[str, Any] = fields.read(place, table, _LIST)
    fields.required(place, table, _expected("zone", "name", "kinds", "severity"))
    for point in (*values.get("test_listed", ()), *values.get("test_unlisted", ())):
        if not kinds_of_test_point(point) & values["kinds"]:
            raise place.wrong("test_listed, test_unlisted", point, say("a subject of a kind that the list holds"))
    return Blocklist(**values, **head, file=place.file)


def unconfirmed_of(place: Place, table: Mapping[str, object]) -> Blocklist:
    """One [[unknown]]: a list of which no more is known, tested as RFC 5782 section 5 wants, and weighing little."""
    values: dict[str, Any] = fields.read(place, table, _UNKNOWN)
    fields.required(place, table, _expected("zone", "name", "kinds", "why"))
    tests = [pair for kind, pair in _RFC_5782_TESTS.items() if kind in values["kinds"]]
    return Blocklist(
        operator=values.pop("operator", values["name"]),
        severity=Severity.INFORMATIONAL,
        confirmed=False,
        test_confirmed=False,
        test_listed=tuple(listed for listed, _ in tests),
        test_unlisted=tuple(unlisted for _, unlisted in tests),
        file=place.file,
        **values,
    )


def closed_of(place: Place, table: Mapping[str, object]) -> ClosedList:
    """One [[closed]]."""
    values: dict[str, Any] = fields.read(place, table, _CLOSED)
    fields.required(place, table, _expected("zone", "name", "closed", "reason", "source"))
    return ClosedList(**values)


def not_askable_of(place: Place, table: Mapping[str, object]) -> NotAskable:
    """One [[not_askable]]."""
    values: dict[str, Any] = fields.read(place, table, _NOT_ASKABLE)
    fields.required(place, table, _expected("zone", "name", "reason"))
    return NotAskable(**values)


def _expected(*names: str) -> dict[str, Text]:
    sentences = {
        "zone": say("a DNS zone in lower case, such as bl.example.org"),
        "kinds": say("a list of at least one of: {values}", values=tuple(str(kind) for kind in Kind)),
        "severity": say("one of: {values}", values=tuple(str(level) for level in Severity)),
    }
    return {name: sentences.get(name, say("text that is not empty")) for name in names}
