"""Keeps what `lint --learn` found, in the user's own state folder."""

from __future__ import annotations

import json
from pathlib import Path

from reputation.facts.learned import Learned
from reputation.gather.folders import state_folder

_LIMIT = 10_000


def learned_file() -> Path:
    """Where the offset is kept."""
    return state_folder() / "lint-learned.json"


def save_learned(learned: Learned) -> Path:
    """Writes the offset and says where. Raises OSError."""
    path = learned_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"offset": learned.offset, "mails": learned.mails}) + "\n", "utf-8")
    return path


def load_learned() -> Learned | None:
    """The offset of an earlier run; None when there is none that can be read."""
    try:
        raw = json.loads(learned_file().read_text("utf-8")[:_LIMIT])
        offset, mails = float(raw["offset"]), int(raw["mails"])
    except (OSError, ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return None
    return Learned(offset, mails) if -3.0 <= offset <= 0.0 else None
