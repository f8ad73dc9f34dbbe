"""One JSON object a line and draft: {file, results}."""

from __future__ import annotations

import json
from collections.abc import Sequence

from reputation.formats.json_result import result_object
from reputation.model import Result


def lint_line(file: str, results: Sequence[Result], language: str) -> str:
    """The line of one draft, in ASCII."""
    return json.dumps({"file": file, "results": [result_object(result, language) for result in results]})
