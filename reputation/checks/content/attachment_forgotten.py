"""An attachment is named, but there is none.

Why: The text says that something is attached, and nothing is. The reader has to ask.
Bad:
    Please find attached our price list. (no attachment)
Good:
    the same with price-list.pdf attached
Fix: Attach the file, or change the sentence.
Source: Mail-merge practice
"""

from __future__ import annotations

import re
from itertools import islice

from reputation.checks import Check
from reputation.checks.content._attached import says_attached
from reputation.checks.content._finding import Evidence, Finder, shown
from reputation.checks.content._needs import (
    body,
    message,
    value,
)
from reputation.checks.content._quoted import is_marked, quoted_from
from reputation.facts.draft import Body, DraftFacts
from reputation.model import Absent, Area, Finding, Found, Known, Severity
from reputation.text import say

FOUND = Finder(__doc__, Evidence.DOCUMENTED, Severity.MINOR)

_MOST = 200


def judge(known: Known[DraftFacts]) -> list[Finding] | None:
    """Only a whole message can tell; what it quotes had its attachments in another mail."""
    text = value(body(known.value)) if isinstance(known, Found) else None
    if isinstance(known, Absent) or text is None or known.value.attachments:
        return None if text is None else []
    match = _own(text)
    if match is None:
        return []
    message = say('the text says "{seen}" but nothing is attached', seen=shown(match[0]))
    return [FOUND.finding(message, text.where_folded(*match.span()), match[0])]


def _own(text: Body) -> re.Match[str] | None:
    """The first place that is not quoted."""
    said = list(islice(says_attached(text.folded.text), _MOST))
    seen = text.visible.text
    end = quoted_from(seen) if said else 0
    places = ((match, text.folded.origin(match.start())) for match in said)
    return next((match for match, place in places if place < end and not is_marked(seen, place)), None)


CHECK = Check(
    id="attachment-forgotten", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("no attachment is missing"), needs=message, judge=judge,
)  # fmt: skip
