"""Safe repairs of a draft: the edits of its texts, put back into the file.

Only the text of the part changes, in the charset and the encoding it has. What is signed stays as it stands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator
from typing import NamedTuple

from reputation.checks.content._needs import value
from reputation.checks.draft_edits import Done, edited, edits_of, gist
from reputation.facts.draft import Body, DraftFacts
from reputation.records.charset import mark_of
from reputation.records.message import Part
from reputation.records.transfer import newline_of, rewritten
from reputation.text import Text, say, say_plural

_SIGNED_TEXT = "-----BEGIN PGP SIGNED MESSAGE-----"
_SIGNATURES = ("DKIM-Signature", "ARC-Message-Signature", "DomainKey-Signature")  # of the message as a whole


class Fixed(NamedTuple):
    """The bytes of the file after the repair, the texts that must be read from them, and what was done how often."""

    raw: bytes
    texts: tuple[str, ...]
    done: Counter[Done]


class _Piece(NamedTuple):
    """Put `raw` in place of the bytes from `start` to `end`."""

    start: int
    end: int
    raw: bytes


def fixed(facts: DraftFacts, wanted: Container[str]) -> Fixed | None:
    """The draft with its texts repaired as the checks in `wanted` ask; None when nothing can be repaired safely."""
    if facts.incomplete:
        return None
    done: Counter[Done] = Counter()
    pieces: list[_Piece] = []
    texts: list[str] = []
    for body in _bodies(facts):
        edits = edits_of(facts, body, wanted) if _SIGNED_TEXT not in body.source else {}
        text = edited(body.source, [edit for kind in edits for edit in edits[kind]])
        piece = _piece(facts, body, text) if text != body.source else None
        if piece:
            pieces.append(piece)
            done += Counter({kind: len(found) for kind, found in edits.items()})
        texts.append(text if piece else body.source)
    raw = facts.raw
    for piece in sorted(pieces, reverse=True):
        raw = raw[: piece.start] + piece.raw + raw[piece.end :]
    return Fixed(raw, tuple(texts), done) if pieces else None


def reads_as_meant(fix: Fixed, before: DraftFacts, after: DraftFacts) -> bool:
    """Whether `after`, read from the repaired bytes, is `before` but for the repair. It is not where a charset was a
    guess that turns out otherwise now, or where what was joined means something new."""
    texts = tuple(body.source for body in _bodies(after))
    seen = [[gist(body) for body in _bodies(facts)[:1]] for facts in (before, after)]
    same = (after.kind, after.from_domain) == (before.kind, before.from_domain) and seen[0] == seen[1]
    return texts == fix.texts and same and after.troubles <= before.troubles


def _bodies(facts: DraftFacts) -> list[Body]:
    """HTML, then plain."""
    return [body for body in (value(facts.html), value(facts.plain)) if body]


def sentences(done: Counter[Done]) -> tuple[Text, ...]:
    """What was done, for people."""
    links, alts, runs, hidden, parts = (done[kind] for kind in Done)
    said = (
        (links, say_plural("{n} link made https", "{n} links made https", links)),
        (alts, say_plural("{n} picture given an empty alt", "{n} pictures given an empty alt", alts)),
        (runs, say_plural("{n} run of exclamation marks shortened", "{n} runs of exclamation marks shortened", runs)),
        (hidden, say_plural("{n} invisible character removed", "{n} invisible characters removed", hidden)),
        (parts, say("a text part was written from the HTML")),
    )
    return tuple(sentence for count, sentence in said if count)


def is_signed_as_a_whole(facts: DraftFacts) -> bool:
    """Whether any repair breaks a signature of the message, which the server that sends it has to make anew."""
    message = value(facts.message)
    return message is not None and any(message.all_headers(name) for name in _SIGNATURES)


def keeps_signed_text(facts: DraftFacts, wanted: Container[str]) -> bool:
    """Whether something would be repaired, were it not in a text that its writer signed."""
    message = value(facts.message)
    signed = {part.text for part in _signed_parts(message.root)} if message else set()
    bodies = [body for body in _bodies(facts) if _SIGNED_TEXT in body.source or body.source in signed]
    return any(any(edits_of(facts, body, wanted).values()) for body in bodies)


def _piece(facts: DraftFacts, body: Body, text: str) -> _Piece | None:
    """`body` in the file with `text` in its place; None where it can not be put there."""
    message, raw = value(facts.message), facts.raw
    if message is None:
        whole = raw[len(mark_of(raw)) :].decode(facts.charset, "replace")
        found = rewritten(raw, whole.removesuffix(body.source) + text, "", facts.charset)
        return _Piece(0, len(raw), found) if found is not None and whole.endswith(body.source) else None
    part = next((one for one in _own_parts(message.root) if one.text == body.source), None)
    if part is None:
        return None
    found = rewritten(part.raw_body(), text, part.encoding, part.decoded.codec, newline_of(raw))
    return _Piece(part.start, part.end, found) if found is not None else None


def _own_parts(part: Part) -> Iterator[Part]:
    """The parts that are the sender's to edit: neither what he forwards nor what is signed as it stands."""
    if part.content_type.startswith(("message/", "multipart/signed")) or part.is_attachment:
        return
    if not part.children and part.content_type.startswith(("text/", "multipart/")):
        yield part
    for child in part.children:
        yield from _own_parts(child)


def _signed_parts(root: Part) -> Iterator[Part]:
    for part in root.walk():
        if part.content_type == "multipart/signed":
            yield from (one for one in part.walk() if not one.children and one.content_type.startswith("text/"))
