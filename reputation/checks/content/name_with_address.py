"""The sender's name holds another address.

Why: A display name that shows an address other than the real one is a disguise; filters give it points and mail
programs warn.
Bad:
    From: "service@bank.example" <x7@other.example>
Good:
    From: "Anna Li" <anna@example.com>
Fix: Write the name of the person or company there.
Source: rspamd 3.4 SPOOF_DISPLAY_NAME, FROM_DN_EQ_ADDR (1.0); own measurement: 1.5 % of spam, 0.2 % of other mail
"""

from __future__ import annotations

import re

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder, shown
from reputation.checks.content._needs import (
    sender,
)
from reputation.facts.draft import Sender
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.records.later import holds, later
from reputation.records.link import organizational
from reputation.text import say

FOUND = Finder(__doc__, Evidence.FILTER, Severity.MAJOR)

_ADDRESS = later(r"(?<![\w.+-])[\w.+-]{1,64}+@((?:[\w-]{1,63}\.){1,8}[a-z]{2,24})", re.IGNORECASE, when=holds("@"))


def judge(known: Known[Sender]) -> list[Finding] | None:
    """An address of the same company as name is ugly but honest."""
    if isinstance(known, Absent):
        return None
    box = known.value.mailbox
    match = _ADDRESS.search(box.name)
    if match is None or not box.domain or organizational(match[1].lower()) == organizational(box.domain):
        return []
    message = say(
        "the name shows {shown} but the address is {address}", shown=shown(match[0]), address=shown(box.address)
    )
    return [FOUND.finding(message, known.value.line.where, known.value.line.text)]


CHECK = Check(
    id="name-with-address", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("the sender's name holds no other address"), needs=sender, judge=judge,
)  # fmt: skip
