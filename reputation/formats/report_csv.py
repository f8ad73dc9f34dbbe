"""One row a result, for spreadsheets: UTF-8 with a mark that Excel needs, CRLF, no cell that runs as a formula."""

from __future__ import annotations

import csv
import io
from itertools import chain

from reputation.formats import RenderOptions
from reputation.formats.clean import cell
from reputation.formats.evidence import label_code
from reputation.formats.summary import place_of
from reputation.model import UNREADABLE, Area, DraftProblem, Outcome, Report, Result
from reputation.text import render as words

FIELDS = (
    "area", "target", "outcome", "severity", "check", "zone", "message", "remedy", "record", "url", "cause", "evidence",
    "confidence", "source", "where", "fingerprint", "evidence_label",
)  # fmt: skip


def render(report: Report, options: RenderOptions) -> str:
    """The table with its heading; begins with the byte order mark."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(FIELDS)
    unread = (_unread(one, options.language) for one in report.problems)
    for row in chain(unread, (_row(result, options.language) for result in report.results)):
        writer.writerow([cell(value) for value in row])
    return "\ufeff" + out.getvalue()


def _row(result: Result, language: str) -> tuple[str, ...]:
    remedy = result.remedy
    return (
        result.area.value, result.target, result.outcome.value, result.severity.value, result.check,
        str(result.details.get("zone", "")), words(result.message, language),
        words(remedy.text, language) if remedy else "", remedy.record if remedy else "", remedy.url if remedy else "",
        result.cause.value if result.cause else "", " | ".join(result.evidence), result.confidence.value, result.source,
        place_of(result) if result.where else "", result.fingerprint, label_code(result),
    )  # fmt: skip


def _unread(problem: DraftProblem, language: str) -> tuple[str, ...]:
    known = {
        "area": Area.CONTENT.value, "target": problem.file, "outcome": Outcome.UNKNOWN.value, "check": UNREADABLE,
        "message": words(problem.message, language), "where": problem.file,
    }  # fmt: skip
    return tuple(known.get(name, "") for name in FIELDS)
