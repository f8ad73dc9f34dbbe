"""Web addresses written without their scheme, which many mail programs make links of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple

from reputation.facts.draft import DraftFacts
from reputation.model import Where
from reputation.records.later import holds, later

_HOST = later(r"(?<![\w.@/:%-])(?:[A-Za-z0-9][A-Za-z0-9-]{0,40}\.){1,3}[A-Za-z0-9]{1,10}\Z")
_HOST_END = later(r"\.[A-Za-z0-9]{1,10}(?=/[A-Za-z0-9])", when=holds("/"))
_PATH = later(r"/[A-Za-z0-9][^\s<>\"')\]]{0,200}")
_LONGEST_HOST = 140
_MOST = 50


class Bare(NamedTuple):
    """A host with a path, as written, and where it stands."""

    host: str
    written: str
    where: Where


def bare_addresses(facts: DraftFacts, wanted: Callable[[str], bool]) -> list[Bare]:
    """Those of which the host, in small letters, is wanted, each once; not what is a link or the words of one."""
    links = "\n".join(words for link in facts.every_link for words in (link.text, link.target.written))
    found = {bare.written: bare for bare in islice(_bare(facts, wanted), _MOST)}
    return [bare for bare in found.values() if bare.written not in links]


def _bare(facts: DraftFacts, wanted: Callable[[str], bool]) -> Iterator[Bare]:
    for text in facts.texts:
        words = text.visible.text
        for end in _HOST_END.finditer(words):  # the rare sign first: a search for hosts would try each word
            host = _HOST.search(words, max(0, end.start() - _LONGEST_HOST), end.end())
            path = _PATH.match(words, end.end())
            if host and path and wanted(host[0].lower()):
                written = (host[0] + path[0]).rstrip(".,;:!?*_")
                where = text.where_visible(host.start(), host.start() + len(written))
                yield Bare(host[0].lower(), written, where)
