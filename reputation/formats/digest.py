"""Everything that one run of the watchman has to tell, in one message: the same things together, the worst first."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from reputation.checks.causes import REMEDY
from reputation.formats.alert_wire import Digest
from reputation.formats.clean import one_line
from reputation.formats.record_change import meaning
from reputation.formats.summary import CAUSES
from reputation.history.changes import Event, Kind
from reputation.model import Cause, Json
from reputation.text import Text, from_plain, render, say, say_plural, verbatim

MAX_LINES: Final = 60
_NAMED: Final = 5
_TOGETHER: Final = (Kind.BLIND, Kind.SIGHTED, Kind.LEFT)  # one resolver that is down is one paragraph, not fifty
_APART: Final = 3
_ORDER: Final = (
    Kind.LISTED, Kind.FAILING, Kind.RECORD_CHANGED, Kind.BLIND, Kind.REMINDER, Kind.DELISTED, Kind.MENDED, Kind.SIGHTED,
    Kind.LEFT,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestOptions:
    """`lists` maps zones to the names of lists; `keyword` is what a robot demands in each message."""

    language: str = "en"
    lists: Mapping[str, str] = field(default_factory=dict)
    keyword: str = ""


def digest(events: Sequence[Event], options: DigestOptions) -> Digest:
    """One message over all events; at least one is needed. The same events make the same id."""
    groups = _grouped(events)
    lines = [one_line(render(_line(group, options), options.language)) for group in groups]
    if len(lines) > MAX_LINES:
        more = say("and {n} more; `reputation history` shows all", n=len(lines) - MAX_LINES + 1)
        lines = [*lines[: MAX_LINES - 1], render(more, options.language)]
    ids = "\0".join(sorted(event.id for event in events))
    return Digest(
        id=hashlib.sha256(ids.encode()).hexdigest()[:32], title=one_line(render(_title(events), options.language)),
        lines=tuple(lines), events=tuple(_plain(event, options) for event in events), keyword=options.keyword,
    )  # fmt: skip


def as_text(told: Digest) -> str:
    """For cron's mail and e-mail: a title and a paragraph each."""
    return "\n".join([told.title, *(f"- {line}" for line in told.lines), *([told.keyword] if told.keyword else [])])


def _grouped(events: Sequence[Event]) -> list[list[Event]]:
    found: dict[tuple[str, ...], list[Event]] = defaultdict(list)
    for event in events:
        own = event.key.target if event.kind is Kind.RECORD_CHANGED else ""
        found[event.kind, event.key.check, event.key.zone, event.cause, own].append(event)
    return sorted(_joined(list(found.values())), key=lambda group: (_ORDER.index(group[0].kind), group[0].key.zone))


def _joined(groups: Sequence[list[Event]]) -> list[list[Event]]:
    """More than a few questions that fell silent for the same cause, or came back or left together, are one group."""
    together: dict[tuple[str, str], list[list[Event]]] = defaultdict(list)
    for group in groups:
        if group[0].kind in _TOGETHER:
            together[group[0].kind, group[0].cause].append(group)
    many = {key: [event for group in part for event in group] for key, part in together.items() if len(part) > _APART}
    return [*many.values(), *(group for group in groups if (group[0].kind, group[0].cause) not in many)]


def _title(events: Sequence[Event]) -> Text:
    counts = [(kind, sum(event.kind is kind for event in events)) for kind in _ORDER]
    return say("Reputation: {what}", what=tuple(_COUNTS[kind](n) for kind, n in counts if n))


_COUNTS: Final[Mapping[Kind, Callable[[int], Text]]] = {
    Kind.LISTED: lambda n: say_plural("{n} new listing", "{n} new listings", n),
    Kind.FAILING: lambda n: say_plural("{n} check began to fail", "{n} checks began to fail", n),
    Kind.RECORD_CHANGED: lambda n: say_plural("{n} record changed", "{n} records changed", n),
    Kind.BLIND: lambda n: say_plural("{n} question without an answer", "{n} questions without an answer", n),
    Kind.REMINDER: lambda n: say_plural("{n} reminder", "{n} reminders", n),
    Kind.DELISTED: lambda n: say_plural("{n} delisting", "{n} delistings", n),
    Kind.MENDED: lambda n: say_plural("{n} check mended", "{n} checks mended", n),
    Kind.SIGHTED: lambda n: say_plural("{n} question answered again", "{n} questions answered again", n),
    Kind.LEFT: lambda n: say_plural("{n} question no longer asked", "{n} questions no longer asked", n),
}


def _line(group: Sequence[Event], options: DigestOptions) -> Text:
    return _LINES[group[0].kind](group, _names(group, options))


def _names(group: Sequence[Event], options: DigestOptions) -> Text:
    """The lists, or the checks; lists first."""
    found = sorted({(not event.key.zone, _name(event, options)) for event in group})
    return _some([name for _, name in found])


def _name(event: Event, options: DigestOptions) -> str:
    return options.lists.get(event.key.zone, event.key.zone) or event.key.check


def _listed(group: Sequence[Event], name: Text) -> Text:
    return say(
        "New listing: {targets} on {list}, first seen {since}. {message}",
        targets=_targets(group), list=name, since=_day(group), message=_message(group[0]),
    )  # fmt: skip


def _delisted(group: Sequence[Event], name: Text) -> Text:
    return say(
        "No longer listed: {targets} on {list}, seen clean since {since}.",
        targets=_targets(group), list=name, since=_day(group),
    )  # fmt: skip


def _failing(group: Sequence[Event], name: Text) -> Text:
    return say(
        "Began to fail: {check} for {targets}. {message}",
        check=name, targets=_targets(group), message=_message(group[0]),
    )  # fmt: skip


def _mended(group: Sequence[Event], name: Text) -> Text:
    return say("Mended: {check} for {targets}.", check=name, targets=_targets(group))


def _blind(group: Sequence[Event], name: Text) -> Text:
    cause = Cause(group[0].cause)
    return say(
        "Since {since} the watchman is blind on {what} for {targets}: {cause}. This is no listing and no fault of"
        " yours; the last known state is kept. {remedy}",
        since=_day(group), what=name, targets=_targets(group), cause=CAUSES[cause], remedy=REMEDY[cause].text,
    )  # fmt: skip


def _sighted(group: Sequence[Event], name: Text) -> Text:
    return say(
        "{what} answers again for {targets}, after silence since {since}.",
        what=name, targets=_targets(group), since=_day(group),
    )  # fmt: skip


def _reminder(group: Sequence[Event], name: Text) -> Text:
    return say(
        "Still bad since {since}: {what} for {targets}. {message}",
        since=_day(group), what=name, targets=_targets(group), message=_message(group[0]),
    )  # fmt: skip


def _left(group: Sequence[Event], name: Text) -> Text:
    several = len({event.message for event in group}) > 1
    return say(
        "No longer asked about since {since}: {what} for {targets}. It was bad at the last look, and nobody saw it"
        " mended. What still sends for you should be named as a target. {message}",
        since=_day(group), what=name, targets=_targets(group), message=verbatim("") if several else _message(group[0]),
    )  # fmt: skip


def _record(group: Sequence[Event], name: Text) -> Text:
    event, nothing = group[-1], say("(no record)")
    return say(
        "The {name} record of {target} changed. Before: {old}. Now: {new}. {meaning}",
        name=name, target=event.key.target, old=event.old or nothing, new=event.new or nothing,
        meaning=meaning(event.key.check, event.old, event.new),
    )  # fmt: skip


_LINES: Final[Mapping[Kind, Callable[[Sequence[Event], Text], Text]]] = {
    Kind.LISTED: _listed, Kind.DELISTED: _delisted, Kind.FAILING: _failing, Kind.MENDED: _mended, Kind.BLIND: _blind,
    Kind.SIGHTED: _sighted, Kind.REMINDER: _reminder, Kind.RECORD_CHANGED: _record,
    Kind.LEFT: _left,
}  # fmt: skip


def _targets(group: Sequence[Event]) -> Text:
    return _some(sorted({event.key.target for event in group}, key=in_order))


def _some(names: Sequence[str]) -> Text:
    """The first of them, and how many more there are."""
    if len(names) <= _NAMED:
        return say("{targets}", targets=tuple(names))
    return say("{targets} and {n} more", targets=tuple(names[:_NAMED]), n=len(names) - _NAMED)


def in_order(name: str) -> list[tuple[bool, int, str]]:
    """203.0.113.9 stands before 203.0.113.10, and addresses before names."""
    parts = [(part, part.isdecimal() and part.isascii()) for part in name.split(".")]
    return [(False, int(part), "") if number else (True, 0, part) for part, number in parts]


def _day(group: Sequence[Event]) -> str:
    return moment(min(event.since for event in group))


def moment(at: float) -> str:
    """A time for people, in UTC; a time that no calendar has is shown as its number."""
    try:
        return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M UTC")
    except (OverflowError, ValueError, OSError):
        return f"{at:.0f}"


def sentence(stored: str) -> Text:
    """The sentence that was kept with an observation."""
    try:
        return from_plain(json.loads(stored), "") if stored else verbatim("")
    except ValueError:
        return verbatim("")


def _message(event: Event) -> Text:
    return sentence(event.message)


def _plain(event: Event, options: DigestOptions) -> dict[str, Json]:
    """For machines: codes and times, and the sentence beside them."""
    return {
        "id": event.id, "kind": event.kind.value, "target": event.key.target, "check": event.key.check,
        "zone": event.key.zone, "at": stamp(event.at), "since": stamp(event.since), "cause": event.cause,
        "severity": event.severity, "old": event.old, "new": event.new,
        "message": one_line(render(_message(event), options.language)),
    }  # fmt: skip


def stamp(at: float) -> str:
    """A time for machines: RFC 3339, UTC."""
    try:
        return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    except (OverflowError, ValueError, OSError):
        return f"{at:.0f}"
