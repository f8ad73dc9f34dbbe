"""No one-click unsubscribe.

Why: Gmail and Yahoo demand of bulk senders the headers List-Unsubscribe and List-Unsubscribe-Post. The sending tool
adds them, so a draft can not show them; a real message must.
Bad:
    no List-Unsubscribe in the sent message
Good:
    List-Unsubscribe: <https://example.com/u?id=1>
    List-Unsubscribe-Post: List-Unsubscribe=One-Click
Fix: Turn on one-click unsubscribe in your sending tool and check a message that you sent to yourself.
Source: RFC 8058; Google, Email sender guidelines (support.google.com/mail/answer/81126, read 2026-11); Yahoo Sender
Hub
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reputation.checks import Check
from reputation.checks.content._campaign import offers_way_out
from reputation.checks.content._finding import Evidence, Finder
from reputation.checks.content._needs import (
    body,
    message,
    value,
)
from reputation.facts.draft import DraftFacts
from reputation.model import Absent, Area, Finding, Found, Known, Severity, Where
from reputation.records.message import Message
from reputation.text import say

FOUND = Finder(__doc__, Evidence.DOCUMENTED, Severity.MINOR)

_HEADERS = ("List-Unsubscribe", "List-Unsubscribe-Post")


def judge(known: Known[DraftFacts]) -> list[Finding] | None:
    """Only for a message that was really sent (it has Received or DKIM-Signature) and looks like a campaign."""
    message = value(known.value.message) if isinstance(known, Found) else None
    if isinstance(known, Absent) or message is None:
        return None
    if not (message.header("Received") or message.header("DKIM-Signature")):
        return None
    text = value(body(known.value))
    if not message.header("List-Unsubscribe") and not (text and offers_way_out(text.folded.text)):
        return None
    return list(_faults(message, Where(known.value.file)))


def _faults(message: Message, where: Where) -> Iterator[Finding]:
    for name in _HEADERS:
        if not message.header(name):
            yield FOUND.finding(say("the sent message lacks {header}", header=name), where)
    address = message.header("List-Unsubscribe")
    if address and "<https://" not in address.lower():
        yield FOUND.finding(say("{header} names no https address", header="List-Unsubscribe"), where, address)
    signatures = [header.unfolded.lower() for header in message.all_headers("DKIM-Signature")]
    for name in _HEADERS if signatures else ():
        if message.header(name) and not any(_covers(one, name.lower()) for one in signatures):
            yield FOUND.finding(say("a DKIM signature does not cover {header}", header=name), where)


def _covers(signature: str, name: str) -> bool:
    match = re.search(r"(?:^|;)\s*h\s*=([^;]{0,4000})", signature)
    return bool(match) and name in [part.strip() for part in match[1].split(":")] if match else False


CHECK = Check(
    id="one-click-missing", area=Area.COMPLIANCE, severity=FOUND.severity,
    passed=say("the one-click headers are there, or it is no sent campaign"), needs=message, judge=judge,
)  # fmt: skip
