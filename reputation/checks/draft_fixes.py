"""Safe repairs of a draft: the edits of its texts, put back into the file.

Only the text of the part changes, in the charset and the encoding it has. What is signed stays as it stands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container
from typing import NamedTuple

from reputation.checks.content._needs import value
from reputation.checks.draft_edits import Done, edited, edits_of, gist
from reputation.checks.draft_homes import Ground, Piece, homes, joined
from reputation.facts.draft import Body, DraftFacts
from reputation.text import Text, say, say_plural

_SIGNATURES = ("DKIM-Signature", "ARC-Message-Signature", "DomainKey-Signature")  # of the message as a whole


class Fixed(NamedTuple):
    """The bytes of the file after the repair, the texts that must be read from them, and what was done how often."""

    raw: bytes
    texts: tuple[str, ...]
    done: Counter[Done]


def fixed(facts: DraftFacts, wanted: Container[str]) -> Fixed | None:
    """The draft with its texts repaired as the checks in `wanted` ask; None when nothing can be repaired safely."""
    if facts.incomplete:
        return None
    done: Counter[Done] = Counter()
    pieces: list[Piece] = []
    texts: list[str] = []
    for body in _bodies(facts):
        found, now = edits_of(facts, body, wanted), []
        for home in homes(facts, body):
            edits = home.edits(found) if home.ground is Ground.OWN else {}
            text = edited(home.text, [edit for kind in edits for edit in edits[kind]])
            piece = home.piece(facts, text) if text != home.text else None
            now.append(text if piece else home.text)
            if piece:
                pieces.append(piece)
                done += Counter({kind: len(made) for kind, made in edits.items()})
        texts.append(joined(now) if now else body.source)
    return Fixed(_with_pieces(facts.raw, pieces), tuple(texts), done) if pieces else None


def _with_pieces(raw: bytes, pieces: list[Piece]) -> bytes:
    found, position = [], 0
    for piece in sorted(pieces):
        found += [raw[position : piece.start], piece.raw]
        position = piece.end
    return b"".join([*found, raw[position:]])


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
    for body in _bodies(facts):
        signed = [home for home in homes(facts, body) if home.ground is Ground.SIGNED]
        found = edits_of(facts, body, wanted) if signed else {}
        if any(any(home.edits(found).values()) for home in signed):
            return True
    return False
