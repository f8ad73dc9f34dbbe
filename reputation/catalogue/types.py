"""The catalogue as the rest of the program sees it."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from reputation.catalogue.select import NotAskable, Pool, Selection, select
from reputation.records.dnsxl import Blocklist, ClosedList

__all__ = ["Catalogue", "NotAskable"]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every list that may be asked, and every zone that may not.

    `lists` is sorted by zone. `unconfirmed` are zones of which hardly anything is known: asked only by name. `closed`
    holds dead zones, `not_askable` zones that a name or an address cannot be looked up in. `folder` was read.
    """

    lists: tuple[Blocklist, ...]
    closed: tuple[ClosedList, ...]
    folder: Path
    unconfirmed: tuple[Blocklist, ...] = ()
    not_askable: tuple[NotAskable, ...] = ()

    def select(self, spec: str | Sequence[str], keys: Set[str]) -> Selection:
        """The lists to ask. `spec` is "default", "all" or zones by name; `keys` are the labels the user has keys for.

        "default" and "all" leave out a keyed list without its key and a list whose data another selected one holds;
        zones by name are taken as they are. Raises CatalogueError for a closed or an unknown zone, and when "default"
        or "all" leaves nothing to ask: a report on no list at all would look clean.
        """
        return select(Pool(self.lists, self.unconfirmed, self.closed, self.not_askable), spec, keys)
