"""The page of a check, read from its module's docstring."""

from __future__ import annotations

import re
from typing import NamedTuple

from reputation.records.later import later

SECTIONS = ("Why", "Bad", "Good", "Fix", "Source")
_HEADING = later(rf"^({'|'.join(SECTIONS)}):[ \t]*", re.MULTILINE)


class Page(NamedTuple):
    """Title, why it matters, a bad and a good example, the fix, the source with its date."""

    title: str
    why: str
    bad: str
    good: str
    fix: str
    source: str


def parse_page(docstring: str) -> Page:
    """The page in a docstring. Raises ValueError naming the missing section.

    Lines of one paragraph are joined; examples (Bad, Good) keep their lines.
    """
    title, _, rest = docstring.strip().partition("\n")
    pieces = _HEADING.split(rest)
    sections = dict(zip(pieces[1::2], pieces[2::2], strict=True))
    missing = [name for name in SECTIONS if not sections.get(name, "").strip()]
    if missing:
        raise ValueError(f"the docstring lacks the section {missing[0]}:")
    why, fix, source = (" ".join(sections[name].split()) for name in ("Why", "Fix", "Source"))
    bad, good = ("\n".join(line.strip() for line in sections[name].strip().splitlines()) for name in ("Bad", "Good"))
    return Page(title.strip().rstrip("."), why, bad, good, fix, source)


def source_in(docstring: str) -> str:
    """The source alone, which is the last section: each result names it, and few need more of the page."""
    _, heading, source = docstring.rpartition("\nSource:")
    return " ".join(source.split()) if heading else ""
