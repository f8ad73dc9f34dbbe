"""Reads blocklists/*.toml into Blocklist objects, with exact errors for the people who edit them."""

from reputation.catalogue.errors import CatalogueError
from reputation.catalogue.load import built_in_folder, load
from reputation.catalogue.select import Selection, closed_when, contained, is_closed
from reputation.catalogue.types import Catalogue, NotAskable

__all__ = [
    "Catalogue", "CatalogueError", "NotAskable", "Selection", "built_in_folder", "closed_when", "contained",
    "is_closed", "load",
]  # fmt: skip
