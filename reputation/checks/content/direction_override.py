r"""Characters that turn the direction of writing.

Why: A right-to-left override makes "fdp.exe" look like "exe.pdf". Nobody needs it in business mail; filters and
mail programs distrust it.
Bad:
    price\u202efdp.exe
Good:
    price.pdf
Fix: Type the words again without the hidden character.
Source: Unicode Technical Report 36, section 2.5; rspamd 3.4 mime_types module
"""

from __future__ import annotations

from reputation.checks import Check
from reputation.checks.content._finding import MAX_FINDINGS, Evidence, Finder, shown
from reputation.checks.content._needs import (
    body,
    value,
    whole,
)
from reputation.facts.draft import DraftFacts
from reputation.model import Absent, Area, Finding, Known, Severity, Where
from reputation.records.later import beyond_ascii, later
from reputation.text import say

FOUND = Finder(__doc__, Evidence.FILTER, Severity.MAJOR)

_OVERRIDE = later("[\u202d\u202e]", when=beyond_ascii)


def judge(known: Known[DraftFacts]) -> list[Finding] | None:
    """Subject, display name, names of attachments, text; embeddings and isolates are ordinary Arabic or Hebrew."""
    if isinstance(known, Absent):
        return None
    facts = known.value
    origin, text = value(facts.sender), value(body(facts))
    lines = [line for line in (value(facts.subject), origin.line if origin else None) if line]
    found = [_finding(line.text, line.where) for line in lines if _OVERRIDE.search(line.text)]
    found += [_finding(item.name, item.where) for item in facts.attachments if _OVERRIDE.search(item.name)]
    match = _OVERRIDE.search(text.visible.text) if text else None
    if text and match:
        seen = text.visible.text[max(0, match.start() - 20) : match.end() + 20]
        found.append(_finding(seen, text.where_visible(*match.span())))
    return found[:MAX_FINDINGS]


def _finding(seen: str, where: Where) -> Finding:
    return FOUND.finding(
        say("a hidden character turns the direction of writing in {seen}", seen=shown(seen)), where, seen
    )


CHECK = Check(
    id="direction-override", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("no character turns the direction of writing"), needs=whole, judge=judge,
)  # fmt: skip
