"""One JSON object a line and draft: {file, results, risk, risk_score, risk_reasons}."""

from __future__ import annotations

import json
from collections.abc import Sequence

from reputation.formats.json_result import result_object
from reputation.model import Json, Result


def lint_line(file: str, results: Sequence[Result], risk: dict[str, Json], language: str) -> str:
    """The line of one draft, in ASCII. `risk` are the fields about its risk."""
    return json.dumps(
        {"file": file, "results": [result_object(result, language) for result in results], **risk}, allow_nan=False
    )
