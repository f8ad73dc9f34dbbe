"""What content checks ask of a draft."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple, TypeVar

from reputation.facts.draft import Body, DraftFacts, DraftKind, DraftLink, Line, Sender
from reputation.model import Absent, Found, Observed
from reputation.records.later import later

T = TypeVar("T")
WORD = later(r"[^\W\d_]{2,}")
FREE_MAIL = frozenset((Path(__file__).parent / "data" / "free_mail.txt").read_text("ascii").split())


class Texts(NamedTuple):
    """The subject, when there is one, and the text that a reader sees."""

    subject: Line | None
    body: Body | None


def subject(facts: DraftFacts) -> Observed[Line]:
    """The subject."""
    return facts.subject


def sender(facts: DraftFacts) -> Observed[Sender]:
    """The From."""
    return facts.sender


def html(facts: DraftFacts) -> Observed[Body]:
    """The HTML part."""
    return facts.html


def body(facts: DraftFacts) -> Observed[Body]:
    """The text that a reader sees: the HTML where there is one, else the plain text."""
    return facts.html if isinstance(facts.html, Found) else facts.plain


def texts(facts: DraftFacts) -> Observed[Texts]:
    """Subject and visible text together."""
    return Found(Texts(value(facts.subject), value(body(facts))))


def every_text(facts: DraftFacts) -> Observed[tuple[Body, ...]]:
    """All texts that go out, the one that a reader sees first; Absent when there is none."""
    return Found(facts.texts) if facts.texts else Absent()


def links(facts: DraftFacts) -> Observed[tuple[DraftLink, ...]]:
    """The links of the text that a reader sees; Absent when there is none."""
    return Found(facts.links) if facts.links else Absent()


def every_link(facts: DraftFacts) -> Observed[tuple[DraftLink, ...]]:
    """The links of the text part beside the HTML, too; Absent when there is none at all."""
    return Found(facts.every_link) if facts.every_link else Absent()


def whole(facts: DraftFacts) -> Observed[DraftFacts]:
    """Everything."""
    return Found(facts)


def message(facts: DraftFacts) -> Observed[DraftFacts]:
    """Everything, when the draft is a whole message with headers; Absent for a bare text."""
    return Found(facts) if facts.kind is DraftKind.MESSAGE else Absent()


def value(observed: Observed[T]) -> T | None:
    """What was found, or None."""
    return observed.value if isinstance(observed, Found) else None
