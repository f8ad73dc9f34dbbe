"""What drafts are called."""

from __future__ import annotations

from pathlib import Path

SUFFIXES = frozenset({".eml", ".html", ".htm", ".xhtml", ".md", ".markdown", ".txt"})


def is_draft_name(name: str) -> bool:
    """Whether a file in a folder is a draft by its name."""
    return Path(name).suffix.lower() in SUFFIXES
