"""The history for programs: times in RFC 3339, UTC."""

from __future__ import annotations

import json
from collections.abc import Sequence

from reputation.formats import RenderOptions
from reputation.formats.digest import stamp
from reputation.formats.history_view import TargetHistory, message
from reputation.model import Json


def render(histories: Sequence[TargetHistory], options: RenderOptions) -> str:
    """{"targets": [{"target", "runs": [...], "spans": [...]}]}."""
    targets: list[Json] = [_target(one, options.language) for one in histories]
    return json.dumps({"schema_version": 1, "targets": targets}, indent=2) + "\n"


def _target(one: TargetHistory, language: str) -> Json:
    runs: list[Json] = [
        {"run": p.run_id, "at": stamp(p.at), "verdict": p.verdict, "low": p.low, "high": p.high, "asked": p.asked,
         "unknown": p.unknown}
        for p in one.points
    ]  # fmt: skip
    spans: list[Json] = [
        {"target": s.target, "check": s.check, "zone": s.zone, "since": stamp(s.since),
         "until": None if s.until is None else stamp(s.until), "ending": s.ending or None, "severity": s.severity,
         "message": message(s, language)}
        for s in one.spans
    ]  # fmt: skip
    return {"target": one.target, "runs": runs, "spans": spans}
