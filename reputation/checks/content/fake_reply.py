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
    body,
    value,
    whole,
)
from reputation.facts.draft import DraftFacts
from reputation.model import Absent, Area, Finding, Found, Known, Severity
from reputation.records.later import holds, later
from reputation.text import say

FOUND = Finder(__doc__, Evidence.FILTER, Severity.MINOR)

_PREFIX = later(r"(?:re|fw|fwd|aw|wg|sv|antw|回复|回覆|转发|答复)\s*[:：]", re.IGNORECASE, when=holds(":", "："))


def judge(known: Known[DraftFacts]) -> list[Finding] | None:
    """A real reply carries In-Reply-To or References, and mostly quotes what it answers."""
    line = value(known.value.subject) if isinstance(known, Found) else None
    if isinstance(known, Absent) or line is None:
        return None
    match = _PREFIX.match(line.text.strip())
    if match is None or _answers(known.value):
        return []
    message = say("the subject begins with {prefix} but the message answers nothing", prefix=match[0])
    return [FOUND.finding(message, line.where, line.text)]


def _answers(facts: DraftFacts) -> bool:
    message, text = value(facts.message), value(body(facts))
    if message and (message.header("In-Reply-To") or message.header("References")):
        return True
    return text is not None and ("\n>" in text.visible.text or "wrote:" in text.visible.text)


CHECK = Check(
    id="fake-reply", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("the subject does not pretend to be a reply"), needs=whole, judge=judge,
)  # fmt: skip
