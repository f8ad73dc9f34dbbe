"""Writes docs/checks.md from the docstrings of the checks. With --check: exit 1 when the page is not fresh."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from reputation.checks.page import parse_page  # noqa: E402
from reputation.checks.registry import TOPICS, modules_of  # noqa: E402

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
        parts.extend(_entry(module.CHECK, module.__doc__ or "") for module in modules)
    return "\n".join(parts)


def _entry(check: object, docstring: str) -> str:
    read = parse_page(docstring)
    severity, default = check.severity, check.default  # type: ignore[attr-defined]
    asked = "" if default else ", only explained, off by default"
    return (
        f"### {check.id}\n\n**{read.title}** ({severity}{asked})\n\n{read.why}\n\n"  # type: ignore[attr-defined]
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
