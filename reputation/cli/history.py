"""`reputation history`: what the watchman remembers."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

from reputation.cli.frame import Argument, BadInput, Option, Options, deliver
from reputation.cli.frame.output import check_formats
from reputation.text import say
from reputation.whole_number import whole_number

if TYPE_CHECKING:
    from reputation.formats.history_view import TargetHistory
    from reputation.history.queries import Point
    from reputation.history.store import Store

HELP = say("Show what `watch` remembers: listings from when to when, the score over time, the difference of two runs.")
OFFLINE = True
NO_CHECKS = True
FORMATS: Final = ("table", "json", "csv", "html")
_LAST_RUNS: Final = 400
_ALL_RUNS: Final = 1_000_000
_DAY_S: Final = 86400.0
_TARGET: Final = say("Show this target alone; without it all are shown.")
_COMPARE: Final = say("Show what these two runs of the target answered differently.")
_EXPORT: Final = say("Write everything as JSON lines.")
_DAYS: Final = say("Show the runs of so many days.")
_STATE: Final = say("Where the history is kept.")


def command(
    options: Options,
    target: Annotated[str | None, Argument(metavar="TARGET", help=str(_TARGET))] = None,
    compare: Annotated[tuple[str, str] | None, Option("--compare", metavar="RUN RUN", help=str(_COMPARE))] = None,
    export: Annotated[bool, Option("--export", help=str(_EXPORT))] = False,
    days: Annotated[str | None, Option("--days", metavar="N", help=str(_DAYS))] = None,
    state: Annotated[str | None, Option("--state", metavar="FILE", help=str(_STATE))] = None,
) -> int:
    """Reads only; nothing is asked and nothing changed."""
    check_formats(options, FORMATS)
    since = _since(days)
    with closing(_opened(state, options)) as store, _sound(store):
        if export:
            return _export(store)
        if compare:
            return _compare(store, target, compare, options)
        histories = _histories(store, target, since)
    return deliver(lambda name: _rendered(name, histories, options), options, FORMATS)


def _since(days: str | None) -> float:
    if days is None:
        return 0.0
    number = whole_number(days, 1, 36_500)
    if number is None:
        raise BadInput(say("--days {text}: expected a number of days from 1 to 36500", text=days[:80]))
    now = datetime.now(UTC)  # noqa: TID251 - the clock of this run
    return (now - timedelta(days=number)).timestamp()


def _opened(state: str | None, options: Options) -> Store:
    from reputation.formats.history_view import nothing_yet
    from reputation.gather.folders import data_folder
    from reputation.history.store import StoreError, open_for_reading

    configured = options.watch.get("state", "")
    place = state or (configured if isinstance(configured, str) else "")
    file = Path(place).expanduser() if place else data_folder() / "watch.sqlite"
    if not file.is_file():
        raise BadInput(nothing_yet(str(file)))
    try:
        return open_for_reading(file)
    except StoreError as error:
        if error.kind == "newer":
            raise BadInput(
                say("{file} was written by a newer version of this program; update it.", file=str(file))
            ) from None
        raise BadInput(
            say("{file} cannot be read as a history: {problem}", file=str(file), problem=error.detail)
        ) from None


@contextmanager
def _sound(store: Store) -> Iterator[None]:
    """A database that turns out to be damaged while it is read is the user's trouble, not a fault of ours."""
    from sqlite3 import DatabaseError

    try:
        yield
    except (DatabaseError, UnicodeDecodeError) as error:
        raise BadInput(
            say("{file} cannot be read as a history: {problem}", file=str(store.path), problem=str(error))
        ) from None


def _histories(store: Store, target: str | None, since: float) -> list[TargetHistory]:
    from reputation.formats.digest import in_order
    from reputation.formats.history_view import TargetHistory, nothing_yet
    from reputation.history import queries

    known = queries.targets(store)
    if not known:
        raise BadInput(nothing_yet(str(store.path)))
    found, most = [], _ALL_RUNS if since else _LAST_RUNS
    part = _part(store, target) if target else ""
    names = queries.owners(store, part) if part else [_known(target, known)] if target else sorted(known, key=in_order)
    for name in names:
        points = _past([point for point in queries.points(store, name, most) if point.at >= since])
        spans = tuple(s for s in queries.spans(store, part or name) if s.until is None or s.until >= since)
        found.append(TargetHistory(name, points, spans))
    shown = [one for one in found if one.points]
    if not shown:
        raise BadInput(say("There was no run in this time."))
    return shown


def _past(points: Sequence[Point]) -> tuple[Point, ...]:
    """Without what a clock that was wrong wrote into the future: the last run would be one of those for ever."""
    latest = datetime.now(UTC).timestamp() + _DAY_S  # noqa: TID251 - the clock of this run
    return tuple(point for point in points if point.at <= latest) or tuple(points)


def _part(store: Store, target: str) -> str:
    """The address or name itself where it is no target of its own but a part of one; else nothing."""
    from reputation.history import queries
    from reputation.records.target import parse_target

    parsed = parse_target(target)
    name = parsed.domain or parsed.text
    owners = queries.owners(store, name)
    return name if owners and name not in owners else ""


def _known(target: str, known: tuple[str, ...]) -> str:
    import difflib

    from reputation.records.target import parse_target

    parsed = parse_target(target)
    name = parsed.domain or parsed.text
    if name in known:
        return name
    near = difflib.get_close_matches(name, known, 1)
    if near:
        raise BadInput(say("{target} was never watched; did you mean {near}?", target=name, near=near[0]))
    raise BadInput(say("{target} was never watched; `reputation history` shows what was.", target=name))


def _compare(store: Store, target: str | None, runs: tuple[str, str], options: Options) -> int:
    from reputation.formats.history_view import changes_json, changes_text
    from reputation.history import queries

    if not target:
        raise BadInput(say("--compare needs a target; give it in front."))
    name = _known(target, queries.targets(store))
    found = queries.difference(store, name, *runs)
    if found is None:
        raise BadInput(say("{target} has no such runs; `reputation history {target}` shows their ids.", target=name))
    made = {"table": lambda: changes_text(found, options.language), "json": lambda: changes_json(found)}
    return deliver(lambda format_name: made[format_name](), options, tuple(made))


def _export(store: Store) -> int:
    from reputation.history import queries

    for row in queries.export(store):
        sys.stdout.write(json.dumps(row) + "\n")
    return 0


def _rendered(name: str, histories: list[TargetHistory], options: Options) -> str:
    from reputation.cli.frame.reporting import render_options

    module = importlib.import_module(f"reputation.formats.history_{name}")
    return str(module.render(histories, render_options(name, options)))
