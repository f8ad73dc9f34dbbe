"""One JSON object a line and subject."""

from __future__ import annotations

import json

from reputation.formats import RenderOptions
from reputation.formats.report_json import full_result, report_object
from reputation.model import Json, Report


def render(report: Report, options: RenderOptions) -> str:
    """One object a subject: the frame of the report with this subject's results."""
    frame = report_object(report._replace(results=()), options.language)
    targets = dict.fromkeys(result.target for result in report.results)
    return "".join(
        json.dumps(_line(target, frame, report, options.language), allow_nan=False) + "\n" for target in targets
    )


def _line(target: str, frame: dict[str, Json], report: Report, language: str) -> dict[str, Json]:
    own: list[Json] = [full_result(result, language) for result in report.results if result.target == target]
    return {"target": target, **frame, "results": own}
