"""A picture that readers can not see.

Why: Word and Outlook like to point to a picture on your own disk, editors to a folder of your site or to a stand-in.
The reader gets an empty frame, and the path tells her your name and folders.
Bad:
    <img src="file:///C:/Users/anna/logo.png">
Good:
    <img src="https://www.example.com/logo.png" alt="Example">
Fix: Put the picture on your site and write its whole https:// address, or attach it with a Content-ID.
Source: RFC 2392 (cid:), RFC 3986 section 4.2: a mail has no base address to resolve a path against
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder, apart, shown
from reputation.checks.content._hosts import is_internal
from reputation.checks.content._needs import value, whole
from reputation.checks.content._pictures import shown_pictures
from reputation.facts.draft import Body, DraftFacts, DraftKind
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.records.html import HtmlImage
from reputation.records.later import later
from reputation.records.link import Target, parse_target
from reputation.text import Text, say

LOCAL = Finder(__doc__, Evidence.DOCUMENTED, Severity.MAJOR)
BROKEN = Finder(__doc__, Evidence.DOCUMENTED, Severity.MINOR)
UNSURE = Finder(__doc__, Evidence.DOCUMENTED, Severity.INFORMATIONAL)

_HERE_ALONE = frozenset(("file", "blob", "webkit-fake-url", "applewebdata", "mailbox", "imap", "chrome-extension",
                         "moz-extension", "res"))  # fmt: skip
_TO_BE_FILLED_IN = later(r"\{\{|\{%|%%|\*\||\[\[|<%|\$\{|^[{\[%*$<?#]")
_STAND_INS = frozenset((Path(__file__).parent / "data" / "stand_in_pictures.txt").read_text("ascii").split())


class _Context(NamedTuple):
    """What decides of a source whether it can be shown: the parts that it may name, and what makes a path whole."""

    is_message: bool
    content_ids: frozenset[str] | None  # None when not all parts were read
    has_base: bool


def judge(known: Known[DraftFacts]) -> list[Finding] | None:
    """Each such source once; a page can be right before it is uploaded, a message has all that it will have."""
    html = value(known.value.html) if not isinstance(known, Absent) else None
    if isinstance(known, Absent) or html is None:
        return None
    found = list(_found(html, _context(known.value, html)))
    return [_finding(html, *one, times) for one, times in apart(found, lambda one: str(one[2]))]


def _found(html: Body, context: _Context) -> Iterator[tuple[HtmlImage, Finder, Text]]:
    for image in shown_pictures(html):
        if reason := _broken(image.source.strip(), context):
            yield image, *reason


def _finding(html: Body, image: HtmlImage, finder: Finder, message: Text, times: int) -> Finding:
    return finder.finding(message, html.where(image.start, image.end), image.source, times=times)


def _broken(source: str, context: _Context) -> tuple[Finder, Text] | None:
    target = parse_target(source)
    if target.scheme in _HERE_ALONE or is_internal(target):
        return LOCAL, say(
            "the picture {source} is on your own disk or network, no reader can see it", source=shown(source)
        )
    if target.scheme == "cid":
        return _attached(target, context)
    if target.domain in _STAND_INS:
        return BROKEN, say("a picture from {host} is a stand-in from a template", host=shown(target.host))
    if target.scheme or target.host or context.has_base or _TO_BE_FILLED_IN.search(source[:300]):
        return None
    if not source:
        return BROKEN, say("a picture has no source")
    finder = BROKEN if context.is_message else UNSURE
    return finder, say("the picture {source} has no whole web address; in a mail it is not shown", source=shown(source))


def _attached(target: Target, context: _Context) -> tuple[Finder, Text] | None:
    if context.content_ids is None or unquote(target.path).strip().lower() in context.content_ids:
        return None
    return BROKEN, say("the picture {source} is not among the parts of the message", source=shown(target.written))


def _context(facts: DraftFacts, html: Body) -> _Context:
    """A Content-Location makes a path whole, too (RFC 2557)."""
    message = value(facts.message)
    base = any("href" in tag.attributes for tag in html.html.tags("base")) if html.html else False
    if message is None or facts.kind is not DraftKind.MESSAGE:
        return _Context(False, None, base)
    parts = list(message.walk())
    ids = frozenset(part.header("Content-ID").strip(" <>").lower() for part in parts)
    located = any(part.header("Content-Location") for part in parts)
    return _Context(True, None if facts.incomplete else ids, base or located)


CHECK = Check(
    id="broken-picture", area=Area.CONTENT, severity=LOCAL.severity,
    passed=say("no picture is missing or out of reach"), needs=whole, judge=judge,
)  # fmt: skip
