"""Writes the JSON twin of each TOML file that every lint reads. With --check: exit 1 when one is not fresh.

People write TOML, with comments. Loading Python's parser for it takes 3 ms of each start; the one for JSON is there.
"""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WRITTEN = (ROOT / "reputation" / "policy.toml", ROOT / "reputation" / "risk" / "wording.toml")


def compiled(path: Path) -> str:
    """The tables of the file, without the comments."""
    return json.dumps(tomllib.loads(path.read_text("utf-8")), ensure_ascii=False, indent=1) + "\n"


def main() -> int:
    twins = {path.with_suffix(".json"): compiled(path) for path in WRITTEN}
    if "--check" in sys.argv[1:]:
        return int(any(not twin.exists() or twin.read_text("utf-8") != text for twin, text in twins.items()))
    for twin, text in twins.items():
        twin.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
