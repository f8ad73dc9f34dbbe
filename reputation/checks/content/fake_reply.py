"""Re: or Fwd: without an earlier message.

Why: A subject that pretends to answer something deceives the reader. rspamd scores it, Gmail's sender rules forbid
it, and the CAN-SPAM act calls it a deceptive subject.
Bad:
    Subject: Re: your order    (a first message)
Good:
    Subject: Offer for your order of May
Fix: Leave Re: and Fwd: away in a first message.
Source: rspamd 3.4 FAKE_REPLY (1.0); Google, Email sender guidelines (read 2026-11); 15 U.S.C. 7704(a)(2)
"""

from __future__ import annotations

import re

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder
from reputation.checks.content._needs import (
    message,
    value,
)
from reputation.facts.draft import DraftFacts
from reputation.model import Absent, Area, Finding, Found, Known, Severity
from reputation.records.later import holds, later
from reputation.text import say

FOUND = Finder(__doc__, Evidence.FILTER, Severity.MINOR)

_QUOTATION = later(
    r"^[ \t]*(?:>|-{2,}[ \t]*(?:original|forwarded|urspr|weitergeleitet|message|mensaje|原始|转发|轉寄|исходн"
    r"|пересыла))"
    r"|(?:wrote|schrieb|a écrit|escribió|escreveu|写道|寫道|пишет|писал)[ \t]*[:：]"
    r"|^[ \t*]*(?:from|von|de|发件人|寄件者|寄件人|от)[ \t*]*[:：](?:[^\n]{0,300}\n){1,3}?"
    r"[ \t*]*(?:sent|date|gesendet|datum|envoyé|enviado|发送时间|发送日期|日期|寄件日期|时间|отправлено|дата)"
    r"[ \t*]*[:：]",
    re.IGNORECASE | re.MULTILINE,
)
_QUOTED_BY = 20_000  # characters of the text; a quotation begins within them
_QUOTING_TAG = later(r"<blockquote\b|gmail_quote|id=\"?divrplyfwdmsg", re.IGNORECASE)
_PREFIX = later(r"(?:re|fw|fwd|aw|wg|sv|antw|回复|回覆|转发|答复)\s*[:：]", re.IGNORECASE, when=holds(":", "："))


def judge(known: Known[DraftFacts]) -> list[Finding] | None:
    """A real reply carries In-Reply-To or References, or quotes what it answers. Only a whole message can tell."""
    line = value(known.value.subject) if isinstance(known, Found) else None
    if isinstance(known, Absent) or line is None:
        return None
    match = _PREFIX.match(line.text.strip())
    if match is None or _answers(known.value):
        return []
    message = say("the subject begins with {prefix} but the message answers nothing", prefix=match[0])
    return [FOUND.finding(message, line.where, line.text)]


def _answers(facts: DraftFacts) -> bool:
    message, html = value(facts.message), value(facts.html)
    if message and (message.header("In-Reply-To") or message.header("References")):
        return True
    if message and any(part.content_type == "message/rfc822" for part in message.walk()):
        return True
    quoting = html is not None and bool(_QUOTING_TAG.search(html.source))
    return quoting or any(_QUOTATION.search(text.visible.text, 0, _QUOTED_BY) for text in facts.texts)


CHECK = Check(
    id="fake-reply", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("the subject does not pretend to be a reply"), needs=message, judge=judge,
)  # fmt: skip
