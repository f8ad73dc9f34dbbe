"""Which lists are asked: the default ones, all, or those that the user names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from reputation.catalogue.errors import CatalogueError, shown
from reputation.records.dnsxl import Blocklist, ClosedList
from reputation.text import Text, say, say_plural, verbatim

DEFAULT: Final = "default"
ALL: Final = "all"
_OR_BEFORE: Final = " or before"  # how a catalogue writes that the exact day is not known


@dataclass(frozen=True, slots=True)
class NotAskable:
    """A zone that holds neither addresses nor names as we can ask them, such as hashes; `reason` is an English id."""

    zone: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Selection:
    """The lists to ask, sorted by zone, and what the user should know about the choice; `keyless` are the zones that
    would be asked too if there were a key."""

    lists: tuple[Blocklist, ...]
    notes: tuple[Text, ...] = ()
    keyless: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Pool:
    """What may be chosen from, and what must be refused with its reason."""

    lists: tuple[Blocklist, ...]
    unconfirmed: tuple[Blocklist, ...]
    closed: tuple[ClosedList, ...]
    not_askable: tuple[NotAskable, ...]


def select(pool: Pool, spec: str | Sequence[str], keys: Set[str]) -> Selection:
    """See Catalogue.select."""
    if spec == DEFAULT:
        return _usable([one for one in pool.lists if one.default], keys, told=False)
    if spec == ALL:
        return _usable(pool.lists, keys, told=True)
    zones = [spec] if isinstance(spec, str) else spec
    chosen = {one.zone: one for one in (_named(pool, zone) for zone in zones)}
    return Selection(tuple(chosen[zone] for zone in sorted(chosen)), _doubts(chosen.values()))


def _usable(lists: Iterable[Blocklist], keys: Set[str], *, told: bool) -> Selection:
    """Without keyed lists that lack their key, and each fact asked only once."""
    wanted = list(lists)
    held = contained(wanted, keys)
    kept = tuple(one for one in _open(wanted, keys) if one.zone not in held)
    if not kept:
        raise CatalogueError(
            say("No list would be asked: name zones with --lists, put default = true into the catalogue, or set a key")
        )
    keyless = frozenset(one.zone for one in wanted if one.key and one.key not in keys)
    return Selection(kept, _without_key(wanted, keys) if told else (), keyless)


def contained(lists: Iterable[Blocklist], keys: Set[str]) -> frozenset[str]:
    """The zones whose entries one of these lists holds too, where it can be asked itself."""
    return frozenset(zone for one in _open(lists, keys) for zone in one.contains)


def _open(lists: Iterable[Blocklist], keys: Set[str]) -> list[Blocklist]:
    return [one for one in lists if not one.key or one.key in keys]


def _without_key(lists: Iterable[Blocklist], keys: Set[str]) -> tuple[Text, ...]:
    left_out = [one for one in lists if one.key and one.key not in keys]
    if not left_out:
        return ()
    labels = tuple(sorted({one.key for one in left_out}))
    return (
        say_plural(
            "{n} list is not asked, because it answers only with a key that you have not set: {keys}",
            "{n} lists are not asked, because they answer only with keys that you have not set: {keys}",
            len(left_out),
            keys=labels,
        ),
    )


def _doubts(lists: Iterable[Blocklist]) -> tuple[Text, ...]:
    doubtful = tuple(sorted(one.zone for one in lists if not one.confirmed))
    if not doubtful:
        return ()
    return (say("Little is known for sure about these lists, so their answers count little: {zones}", zones=doubtful),)


def _named(pool: Pool, asked: str) -> Blocklist:
    """The list of that very zone, in any spelling of the name; or the reason why it cannot be asked."""
    zone = asked.strip().rstrip(".").lower()
    for one in (*pool.lists, *pool.unconfirmed):
        if one.zone == zone:
            return one
    raise CatalogueError(_refusal(pool, zone))


def _refusal(pool: Pool, zone: str) -> Text:
    for dead in pool.closed:
        if is_closed(dead, zone):
            return say(
                "{zone} is closed ({name}, {closed}) and is not asked: {reason}",
                zone=zone,
                name=dead.name,
                closed=closed_when(dead),
                reason=Text(dead.reason),
            )
    for hashed in pool.not_askable:
        if hashed.zone == zone:
            return say(
                "{zone} ({name}) is not asked: {reason}", zone=zone, name=hashed.name, reason=Text(hashed.reason)
            )
    return _nearest(pool, zone)


def closed_when(dead: ClosedList) -> Text:
    """The date in words: the day, or the day by which it was certainly closed."""
    day = dead.closed.removesuffix(_OR_BEFORE)
    return say("{day} or before", day=day) if day != dead.closed else verbatim(day)


def is_closed(dead: ClosedList, zone: str) -> bool:
    """Whether `dead` speaks of this zone, by its name or by a suffix ("*.example.org" covers example.org too)."""
    if not dead.zone.startswith("*."):
        return dead.zone == zone
    suffix = dead.zone[2:]
    return zone == suffix or zone.endswith("." + suffix)


def _nearest(pool: Pool, zone: str) -> Text:
    near = tuple(get_close_matches(zone, [one.zone for one in (*pool.lists, *pool.unconfirmed)], n=3))
    if near:
        return say("The catalogue has no list {zone}; did you mean {near}?", zone=shown(zone), near=near)
    return say("The catalogue has no list {zone}; see all of them with: reputation lists --lists all", zone=shown(zone))
