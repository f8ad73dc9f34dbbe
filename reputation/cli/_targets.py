"""What people type where a domain is asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from reputation.bad_input import BadInput
from reputation.text import say

_ENDINGS: Final = (
    ".eml", ".msg", ".txt", ".html", ".htm", ".md", ".markdown", ".csv", ".tsv", ".json", ".toml", ".doc", ".docx",
    ".xls", ".xlsx", ".pdf", ".rtf", ".png", ".jpg", ".jpeg", ".zip",
)  # fmt: skip


def refuse_file(typed: str) -> None:
    """A file that exists under this name was meant, not a domain. Raises a sentence with the options for files."""
    path = Path(typed)
    if path.suffix.lower() in _ENDINGS and _is_file(path):
        raise BadInput(
            say("{file} is a file; give a draft with --draft, a list of targets to "
                "`reputation listings --targets {file}`", file=typed[:200])
        )  # fmt: skip


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False
