"""Where in the file the texts of a draft stand, and which of them are the sender's to edit."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from enum import IntEnum
from operator import attrgetter
from typing import NamedTuple

from reputation.checks.content._needs import value
from reputation.checks.draft_edits import Done, Edit
from reputation.facts.draft import Body, DraftFacts
from reputation.records.charset import mark_of
from reputation.records.message import Part
from reputation.records.transfer import newline_of, rewritten

_SIGNED_TEXT = "-----BEGIN PGP SIGNED MESSAGE-----"
_BETWEEN = "\n"  # of texts that are shown one below the other
_HTML = ("text/html", "application/xhtml+xml")
_TEXTS = ("text/", "multipart/", *_HTML)  # a multipart without any part is shown as text


class Ground(IntEnum):
    """Whose a text is: the sender's, the sender's as signed, or somebody else's whose message is sent on."""

    OWN = 0
    SIGNED = 1
    FOREIGN = 2


class Piece(NamedTuple):
    """Put `raw` in place of the bytes from `start` to `end`."""

    start: int
    end: int
    raw: bytes


class Home(NamedTuple):
    """Where `text`, which begins at `offset` of a body, stands: in a part of the message, or in the file itself."""

    offset: int
    text: str
    part: Part | None
    ground: Ground

    @property
    def is_html(self) -> bool:
        """Whether the part is declared as HTML."""
        return self.part is not None and self.part.content_type in _HTML

    def edits(self, found: dict[Done, list[Edit]]) -> dict[Done, list[Edit]]:
        """Those of the edits of the body that lie in this text, by their places in it. Each kind is sorted."""
        end = self.offset + len(self.text)
        return {kind: [edit.moved(-self.offset) for edit in _between(edits, self.offset, end)]
                for kind, edits in found.items()}  # fmt: skip

    def piece(self, facts: DraftFacts, text: str) -> Piece | None:
        """`text` in the place of this one; None where it can not be put there."""
        raw, part = facts.raw, self.part
        if part is None:
            whole = raw[len(mark_of(raw)) :].decode(facts.charset, "replace")
            found = rewritten(raw, whole.removesuffix(self.text) + text, "", facts.charset)
            return Piece(0, len(raw), found) if found is not None and whole.endswith(self.text) else None
        found = rewritten(part.raw_body(), text, part.encoding, part.decoded.codec, newline_of(raw))
        return Piece(part.start, part.end, found) if found is not None else None


def _between(edits: list[Edit], start: int, end: int) -> list[Edit]:
    """Those from `start` to `end`, found by halves: a draft may have as many texts as edits."""
    first = bisect_left(edits, start, key=attrgetter("start"))
    return edits[first : bisect_right(edits, end, first, key=attrgetter("end"))]


def homes(facts: DraftFacts, body: Body) -> list[Home]:
    """Where the body stands: in one place, or in several that are shown one below the other; nowhere if unclear."""
    message = value(facts.message)
    if message is None:
        return [Home(0, body.source, None, _ground_of_text(body.source, Ground.OWN))]
    leaves = list(_leaves(message.root, Ground.OWN))
    alike = [leaf for leaf in leaves if leaf.is_html == (body.html is not None)]
    whole = [leaf for leaf in (*alike, *leaves) if leaf.text == body.source]
    whole.sort(key=lambda leaf: leaf.ground)
    return whole[:1] or _in_turn(alike, body.source) or _in_turn(leaves, body.source)


def joined(texts: list[str]) -> str:
    """The body that texts in several homes make."""
    return _BETWEEN.join(texts)


def _in_turn(leaves: list[Home], source: str) -> list[Home]:
    found, offset = [], 0
    for leaf in leaves:
        if source.startswith(leaf.text, offset) and source[offset + len(leaf.text) :][:1] in ("", _BETWEEN):
            found.append(leaf._replace(offset=offset))
            offset += len(leaf.text) + len(_BETWEEN)
    return found if offset == len(source) + len(_BETWEEN) else []


def _leaves(part: Part, ground: Ground) -> Iterator[Home]:
    """The texts of the message that are no files."""
    if part.content_type.startswith("message/"):
        ground = Ground.FOREIGN
    elif part.content_type == "multipart/signed":
        ground = max(ground, Ground.SIGNED)
    if not part.children and part.content_type.startswith(_TEXTS) and part.disposition.value != "attachment":
        yield Home(0, part.text, part, _ground_of_text(part.text, ground))
    for child in part.children:
        yield from _leaves(child, ground)


def _ground_of_text(text: str, ground: Ground) -> Ground:
    return max(ground, Ground.SIGNED) if _SIGNED_TEXT in text else ground
