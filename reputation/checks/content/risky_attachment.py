"""An attachment that receivers refuse.

Why: Gmail refuses messages with these file types, also inside archives, and Microsoft 365 removes them. The whole
message comes back.
Bad:
    attachment: pricelist.exe, drawing.iso, invoice.js
Good:
    attachment: pricelist.pdf, or a link to a download page on your site
Fix: Send a PDF, or put the file on your site and link to it.
Source: Google, File types blocked in Gmail (support.google.com/mail/answer/6590, read 2026-11)
"""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from reputation.checks import Check
from reputation.checks.content._finding import MAX_FINDINGS, Evidence, Finder, shown
from reputation.checks.content._needs import (
    message,
)
from reputation.facts.draft import Attachment, DraftFacts
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.text import say

_FOLDER = Path(__file__).parent / "data"


FOUND = Finder(__doc__, Evidence.DOCUMENTED, Severity.MAJOR)

REFUSED = frozenset(_FOLDER.joinpath("refused_attachments.txt").read_text("ascii").split())

_PROGRAMS = frozenset(
    ("application/x-msdownload", "application/x-dosexec", "application/x-msdos-program", "application/x-msi",
     "application/vnd.microsoft.portable-executable", "application/hta", "application/java-archive")
)  # fmt: skip


def judge(known: Known[DraftFacts]) -> list[Finding] | None:
    """By the last ending of the declared names and by the declared type; the file itself is never opened."""
    if isinstance(known, Absent):
        return None
    risky = [item for item in known.value.attachments if item.endings & REFUSED or item.content_type in _PROGRAMS]
    return list(islice((_finding(item) for item in risky), MAX_FINDINGS))


def _finding(item: Attachment) -> Finding:
    message = say("receivers refuse attachments such as {name}", name=shown(item.name or item.content_type))
    return FOUND.finding(message, item.where, item.name)


CHECK = Check(
    id="risky-attachment", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("no attachment of a type that receivers refuse"), needs=message, judge=judge,
)  # fmt: skip
