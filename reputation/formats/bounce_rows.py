"""One row a recipient for a CRM: neutral columns, tags, the day to look again."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import Final

from reputation.bounces.statistics import Seen, Summary
from reputation.formats.clean import cell
from reputation.text import render

COLUMNS: Final = (
    "email", "status", "bounce_class", "smtp_code", "enhanced_code", "reason", "reason_zh", "first_seen", "last_seen",
    "count", "suggested_address", "tag", "next_check", "action",
)  # fmt: skip
_STATUS: Final = {"hard": "remove", "complaint": "remove", "soft": "retry", "block": "keep", "unknown": "verify"}
_TO_VERIFY: Final = {"en": "mailbox-to-verify", "zh": "邮箱待核实"}
_VERIFY_AFTER: Final = timedelta(days=7)


def bounce_rows(summary: Summary, today: date, language: str) -> list[tuple[str, ...]]:
    """The rows without their heading. `today` is the day of the run: it counts where a bounce has no date."""
    verify = {one.diagnosis.recipient for one in summary.verify}
    return [_row(one, today, language, one.diagnosis.recipient in verify) for one in summary.recipients]


def _row(one: Seen, today: date, language: str, to_verify: bool) -> tuple[str, ...]:
    found = one.diagnosis
    hours = found.retry_after_hours
    days = timedelta(days=max(1, -(-hours // 24))) if hours else (_VERIFY_AFTER if to_verify else None)
    first, last = one.first or today.isoformat(), one.last or today.isoformat()
    tags = [f"{last[:7]}-bounce", *([_TO_VERIFY[language]] if to_verify or found.verdict == "hard" else [])]
    return (
        found.recipient, "verify" if to_verify else _STATUS.get(found.verdict, "verify"), found.verdict, found.reply,
        found.status, render(found.title, "en"), render(found.title, "zh"), first, last,
        str(one.count), found.suggestion.address if found.suggestion else "", ";".join(tags),
        (today + days).isoformat() if days and not (found.permanent and not to_verify) else "",
        render(found.advice, language),
    )  # fmt: skip


def bounce_csv(summary: Summary, today: date, language: str) -> str:
    """The rows for a spreadsheet: byte order mark, CRLF, no cell that runs as a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([cell(value) for value in row] for row in bounce_rows(summary, today, language))
    return "\ufeff" + out.getvalue()
