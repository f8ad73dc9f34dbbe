"""Writes docs/checks.md from the docstrings of the checks. With --check: exit 1 when the page is not fresh."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from reputation.checks.about import About, about_module  # noqa: E402
from reputation.checks.registry import TOPICS, modules_of  # noqa: E402
from reputation.formats.evidence import LABELS  # noqa: E402

PAGE = ROOT / "docs" / "checks.md"
HEAD = """# Checks

Written by `make docs` from the docstrings; `reputation explain ID` shows one page in the terminal, in both languages.
What the severities mean: [severities.md](severities.md).
"""


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    for topic in TOPICS:
        modules = modules_of(topic)
        parts.append(f"## {topic.capitalize()} ({len(modules)})\n")
        parts.extend(_entry(module.CHECK.id, about_module(module)) for module in modules)
    return "\n".join(parts)


def _entry(check_id: str, known: About) -> str:
    read = known.page
    labels = [f"evidence: {LABELS[one]}" for one in known.evidence]
    asked = [] if known.default else ["off by default"]
    marks = "; ".join([", ".join(known.severities), *labels, *asked])
    return (
        f"### {check_id}\n\n**{read.title}** ({marks})\n\n{read.why}\n\n"
        f"Bad:\n\n{_block(read.bad)}\n\nGood:\n\n{_block(read.good)}\n\nFix: {read.fix}\n\nSource: {read.source}\n"
    )


def _block(example: str) -> str:
    return "\n".join(f"    {line}" for line in example.splitlines())


def main() -> int:
    fresh = page()
    if "--check" in sys.argv:
        return 0 if PAGE.exists() and PAGE.read_text("utf-8") == fresh else 1
    PAGE.write_text(fresh, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
