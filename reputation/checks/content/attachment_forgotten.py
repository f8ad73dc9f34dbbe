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

_STEMS = ("attach", "enclos", "anhang", "anbei", "joint", "adjunto", "прилож", "влож", "anexo", "附")
_ATTACHED = later(
    r"(?:please )?find (?:[^\s.]{1,30} ){0,5}(?:attached|enclosed)|(?:is|are|i have|we have|i've|we've) attached"
    r"|(?:attached|enclosed),? (?:is|are|you|please|find)"
    r"|\b(?:i am|we are|i'm|we're|i|we) (?:attach|enclos)(?:e|ing)?\b"
    r"|the (?:attached|enclosed) (?:[^\s.]{1,30} )?(?:files?|documents?|pdf|lists?|quotations?|quotes?|offers?"
    r"|invoices?|catalog(?:ue)?s?|brochures?|drawings?|photos?|pictures?|specifications?|data ?sheets?|contract"
    r"|agreement|forms?|certificates?|reports?|tables?|order|proforma|presentation)\b"
    r"|(?:see|refer to) (?:the |our |my )?attach(?:ed|ments?)|(?:in|as) (?:the |an )?attachment"
    r"|im anhang|anbei|ci joint|en pièce jointe|adjunto|в приложении|во вложении|em anexo"
    r"|(?:见|查收|查看|查阅|参阅|参看|请看|参考|打开|下载)附件|附件(?:是|为|中|里|内|请|如下)|随附|附上",
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
