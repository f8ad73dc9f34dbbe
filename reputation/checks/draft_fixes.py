"""Safe repairs of a draft: what may be changed without asking, because it can not change what the draft says.

http becomes https on the sender's own domain, pictures get an empty alt, runs of exclamation marks behind a word become
one, and invisible characters leave words. Only the text of the part changes, in the charset and the encoding it has.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from reputation.checks.content._needs import value
from reputation.facts.draft import Body, DraftFacts
from reputation.records.charset import mark_of
from reputation.records.html_tokens import unescaped, value_span
from reputation.records.later import later
from reputation.records.link import organizational
from reputation.records.message import Part
from reputation.records.transfer import newline_of, rewritten
from reputation.text import Text, say, say_plural

# A word of letters alone that begins behind a blank or an opening mark and is not the value of something ("password:
# abc!!"), or Han; then the run; then what may stand behind a word. An address, a token or code is nothing like that.
_HAN = "\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_RUN = later(
    rf"""(?:(?<![^\s"“‘(（「《*，。、；])(?<![:=：]\s)[^\W\d_]++(?:['’-][^\W\d_]++)*+|[{_HAN}])"""
    rf"""([!！]{{2,}}+)(?=[\s"'”’)）」》*{_HAN}]|\Z)"""
)
_ADDRESS = later(r"(?:\b[a-z][a-z0-9+.-]{1,15}://|\bwww\.)[^\s<>\"'）】》」，。、；！]+", re.IGNORECASE)
_LETTER = r"[A-Za-z\u00c0-\u024f\u0400-\u04ff\u4e00-\u9fff]"  # in other scripts such a character may be needed
_INVISIBLE = later(rf"(?<={_LETTER})([\u200b\u2060\ufeff\u180e]{{1,5}})(?={_LETTER})")
_ESCAPE = "\x1b"  # changes the charset in ISO-2022: in a text, it was not read as meant
_REFERENCE = later(r"&[#\w]{1,32};?")
_ALT = later(r"\balt\b", re.IGNORECASE)


class Done(StrEnum):
    """A kind of repair."""

    HTTPS = "https"
    ALT = "alt"
    RUN = "run"
    INVISIBLE = "invisible"
    TEXT_PART = "text-part"


class Edit(NamedTuple):
    """Replace `start` to `end` of the text by `words`."""

    start: int
    end: int
    words: str


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


def texts_of(facts: DraftFacts) -> tuple[str, ...]:
    """The texts of the draft as written: HTML, then plain."""
    return tuple(body.source for body in (value(facts.html), value(facts.plain)) if body)


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


def fixed(facts: DraftFacts) -> Fixed | None:
    """The draft with its texts repaired; None when there is nothing that can be repaired safely."""
    if facts.incomplete:
        return None
    done: Counter[Done] = Counter()
    pieces: list[_Piece] = []
    texts: list[str] = []
    for body in (value(facts.html), value(facts.plain)):
        if body is None:
            continue
        edits = _edits(facts, body) if _ESCAPE not in body.source else {}
        text = _edited(body.source, [edit for kind in edits for edit in edits[kind]])
        piece = _piece(facts, body, text) if text != body.source else None
        if piece:
            pieces.append(piece)
            done += Counter({kind: len(found) for kind, found in edits.items()})
        texts.append(text if piece else body.source)
    raw = facts.raw
    for piece in sorted(pieces, reverse=True):
        raw = raw[: piece.start] + piece.raw + raw[piece.end :]
    return Fixed(raw, tuple(texts), done) if pieces else None


def _edits(facts: DraftFacts, body: Body) -> dict[Done, list[Edit]]:
    return {
        Done.HTTPS: list(_https(facts, body)), Done.ALT: list(_alts(body)), Done.RUN: list(_runs(body)),
        Done.INVISIBLE: list(_invisible(body)),
    }  # fmt: skip


def _edited(text: str, edits: list[Edit]) -> str:
    pieces, position = [], 0
    for edit in sorted(edits):
        pieces += [text[position : edit.start], edit.words]
        position = edit.end
    return "".join([*pieces, text[position:]])


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


def _https(facts: DraftFacts, body: Body) -> Iterator[Edit]:
    own = organizational(facts.from_domain) if facts.from_domain else ""
    for link in facts.links:
        target = link.target
        ours = link.body is body and bool(own) and target.domain == own
        if ours and target.scheme == "http" and target.port is None:
            at = _target_at(body, link.start, link.end)
            if body.source[at : at + 5].lower() == "http:":
                yield Edit(at + 4, at + 4, "s" if body.source[at].islower() else "S")


def _target_at(body: Body, start: int, end: int) -> int:
    """Where in the link its target begins: in the href of a tag, behind the words of Markdown, or with the address."""
    between = body.source.find("](", start, end)
    if body.html:
        start, end = value_span(body.source, start, end, "href")
    elif between >= 0:
        start = between + 2
    while start < end and body.source[start] in " \t\r\n<":
        start += 1
    return start


def _alts(body: Body) -> Iterator[Edit]:
    for image in body.html.images if body.html else ():
        if image.alt is None and not _ALT.search(body.source, image.start, image.end):
            behind_name = image.start + len("<img")
            yield Edit(behind_name, behind_name, ' alt=""')


def _runs(body: Body) -> Iterator[Edit]:
    if "!!" not in body.visible.text and "！" not in body.visible.text:
        return
    addresses = [match.span() for match in _ADDRESS.finditer(body.visible.text)]
    for match in _RUN.finditer(body.visible.text):
        while addresses and addresses[0][1] < match.start(1):
            addresses.pop(0)
        inside = bool(addresses) and addresses[0][0] < match.end(1)
        span = None if inside else _written(body, match)
        if span:
            yield Edit(*span, match[1][0])


def _invisible(body: Body) -> Iterator[Edit]:
    if not body.visible.text.isascii():
        spans = (_written(body, match) for match in _INVISIBLE.finditer(body.visible.text))
        yield from (Edit(*span, "") for span in spans if span)


def _written(body: Body, match: re.Match[str]) -> tuple[int, int] | None:
    """The span in the source of the match's group, character references and all; None when a tag stands inside."""
    start, end = body.visible.span(*match.span(1))
    reference = _REFERENCE.match(body.source, end - 1) if body.html else None
    end = reference.end() if reference else end
    written = body.source[start:end]
    return (start, end) if (unescaped(written) if body.html else written) == match[1] else None
