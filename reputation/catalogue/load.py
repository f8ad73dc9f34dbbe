"""From a folder of TOML files to the catalogue."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from reputation.bad_input import problem_of
from reputation.catalogue import fields
from reputation.catalogue.entries import closed_of, list_of, not_askable_of, unconfirmed_of
from reputation.catalogue.errors import CatalogueError, Place, shown
from reputation.catalogue.patterns import is_zone
from reputation.catalogue.select import NotAskable
from reputation.catalogue.types import Catalogue
from reputation.records.dnsxl import Blocklist, ClosedList
from reputation.text import say

_MAX_BYTES: Final = 1_000_000
_MAX_FILES: Final = 1_000
_MAX_COMPLAINT: Final = 200  # characters of the parser's own message, which ends with line and column
_HEADER: Final[dict[str, fields.Reader]] = {"operator": fields.words, "checked": fields.day, "sources": fields.texts}
_TABLES: Final = ("list", "unknown", "closed", "not_askable")


@dataclass(slots=True)
class _Shelf:
    """What has been read so far."""

    lists: dict[str, Blocklist] = field(default_factory=dict)
    unconfirmed: dict[str, Blocklist] = field(default_factory=dict)
    closed: dict[str, ClosedList] = field(default_factory=dict)
    not_askable: dict[str, NotAskable] = field(default_factory=dict)


def built_in_folder() -> Path:
    """The lists that we ship: inside the package when it was installed, beside it in a checkout."""
    package = Path(__file__).parent.parent
    inside = package / "blocklists"
    return inside if inside.is_dir() else package.parent / "blocklists"


def load(folder: Path | None = None) -> Catalogue:
    """The catalogue of `folder`, or the built-in one. Raises CatalogueError at the first mistake, in file order.

    A folder of one's own replaces the built-in lists; the zones that we know as closed stay closed, except those that
    the folder itself defines as lists.
    """
    shelf = _read_folder(folder or built_in_folder())
    if folder is not None:
        _keep_closed(shelf, _read_file(_Shelf(), built_in_folder() / "closed.toml"))
    return Catalogue(
        lists=tuple(shelf.lists[zone] for zone in sorted(shelf.lists)),
        closed=tuple(shelf.closed[zone] for zone in sorted(shelf.closed)),
        folder=folder or built_in_folder(),
        unconfirmed=tuple(shelf.unconfirmed[zone] for zone in sorted(shelf.unconfirmed)),
        not_askable=tuple(shelf.not_askable[zone] for zone in sorted(shelf.not_askable)),
    )


def _keep_closed(shelf: _Shelf, built_in: _Shelf) -> None:
    for zone, dead in built_in.closed.items():
        if zone not in shelf.lists:
            shelf.closed.setdefault(zone, dead)


def _read_folder(folder: Path) -> _Shelf:
    paths = sorted(folder.glob("*.toml")) if folder.is_dir() else []
    if not paths:
        raise CatalogueError(say("There is no catalogue in {folder}: no .toml file was found", folder=str(folder)))
    if len(paths) > _MAX_FILES:
        raise CatalogueError(say("{folder} holds more than {n} .toml files", folder=str(folder), n=_MAX_FILES))
    shelf = _Shelf()
    for path in paths:
        _read_file(shelf, path)
    return shelf


def _read_file(shelf: _Shelf, path: Path) -> _Shelf:
    document = _parse(path)
    place = Place(path.name, say("head of the file"))
    head = {name: value for name, value in document.items() if name not in _TABLES}
    facts = fields.read(place, head, _HEADER)
    for position, table in _entries(document, "list", path.name):
        _put(shelf, shelf.lists, list_of(position, table, facts))
    for position, table in _entries(document, "unknown", path.name):
        _put(shelf, shelf.unconfirmed, unconfirmed_of(position, table))
    for position, table in _entries(document, "closed", path.name):
        _put(shelf, shelf.closed, closed_of(position, table))
    for position, table in _entries(document, "not_askable", path.name):
        _put(shelf, shelf.not_askable, not_askable_of(position, table))
    return shelf


def _put(shelf: _Shelf, part: dict[str, Any], entry: Any) -> None:
    """A zone stands in one place only: two descriptions of it would contradict each other sooner or later."""
    for other in (shelf.lists, shelf.unconfirmed, shelf.closed, shelf.not_askable):
        if entry.zone in other:
            raise CatalogueError(say("{zone} is described twice in the catalogue; keep one of them", zone=entry.zone))
    part[entry.zone] = entry


def _entries(document: Mapping[str, object], name: str, file: str) -> Iterable[tuple[Place, dict[str, object]]]:
    tables = document.get(name, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise Place(file, name).wrong(name, tables, say("tables that begin with [[{name}]]", name=name))
    for number, table in enumerate(tables, start=1):
        zone = table.get("zone")
        known = isinstance(zone, str) and is_zone(zone)
        yield Place(file, str(zone) if known else f"{name} {number}"), table


def _parse(path: Path) -> dict[str, Any]:
    if not path.is_file():  # a pipe would be waited for without end
        raise CatalogueError(say("{file} cannot be read: {error}", file=path.name, error=say("it is not a file")))
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise CatalogueError(say("{file} cannot be read: {error}", file=path.name, error=problem_of(error))) from error
    if len(data) > _MAX_BYTES:
        raise CatalogueError(say("{file} is larger than one megabyte; split it by operator", file=path.name))
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise CatalogueError(
            say("{file} is not in UTF-8 (byte {offset}); save it as UTF-8", file=path.name, offset=error.start)
        ) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise CatalogueError(
            say("{file} is not valid TOML: {error}", file=path.name, error=shown(str(error), _MAX_COMPLAINT))
        ) from error
