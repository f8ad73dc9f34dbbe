"""The text part that a message of HTML alone lacks, made from the HTML; the HTML part itself stays as it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator
from itertools import count

from reputation.checks.content._needs import value
from reputation.checks.draft_edits import Done
from reputation.checks.draft_fixes import Fixed
from reputation.facts.draft import Body, DraftFacts
from reputation.records.message import Header, Part
from reputation.records.transfer import newline_of, quoted_printable

WIDTH = 72
_BOUNDARY = b"=_reputation_alternative"


def with_text_part(facts: DraftFacts, wanted: Container[str]) -> Fixed | None:
    """A message that is one HTML part becomes multipart/alternative; None for any other, or when it is not wanted."""
    if Done.TEXT_PART not in wanted:
        return None
    message, html = value(facts.message), value(facts.html)
    if message is None or html is None or facts.incomplete or message.root.content_type != "text/html":
        return None
    root, newline = message.root, newline_of(facts.raw)
    if not root.headers or root.headers[-1].end == root.start or message.root.text != html.source:
        return None  # no blank line ends the headers
    text = plain_text(html).replace("\n", newline.decode("ascii"))
    if not text:
        return None
    raw = _alternative(facts.raw, root, quoted_printable(text.encode("utf-8", "replace"), newline), newline)
    return Fixed(raw, (html.source, text), Counter({Done.TEXT_PART: 1}))


def _alternative(raw: bytes, root: Part, text: bytes, newline: bytes) -> bytes:
    """The fields that describe the HTML go with it into its part; the others stay where they are."""
    boundary = _free_boundary(raw)
    outer = [header for header in root.headers if not _describes(header)]
    versions = [] if any(header.name.lower() == "mime-version" for header in outer) else [b"MIME-Version: 1.0"]
    lines = [
        *versions, b'Content-Type: multipart/alternative; boundary="' + boundary + b'"', b"",
        b"--" + boundary, b"Content-Type: text/plain; charset=utf-8",
        b"Content-Transfer-Encoding: quoted-printable", b"", text, b"--" + boundary,
    ]  # fmt: skip
    return b"".join(
        [
            raw[: root.headers[0].start], *_spelled(raw, outer), newline.join([*lines, b""]),
            *_spelled(raw, [header for header in root.headers if _describes(header)]), newline,
            raw[root.start : root.end], newline, b"--", boundary, b"--", newline,
        ]
    )  # fmt: skip


def _free_boundary(raw: bytes) -> bytes:
    names = (_BOUNDARY + (str(number).encode("ascii") if number else b"") for number in count())
    return next(name for name in names if name not in raw)


def _describes(header: Header) -> bool:
    return header.name.lower().startswith("content-")


def _spelled(raw: bytes, headers: list[Header]) -> Iterator[bytes]:
    return (raw[header.start : header.end] for header in headers)


def plain_text(body: Body) -> str:
    """The visible text in short lines, links written out behind their words."""
    from textwrap import wrap

    lines = [" ".join(line.split()) for line in body.visible.text.split("\n")]
    links = [link for link in (body.html.links if body.html else ()) if link.text]
    targets = dict.fromkeys(f"{' '.join(link.text.split())}: {''.join(link.target.splitlines())}" for link in links)
    text = _paragraphs([wrap(line, WIDTH, break_long_words=False, break_on_hyphens=False) for line in lines if line])
    return text + ("\n\n" + "\n".join(targets) if targets else "")


def _paragraphs(paragraphs: list[list[str]]) -> str:
    """One below the other; a blank line sets those of more than one line apart."""
    text = ""
    long_before = False
    for lines in paragraphs:
        is_long = len(lines) > 1
        text += ("\n\n" if is_long or long_before else "\n") if text else ""
        text += "\n".join(lines)
        long_before = is_long
    return text
