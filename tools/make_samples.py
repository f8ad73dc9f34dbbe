"""Writes reports/samples/ (one file a format, each story as a table in both languages) and the outputs shown in the
READMEs, all from the embedded world.

    python tools/make_samples.py            write them
    python tools/make_samples.py --check    exit 1 when one of them is not fresh

What differs from run to run (id, time, port of the embedded server) is set to fixed values first. The stories that
wait for answers which never come are written, but not checked: they would slow down each test run.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from reputation import diagnose  # noqa: E402
from reputation.bounces.statistics import summarise  # noqa: E402
from reputation.formats import RenderOptions, format_names, render  # noqa: E402
from reputation.formats.bounce_table import bounce_table  # noqa: E402
from reputation.formats.saved import from_json  # noqa: E402

SAMPLES = ROOT / "reports" / "samples"
STORY, README_STORY = "listed", "no-dmarc"
QUICK, SLOW = ("healthy", "listed", "no-dmarc", "refused-resolver"), ("dead-lists", "everything-down")
SUFFIXES = {"table": "txt", "markdown": "md", "json-lines": "jsonl", "junit": "xml", "github": "txt", "nagios": "txt",
            "prometheus": "prom"}  # fmt: skip
READMES = {"README.md": "en", "README.zh-CN.md": "zh"}
BLOCK = re.compile(r"(<!-- demo -->\n```text\n).*?(```\n<!-- /demo -->)", re.DOTALL)

BOUNCE_BLOCK = re.compile(r"(<!-- bounce -->\n```text\n).*?(```\n<!-- /bounce -->)", re.DOTALL)
BOUNCED = "550 5.1.1 <joe.miller@gmial.com>: Recipient address rejected: User unknown"


def wanted(stories: tuple[str, ...]) -> dict[Path, str]:
    """Every generated file and what it should hold."""
    with ThreadPoolExecutor(2) as pool:
        told = dict(zip(stories, pool.map(lambda story: from_json(fixed(story_as_json(story))), stories), strict=True))
    report, short = told[STORY], told[README_STORY]
    files = {}
    for story, language in product(stories, ("en", "zh")):
        options = RenderOptions(width=80, language=language)
        files[SAMPLES / "stories" / f"{story}.{language}.txt"] = render("table", told[story], options)
    for name in format_names():
        options = RenderOptions(width=80)
        files[SAMPLES / f"{name}.{SUFFIXES.get(name, name)}"] = render(name, report, options)
    files[SAMPLES / "html-zh.html"] = render("html", report, RenderOptions(language="zh"))
    for name, language in READMES.items():
        readme = ROOT / name
        table = render("table", short, RenderOptions(width=80, language=language))
        files[readme] = within(BOUNCE_BLOCK, bounce(language), within(BLOCK, table, readme.read_text("utf-8")))
    return files


def within(block: re.Pattern[str], text: str, page: str) -> str:
    """The page with `text` between the marks of the block."""
    return block.sub(lambda marks: marks.group(1) + text + marks.group(2), page)


def bounce(language: str) -> str:
    """What `reputation bounce` says of one pasted reply."""
    diagnosis = diagnose(BOUNCED)
    return bounce_table([("<text>", 1, diagnosis)], summarise([diagnosis]), language).rstrip("\n") + "\n"


def story_as_json(story: str) -> str:
    """The story's report, asked of the embedded world by the program as a user runs it."""
    with tempfile.TemporaryDirectory() as home:
        saved = Path(home) / "report.json"
        command = [sys.executable, "-m", "reputation", "demo", story, "-f", f"json={saved}", "--lang", "en"]
        folders = {f"XDG_{name}_HOME": home for name in ("CONFIG", "CACHE", "DATA", "STATE")}
        subprocess.run(
            command, cwd=home, check=False, capture_output=True, env={**os.environ, **folders, "PYTHONPATH": str(ROOT)}
        )
        return saved.read_text("utf-8")


def fixed(text: str) -> str:
    """The same report with the run's own values set to constants."""
    raw = json.loads(re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:53", text))
    raw["run"] |= {"id": "sample", "started_at": "2026-11-24T10:00:00Z", "duration_s": 0.2}
    return json.dumps(raw)


def main() -> int:
    check = "--check" in sys.argv
    files = wanted(QUICK if check else (*QUICK, *SLOW))
    if check:
        stale = [path for path, text in files.items() if not path.exists() or path.read_bytes() != encoded(text)]
        print("\n".join(f"not fresh: {path.relative_to(ROOT)}" for path in stale))
        return 1 if stale else 0
    (SAMPLES / "stories").mkdir(parents=True, exist_ok=True)
    for path, text in files.items():
        path.write_bytes(encoded(text))
    return 0


def encoded(text: str) -> bytes:
    return text.encode("utf-8")


if __name__ == "__main__":
    sys.exit(main())
