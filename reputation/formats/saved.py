"""Reads a saved JSON report. The file may come from anybody: bounded, typed, one sentence for whatever is wrong."""

from __future__ import annotations

import json
from typing import Any, Final

from reputation.model import (
    SCHEMA_VERSION,
    Area,
    Cause,
    Confidence,
    Coverage,
    Fix,
    Outcome,
    Range,
    Remedy,
    Report,
    Result,
    Run,
    Score,
    Severity,
    Subject,
    Verdict,
    Where,
)  # fmt: skip
from reputation.text import Text, from_plain, say

MAX_BYTES: Final = 50_000_000
_OWN: Final = {
    "check", "area", "target", "outcome", "severity", "message", "evidence", "source", "confidence", "fingerprint",
    "cause", "remedy", "where", "said",
}  # fmt: skip


class SavedError(ValueError):
    """The file is no report that can be read; `sentence` says why."""

    def __init__(self, sentence: Text) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


def from_json(text: str) -> Report:
    """The report in a JSON text. Raises SavedError."""
    if len(text) > MAX_BYTES:
        raise SavedError(say("the file is larger than {n} MB", n=MAX_BYTES // 1_000_000))
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError):
        raise SavedError(say("the file is not JSON")) from None
    if not isinstance(raw, dict) or not isinstance(raw.get("schema_version"), int):
        raise SavedError(say("the file is JSON, but no report: schema_version is missing"))
    if raw["schema_version"] > SCHEMA_VERSION:
        raise SavedError(say("the report was written by a newer version of this program"))
    try:
        return _report(raw)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise SavedError(say("the report is damaged near {place}", place=str(error)[:80])) from None


def _report(raw: dict[str, Any]) -> Report:
    return Report(
        run=_run(raw["run"]), subject=_subject(raw["subject"]), verdict=Verdict(raw["verdict"]),
        score=_score(raw["score"]), coverage=Coverage(int(raw["coverage"]["asked"]), int(raw["coverage"]["unknown"])),
        results=tuple(_result(one) for one in raw["results"]), fixes=tuple(_fix(one) for one in raw.get("fixes", ())),
        notes=tuple(_text(one, "message") for one in raw.get("notes", ())), tool_version=str(raw["tool"]["version"]),
    )  # fmt: skip


def _run(raw: dict[str, Any]) -> Run:
    return Run(
        id=str(raw["id"]), started_at=str(raw["started_at"]), duration_s=float(raw["duration_s"]),
        resolvers=_strings(raw["resolvers"]), offline=bool(raw["offline"]), language=str(raw["language"]),
    )  # fmt: skip


def _subject(raw: dict[str, Any]) -> Subject:
    display = {str(k): str(v) for k, v in raw.get("display", {}).items()}
    return Subject(_strings(raw["domains"]), _strings(raw["ips"]), _strings(raw["drafts"]), display)


def _score(raw: dict[str, Any]) -> Score:
    areas = {Area(name): _range(found) for name, found in raw["areas"].items()}
    return Score(_range(raw) if raw["low"] is not None else None, areas)


def _range(raw: dict[str, Any] | None) -> Range | None:
    return None if raw is None else Range(int(raw["low"]), int(raw["high"]))


def _result(raw: dict[str, Any]) -> Result:
    details = {str(k): v for k, v in raw.items() if k not in _OWN}
    return Result(
        check=str(raw["check"]), area=Area(raw["area"]), target=str(raw["target"]), outcome=Outcome(raw["outcome"]),
        message=_text(raw, "message"), severity=Severity(raw["severity"]),
        cause=Cause(raw["cause"]) if raw.get("cause") else None, evidence=_strings(raw["evidence"]),
        remedy=_remedy(raw), source=str(raw["source"]), confidence=Confidence(raw["confidence"]),
        where=_where(raw.get("where")), details=details,
    )  # fmt: skip


def _fix(raw: dict[str, Any]) -> Fix:
    return Fix(
        str(raw["check"]), str(raw["target"]), _text(raw, "message"), _remedy(raw), int(raw["gain"]),
        Outcome(raw["outcome"]), _strings(raw["results"]),
    )  # fmt: skip


def _text(raw: dict[str, Any], name: str) -> Text:
    return from_plain(raw.get("said", {}).get(name), str(raw[name]))


def _remedy(raw: dict[str, Any]) -> Remedy | None:
    found = raw.get("remedy")
    if found is None:
        return None
    text = from_plain(raw.get("said", {}).get("remedy"), str(found["text"]))
    return Remedy(text, str(found.get("record", "")), str(found.get("url", "")))


def _where(raw: dict[str, Any] | None) -> Where | None:
    if raw is None:
        return None
    return Where(str(raw["file"]), *(int(raw[name]) for name in ("line", "column", "end_line", "end_column")))


def _strings(raw: list[Any]) -> tuple[str, ...]:
    return tuple(str(one) for one in raw)
