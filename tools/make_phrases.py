"""Writes words/phrases.json, which a run reads instead of the lists. With --check: exit 1 when it is not fresh.

Parsing the lists and folding each phrase takes ten times as long as reading the result, at each start.
"""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from reputation.checks.content._phrases import COMPILED, WAYS, Phrase, keys_of  # noqa: E402
from reputation.records.mail_text import folded  # noqa: E402


def listed() -> list[Phrase]:
    """The phrases of all lists."""
    found = []
    for path in sorted(COMPILED.parent.glob("*.toml")):
        raw = tomllib.loads(path.read_text("utf-8"))
        for group in raw["group"]:
            for text in group["phrases"]:
                found.append(Phrase(text, group["category"], group["evidence"], raw["language"], folded(text).text))
    return found


def compiled() -> str:
    """Evidence, way of finding and key -> phrases; a line each key."""
    index: dict[str, dict[str, dict[str, list[Phrase]]]] = {}
    for phrase in listed():
        way, key = keys_of(phrase)
        index.setdefault(phrase.evidence, {name: {} for name in WAYS})[way].setdefault(key, []).append(phrase)
    return json.dumps(index, ensure_ascii=False, separators=(",", ":")).replace("]],", "]],\n") + "\n"


def main() -> int:
    if "--check" in sys.argv[1:]:
        return int(not COMPILED.exists() or COMPILED.read_text("utf-8") != compiled())
    COMPILED.write_text(compiled(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
