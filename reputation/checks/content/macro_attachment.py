"""An attachment that many companies filter out.

Why: Office files with macros, HTML, SVG and archives of rare kinds carry today's attacks. Microsoft 365 tenants and
gateways remove them or the whole message.
Bad:
    prices.xlsm, invoice.html, drawing.svg, photos.rar
Good:
    prices.xlsx or prices.pdf
Fix: Send the plain format (.xlsx, .docx, .pdf), or link to the file on your site.
Source: Microsoft 365 common attachments filter (list of a university tenant, it.muni.cz); NDR 550 5.0.350
"""

from __future__ import annotations

from itertools import islice

from reputation.checks import Check
from reputation.checks.content._finding import MAX_FINDINGS, Evidence, Finder, shown
from reputation.checks.content._needs import (
    message,
)
from reputation.facts.draft import Attachment, DraftFacts
from reputation.model import Absent, Area, Finding, Known, Severity
from reputation.text import say

FOUND = Finder(__doc__, Evidence.DOCUMENTED, Severity.MINOR)

FILTERED = frozenset(
    ("ace", "ani", "arj", "asp", "aspx", "bas", "csh", "docm", "dotm", "gadget", "hlp", "htm", "html", "inf", "lha",
     "lzh", "mdb", "one", "ops", "potm", "ppsm", "pptm", "pst", "py", "rar", "reg", "shtml", "svg", "url", "xlam",
     "xlsm", "xltm", "xz", "z")
)  # fmt: skip


def judge(known: Known[DraftFacts]) -> list[Finding] | None:
    """By the last ending of the declared name."""
    if isinstance(known, Absent):
        return None
    found = [item for item in known.value.attachments if item.endings & FILTERED]
    return list(islice((_finding(item) for item in found), MAX_FINDINGS))


def _finding(item: Attachment) -> Finding:
    message = say("many companies filter out attachments such as {name}", name=shown(item.name))
    return FOUND.finding(message, item.where, item.name)


CHECK = Check(
    id="macro-attachment", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("no attachment that companies filter out"), needs=message, judge=judge,
)  # fmt: skip
