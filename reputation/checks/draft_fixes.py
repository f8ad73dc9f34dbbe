"""Safe repairs of a draft: what may be changed without asking, because it can not change what the draft says.

http becomes https on the sender's own domain, pictures get an empty alt, runs of exclamation marks become one,
invisible characters leave words, and a message that is HTML alone gets a text part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reputation.checks.content._needs import value
from reputation.facts.draft import Body, DraftFacts, DraftKind
from reputation.records.link import organizational
from reputation.records.message import Part, first_header
from reputation.text import Text, say, say_plural

_RUN = re.compile(r"!{2,}")
_INVISIBLE = re.compile(r"(?<=[^\W\d_])[\u200b\u2060\ufeff\u180e]+(?=[^\W\d_])")
_BOUNDARY = "=_reputation_alternative"


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace `start` to `end` of the text by `words`."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Fixed:
    """The text before and after, both as in the file, and what was done in sentences."""

    before: str
    after: str
    done: tuple[Text, ...]


def fixed(facts: DraftFacts) -> Fixed | None:
    """The repaired draft; None when there is nothing to repair, or its text is encoded so that it can not be edited."""
    found = _editable(facts)
    if found is None:
        return _with_text_part(facts)
    body, whole, shift = found
    edits, done = _edits(facts, body)
    if not edits:
        return _with_text_part(facts)
    after = whole
    for edit in sorted(edits, key=lambda one: -one.start):
        after = after[: shift + edit.start] + edit.words + after[shift + edit.end :]
    return Fixed(whole, after, tuple(done))


def _editable(facts: DraftFacts) -> tuple[Body, str, int] | None:
    """The body, the text of the whole file, and where in it the body begins; None where offsets do not carry over."""
    body = value(facts.html) or value(facts.plain)
    if body is None or facts.incomplete:
        return None
    whole = "\n".join(facts.lines())
    at = whole.find(body.source)
    return (body, whole, at) if body.source.strip() and at >= 0 and whole.count(body.source) == 1 else None


def _edits(facts: DraftFacts, body: Body) -> tuple[list[Edit], list[Text]]:
    groups = [list(_https(facts, body)), list(_alts(body)), list(_runs(body)), list(_invisible(body))]
    return [edit for edits in groups for edit in edits], _said([len(edits) for edits in groups])


def _said(counts: list[int]) -> list[Text]:
    links, alts, runs, hidden = counts
    sentences = (
        (links, say_plural("{n} link made https", "{n} links made https", links)),
        (alts, say_plural("{n} picture given an empty alt", "{n} pictures given an empty alt", alts)),
        (runs, say_plural("{n} run of exclamation marks shortened", "{n} runs of exclamation marks shortened", runs)),
        (hidden, say_plural("{n} invisible character removed", "{n} invisible characters removed", hidden)),
    )
    return [sentence for count, sentence in sentences if count]


def _https(facts: DraftFacts, body: Body) -> Iterator[Edit]:
    own = organizational(facts.from_domain) if facts.from_domain else ""
    for link in facts.links:
        if own and link.body is body and link.target.scheme == "http" and link.target.domain == own:
            at = body.source.find("http:", link.start, link.end)
            if at >= 0 and link.target.port is None:
                yield Edit(at, at + 5, "https:")


def _alts(body: Body) -> Iterator[Edit]:
    for image in body.html.images if body.html else ():
        if image.alt is None:
            end = image.end - 1 - (body.source[image.end - 2] == "/")
            yield Edit(end, end, ' alt=""' if body.source[end - 1] != " " else 'alt="" ')


def _runs(body: Body) -> Iterator[Edit]:
    for match in _RUN.finditer(body.visible.text):
        start, end = body.visible.span(*match.span())
        if body.source[start:end] == match[0]:
            yield Edit(start, end, "!")


def _invisible(body: Body) -> Iterator[Edit]:
    for match in _INVISIBLE.finditer(body.visible.text):
        start, end = body.visible.span(*match.span())
        if body.source[start:end] == match[0]:
            yield Edit(start, end, "")


def _with_text_part(facts: DraftFacts) -> Fixed | None:
    """A message that is one HTML part becomes multipart/alternative with a text part made from the HTML."""
    message, html = value(facts.message), value(facts.html)
    if facts.kind is not DraftKind.MESSAGE or message is None or html is None or facts.incomplete:
        return None
    root = message.root
    if root.content_type != "text/html" or _BOUNDARY in html.source:
        return None
    whole = "\n".join(facts.lines())
    head, separator, body = whole.partition("\r\n\r\n" if "\r\n\r\n" in whole else "\n\n")
    if not separator:
        return None
    newline = separator[: len(separator) // 2]
    after = newline.join(
        [*_other_headers(head, newline), f'Content-Type: multipart/alternative; boundary="{_BOUNDARY}"', "",
         f"--{_BOUNDARY}", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit", "",
         plain_text(html), f"--{_BOUNDARY}", *_part_headers(root), "", body, f"--{_BOUNDARY}--", ""]
    )  # fmt: skip
    return Fixed(whole, after, (say("a text part was written from the HTML"),))


def _other_headers(head: str, newline: str) -> list[str]:
    kept: list[str] = []
    skipping = False
    for line in head.split(newline):
        if not line.startswith((" ", "\t")):
            skipping = line.lower().startswith(("content-type:", "content-transfer-encoding:", "mime-version:"))
        if not skipping:
            kept.append(line)
    return [*kept, "MIME-Version: 1.0"]


def _part_headers(root: Part) -> list[str]:
    names = ("Content-Type", "Content-Transfer-Encoding")
    found = [first_header(root.headers, name) for name in names]
    return [f"{header.name}: {header.unfolded}" for header in found if header]


def plain_text(body: Body) -> str:
    """The visible text in short lines, links written out behind their words."""
    lines = [" ".join(line.split()) for line in body.visible.text.split("\n")]
    text = "\n".join(line for line in lines if line)
    targets = dict.fromkeys(
        f"{' '.join(link.text.split())}: {link.target}" for link in (body.html.links if body.html else ()) if link.text
    )
    return text + ("\n\n" + "\n".join(targets) if targets else "")
