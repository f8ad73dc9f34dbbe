"""One result as the JSON object of the contract; the extra fields of a check stand beside the common ones."""

from __future__ import annotations

from reputation.model import Json, Remedy, Result, Where
from reputation.text import render


def result_object(result: Result, language: str) -> dict[str, Json]:
    """The fields in a fixed order; cause, remedy and where only where there is one."""
    fields: dict[str, Json] = {
        "check": result.check,
        "area": result.area.value,
        "target": result.target,
        "outcome": result.outcome.value,
        "severity": result.severity.value,
        "message": render(result.message, language),
        "evidence": list(result.evidence),
        "source": result.source,
        "confidence": result.confidence.value,
        "fingerprint": result.fingerprint,
    }
    optional: dict[str, Json] = {
        "cause": result.cause.value if result.cause else None,
        "remedy": _remedy(result.remedy, language) if result.remedy else None,
        "where": _where(result.where) if result.where else None,
    }
    return {**fields, **{name: value for name, value in optional.items() if value is not None}, **result.details}


def _remedy(remedy: Remedy, language: str) -> Json:
    fields: dict[str, Json] = {"text": render(remedy.text, language)}
    return fields | {name: value for name, value in (("record", remedy.record), ("url", remedy.url)) if value}


def _where(where: Where) -> Json:
    return {
        "file": where.file,
        "line": where.line,
        "column": where.column,
        "end_line": where.end_line,
        "end_column": where.end_column,
    }
