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

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder, shown
from reputation.checks.content._needs import (
    body,
    message,
    value,
)
from reputation.facts.draft import DraftFacts
from reputation.model import Absent, Area, Finding, Found, Known, Severity
from reputation.records.later import holds, later
from reputation.text import say

FOUND = Finder(__doc__, Evidence.DOCUMENTED, Severity.MINOR)

_STEMS = ("attach", "enclosed", "anhang", "anbei", "joint", "adjunto", "прилож", "влож", "anexo", "附")
_ATTACHED = later(
    r"(?:please )?find (?:the )?(?:attached|enclosed)|(?:is|are|i have|we have|i've|we've) "
    r"attached|attached (?:is|are|you|please|find)|the attached (?:file|document|pdf|list|quotation)"
    r"|see (?:the )?attach(?:ed|ment)"
    r"|in the attachment|im anhang|anbei|ci joint|en pièce jointe|adjunto|в приложении|"
    r"во вложении|em anexo|(?:见|请查收|请看|请见|参考)附件|附件(?:是|为|中)|随附|附上",
    when=holds(*_STEMS),
)


def judge(known: Known[DraftFacts]) -> list[Finding] | None:
    """Only a whole message can tell; quoted answers are read too, as nobody marks them alike."""
    text = value(body(known.value)) if isinstance(known, Found) else None
    if isinstance(known, Absent) or text is None or known.value.attachments:
        return None if text is None else []
    low = text.folded.text
    match = _ATTACHED.search(low)
    if match is None:
        return []
    message = say('the text says "{seen}" but nothing is attached', seen=shown(match[0]))
    return [FOUND.finding(message, text.where_folded(*match.span()), match[0])]


CHECK = Check(
    id="attachment-forgotten", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("no attachment is missing"), needs=message, judge=judge,
)  # fmt: skip
