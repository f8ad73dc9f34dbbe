"""The report for machines, and back: what is saved as JSON can be rendered again in any format and language."""

from __future__ import annotations

from collections.abc import Iterator

from reputation.formats import RenderOptions
from reputation.formats.json_pieces import Fields, json_pieces
from reputation.formats.json_result import result_object
from reputation.model import SCHEMA_VERSION, Fix, Json, Range, Remedy, Report, Result, Subject
from reputation.text import plain
from reputation.text import render as words


def render(report: Report, options: RenderOptions) -> str:
    """ASCII-safe JSON with a final line end."""
    return "".join(json_pieces(report_fields(report, options.language))) + "\n"


def report_object(report: Report, language: str) -> dict[str, Json]:
    """The report as plain values, fields as the schema names them."""
    rows: dict[str, Json] = {name: list(rows) for name, rows in _rows(report, language).items()}
    return {**_head(report, language), **rows}


def report_fields(report: Report, language: str) -> Fields:
    """The same with rows that are made as they are asked for, once."""
    return {**_head(report, language), **_rows(report, language)}


def _head(report: Report, language: str) -> dict[str, Json]:
    run = report.run
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "reputation", "version": report.tool_version},
        "run": {
            "id": run.id, "started_at": run.started_at, "duration_s": round(run.duration_s, 3),
            "resolvers": list(run.resolvers), "offline": run.offline, "language": language,
        },
        "subject": _subject(report.subject),
        "verdict": report.verdict.value,
        "score": _score(report),
        "coverage": {"asked": report.coverage.asked, "unknown": report.coverage.unknown},
    }  # fmt: skip


def _rows(report: Report, language: str) -> dict[str, Iterator[Json]]:
    return {
        "fixes": (_fix(fix, language) for fix in report.fixes),
        "notes": ({"message": words(note, language), "said": {"message": plain(note)}} for note in report.notes),
        "problems": (
            {"file": one.file, "message": words(one.message, language), "said": {"message": plain(one.message)}}
            for one in report.problems
        ),
        "results": (full_result(result, language) for result in report.results),
    }


def full_result(result: Result, language: str) -> dict[str, Json]:
    """A result with the ids and values of its sentences beside it."""
    said: dict[str, Json] = {"message": plain(result.message)}
    if result.remedy:
        said["remedy"] = plain(result.remedy.text)
    return {**result_object(result, language), "said": said}


def _subject(subject: Subject) -> dict[str, Json]:
    return {
        "domains": list(subject.domains), "ips": list(subject.ips), "drafts": list(subject.drafts),
        "display": dict(subject.display),
    }  # fmt: skip


def _score(report: Report) -> dict[str, Json] | None:
    if report.score.total is None:
        return {"low": None, "high": None, "areas": _areas(report)}
    return {**_range(report.score.total), "areas": _areas(report)}


def _areas(report: Report) -> dict[str, Json]:
    return {area.value: _range(found) if found else None for area, found in sorted(report.score.areas.items())}


def _range(found: Range) -> dict[str, Json]:
    return {"low": found.low, "high": found.high}


def _fix(fix: Fix, language: str) -> dict[str, Json]:
    said: dict[str, Json] = {"message": plain(fix.message)}
    found: dict[str, Json] = {
        "check": fix.check, "target": fix.target, "outcome": fix.outcome.value, "gain": fix.gain,
        "message": words(fix.message, language), "results": list(fix.results),
    }  # fmt: skip
    if fix.remedy:
        found["remedy"] = _remedy(fix.remedy, language)
        said["remedy"] = plain(fix.remedy.text)
    return {**found, "said": said}


def _remedy(remedy: Remedy, language: str) -> dict[str, Json]:
    found: dict[str, Json] = {"text": words(remedy.text, language)}
    return found | {name: value for name, value in (("record", remedy.record), ("url", remedy.url)) if value}
