"""What in a text of a draft may be changed without asking, because it can not change what the draft says.

http becomes https on the sender's own domain, pictures get an empty alt, runs of exclamation marks behind a word become
one, and invisible characters leave words. In HTML that only happens where the markup leaves no doubt.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Container, Iterator
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from reputation.checks.content._hosts import is_internal
from reputation.facts.draft import Body, DraftFacts
from reputation.records.html_tokens import unescaped, value_span
from reputation.records.later import later
from reputation.records.link import Target, organizational
from reputation.records.sure_markup import SureMarkup, sure_markup

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
# What the repairs change in what a reader sees.
_MENDED = later(r"[!！\u200b\u2060\ufeff\u180e]|(?<=http)s(?=:)", re.IGNORECASE)


class Done(StrEnum):
    """A kind of repair. Its value is the check whose findings it mends; where that is left out, nothing is mended."""

    HTTPS = "insecure-links"
    ALT = "image-alt-missing"
    RUN = "exclamation-runs"
    INVISIBLE = "invisible-in-word"
    TEXT_PART = "html-only"


class Edit(NamedTuple):
    """Replace `start` to `end` of the text by `words`."""

    start: int
    end: int
    words: str

    def moved(self, by: int) -> Edit:
        """The same edit of a text in which everything stands `by` characters further on."""
        return Edit(self.start + by, self.end + by, self.words)


def edits_of(facts: DraftFacts, body: Body, wanted: Container[str]) -> dict[Done, list[Edit]]:
    """The edits of one text of the draft that belong to the checks in `wanted`, those of each kind in order."""
    if _ESCAPE in body.source:
        return {}
    text = _Text(body)
    found = {
        Done.HTTPS: _https(facts, text), Done.ALT: _alts(text), Done.RUN: _runs(text), Done.INVISIBLE: _invisible(text),
    }  # fmt: skip
    return {kind: sorted(edits) for kind, edits in found.items() if kind in wanted}


def edited(text: str, edits: list[Edit]) -> str:
    """`text` with all `edits`, none of which overlap."""
    pieces, position = [], 0
    for edit in sorted(edits):
        pieces += [text[position : edit.start], edit.words]
        position = edit.end
    return "".join([*pieces, text[position:]])


def gist(body: Body) -> str:
    """What a reader sees, without what a repair may change there."""
    return _MENDED.sub("", body.visible.text)


class _Text:
    """A text, and where in it an edit lands where it is meant to."""

    def __init__(self, body: Body) -> None:
        self.body = body
        self.source = body.source

    @cached_property
    def _sure(self) -> SureMarkup:
        return sure_markup(self.source)

    def is_tag(self, start: int, end: int) -> bool:
        """Of a text without markup any span may be a link."""
        return self.body.html is None or self._sure.is_tag(start, end)

    def span(self, match: re.Match[str]) -> tuple[int, int] | None:
        """The span in the source of the match's group in the visible text, character references and all; None when a
        tag stands inside."""
        start, end = self.body.visible.span(*match.span(1))
        if self.body.html is None:
            return (start, end) if self.source[start:end] == match[1] else None
        reference = _REFERENCE.match(self.source, end - 1)
        end = reference.end() if reference else end
        is_whole = unescaped(self.source[start:end]) == match[1] and self._sure.is_text(start, end)
        return (start, end) if is_whole else None


def _https(facts: DraftFacts, text: _Text) -> Iterator[Edit]:
    own = organizational(facts.from_domain) if facts.from_domain else ""
    for link in (*facts.links, *facts.text_links):
        ours = link.body is text.body and bool(own) and link.target.domain == own
        if ours and _is_plain_http(link.target) and text.is_tag(link.start, link.end):
            at = _target_at(text.body, link.start, link.end)
            if text.source[at : at + 5].lower() == "http:":
                yield Edit(at + 4, at + 4, "s" if text.source[at].islower() else "S")


def _is_plain_http(target: Target) -> bool:
    """Nothing but the path stands behind the host: a port, also one that is still to be filled in, is not for https."""
    begun = f"http://{target.host}"
    rest = target.written[len(begun) :]
    return target.written.lower().startswith(begun) and rest[:1] in ("", "/", "?", "#") and not is_internal(target)


def _target_at(body: Body, start: int, end: int) -> int:
    """Where in the link its target begins: in the href of a tag, behind the words of Markdown, or with the address."""
    if body.html:
        start, end = value_span(body.source, start, end, "href")
    elif body.source[start] == "[":
        start = body.source.find("](", start, end) + 2
    while start < end and body.source[start] in " \t\r\n<":
        start += 1
    return start


def _alts(text: _Text) -> Iterator[Edit]:
    for image in text.body.html.images if text.body.html else ():
        lacks = image.alt is None and not _ALT.search(text.source, image.start, image.end)
        if lacks and text.is_tag(image.start, image.end):
            behind_name = image.start + len("<img")
            yield Edit(behind_name, behind_name, ' alt=""')


def _runs(text: _Text) -> Iterator[Edit]:
    visible = text.body.visible.text
    if "!!" not in visible and "！" not in visible:
        return
    addresses = deque(match.span() for match in _ADDRESS.finditer(visible))
    for match in _RUN.finditer(visible):
        while addresses and addresses[0][1] < match.start(1):
            addresses.popleft()
        inside = bool(addresses) and addresses[0][0] < match.end(1)
        span = None if inside else text.span(match)
        if span:
            yield Edit(*span, match[1][0])


def _invisible(text: _Text) -> Iterator[Edit]:
    if not text.body.visible.text.isascii():
        spans = (text.span(match) for match in _INVISIBLE.finditer(text.body.visible.text))
        yield from (Edit(*span, "") for span in spans if span)
