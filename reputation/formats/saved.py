"""Reads a saved JSON report. The file may come from anybody: bounded, typed, one sentence for whatever is wrong."""

from __future__ import annotations

import json
import math
from typing import Any, Final

from reputation.formats.fields import FieldError, Fields
from reputation.model import (
    SCHEMA_VERSION,
    Area,
    Cause,
    Confidence,
    Coverage,
    DraftProblem,
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
)
from reputation.text import Text, from_plain, say

MAX_BYTES: Final = 50_000_000
MAX_DEPTH: Final = 40
_MOST: Final = 1_000_000_000
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
    raw = _parsed(text)
    version = raw.get("schema_version") if isinstance(raw, dict) else None
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise SavedError(say("the file is JSON, but no report: schema_version is missing"))
    if version > SCHEMA_VERSION:
        raise SavedError(say("the report was written by a newer version of this program"))
    try:
        return _report(Fields(raw, ""))
    except FieldError as error:
        raise SavedError(say("the report is damaged: {problem}", problem=error.sentence)) from None


def _parsed(text: str) -> Any:
    if len(text) > MAX_BYTES:
        raise SavedError(say("the file is larger than {n} MB", n=MAX_BYTES // 1_000_000))
    try:
        raw = json.loads(text, parse_constant=_finite, parse_float=_finite)
    except (ValueError, RecursionError):
        raise SavedError(say("the file is not JSON")) from None
    if not _is_flat(raw):
        raise SavedError(say("the report is damaged: it is nested more than {n} deep", n=MAX_DEPTH))
    return raw


def _finite(digits: str) -> float:
    found = float(digits)
    if not math.isfinite(found):
        raise ValueError(digits)
    return found


def _is_flat(raw: Any) -> bool:
    """No deeper than MAX_DEPTH; looked at level by level, so that depth costs no stack."""
    level = [raw]
    for _ in range(MAX_DEPTH):
        nested = [one for one in level if isinstance(one, dict | list)]
        level = [inner for one in nested for inner in (one.values() if isinstance(one, dict) else one)]
        if not level:
            return True
    return False


def _report(raw: Fields) -> Report:
    coverage = raw.child("coverage")
    return Report(
        run=_run(raw.child("run")), subject=_subject(raw.child("subject")), verdict=raw.member("verdict", Verdict),
        score=_score(raw.child("score")),
        coverage=Coverage(coverage.whole("asked", _MOST), coverage.whole("unknown", _MOST)),
        results=tuple(_result(one) for one in raw.children("results")),
        fixes=tuple(_fix(one) for one in raw.children("fixes", [])),
        notes=tuple(_text(one, "message") for one in raw.children("notes", [])),
        tool_version=raw.child("tool").text("version"),
        problems=tuple(
            DraftProblem(one.text("file"), _text(one, "message")) for one in raw.children("problems", [])
        ),
    )  # fmt: skip


def _run(raw: Fields) -> Run:
    return Run(
        id=raw.text("id"), started_at=raw.moment("started_at"), duration_s=raw.number("duration_s"),
        resolvers=raw.texts("resolvers"), offline=raw.flag("offline"), language=raw.text("language"),
    )  # fmt: skip


def _subject(raw: Fields) -> Subject:
    shown = raw.optional("display")
    display = {name: shown.text(name) for name in shown.raw} if shown else {}
    return Subject(raw.texts("domains"), raw.texts("ips"), raw.texts("drafts"), display)


def _score(raw: Fields) -> Score:
    found = raw.child("areas")
    areas = {area: _range(found.optional(area)) for area in Area if area in found.raw}
    return Score(_range(raw if raw.raw.get("low") is not None else None), areas)


def _range(raw: Fields | None) -> Range | None:
    if raw is None:
        return None
    low = raw.whole("low", 100)
    return Range(low, max(low, raw.whole("high", 100)))


def _result(raw: Fields) -> Result:
    return Result(
        check=raw.text("check"), area=raw.member("area", Area), target=raw.text("target"),
        outcome=raw.member("outcome", Outcome), message=_text(raw, "message"),
        severity=raw.member("severity", Severity),
        cause=raw.member("cause", Cause) if raw.raw.get("cause") is not None else None, evidence=raw.texts("evidence"),
        remedy=_remedy(raw), source=raw.text("source"), confidence=raw.member("confidence", Confidence),
        where=_where(raw.optional("where")), details={name: raw.raw[name] for name in raw.raw if name not in _OWN},
    )  # fmt: skip


def _fix(raw: Fields) -> Fix:
    return Fix(
        raw.text("check"), raw.text("target"), _text(raw, "message"), _remedy(raw), raw.whole("gain", 100),
        raw.member("outcome", Outcome), raw.texts("results"),
    )  # fmt: skip


def _text(raw: Fields, name: str) -> Text:
    said = raw.optional("said")
    return from_plain(said.raw.get(name) if said else None, raw.text(name))


def _remedy(raw: Fields) -> Remedy | None:
    found = raw.optional("remedy")
    if found is None:
        return None
    said = raw.optional("said")
    text = from_plain(said.raw.get("remedy") if said else None, found.text("text"))
    return Remedy(text, found.text("record", ""), found.text("url", ""))


def _where(raw: Fields | None) -> Where | None:
    if raw is None:
        return None
    numbers = (raw.whole(name, _MOST) for name in ("line", "column", "end_line", "end_column"))
    return Where(raw.text("file"), *numbers)
