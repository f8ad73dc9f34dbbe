"""The report as one self-contained page: no script, nothing remote, a strict content security policy."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reputation.formats import RenderOptions, summary
from reputation.formats.clean import one_line, safe_url
from reputation.formats.evidence import labelled
from reputation.model import Outcome, Range, Report, Verdict
from reputation.text import Text, say
from reputation.text import render as words

if TYPE_CHECKING:
    import jinja2

_FOLDER = Path(__file__).parent / "templates"
_CLASSES = {
    Verdict.READY: "good",
    Verdict.FIX_FIRST: "warn",
    Verdict.STOP: "bad",
    Verdict.UNDECIDED: "open",
}
_OUTCOME_CLASSES = {Outcome.FAIL: "bad", Outcome.WARN: "warn", Outcome.INFO: "info", Outcome.PASS: "good"}
LABELS = {
    "fix_first": say("Fix first"),
    "not_checked": say("Not checked"),
    "passed": say("What is in order"),
    "evidence": say("Seen"),
    "source": say("Source"),
    "record": say("Record to publish, for the IT colleague"),
    "points": say("points"),
    "made": say("Made at {at} with reputation {version}, asking {resolvers}.", at="", version="", resolvers=""),
    "score": say("Score"),
    "limits": say(
        "What no outside tool can see: how many recipients complain, how often they read your mail, how much you send. "
        "Large receivers decide by these too."
    ),
}


def render(report: Report, options: RenderOptions) -> str:
    """A whole HTML document."""
    language = options.language
    template = _environment().get_template("report.html")
    css = (_FOLDER / "report.css").read_text("utf-8")
    return template.render(
        report=report, view=summary, language=language, lang="zh-Hans" if language == "zh" else "en",
        css=css, csp=_policy(css),
        say=lambda text: one_line(words(text, language)), clean=one_line,
        label=lambda text: one_line(words(say("{heading}:", heading=text), language)), safe_url=safe_url, labels=LABELS,
        verdict_class=_CLASSES[report.verdict], outcome_class=_OUTCOME_CLASSES, bar=_bar, made=_made(report),
        names=[one_line(name) for name in summary.subject_names(report)], Outcome=Outcome,
        labelled=labelled, sentence=Text,
    )  # fmt: skip


def _policy(css: str) -> str:
    """Only this very style sheet may run: by its hash, so that the page is the same for the same report."""
    import base64

    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _made(report: Report) -> Text:
    return say(
        "Made at {at} with reputation {version}, asking {resolvers}.", at=report.run.started_at,
        version=report.tool_version, resolvers=report.run.resolvers or ("-",),
    )  # fmt: skip


def _bar(found: Range | None, width: int = 240) -> dict[str, Any]:
    """Where the parts of a bar of `width` units begin and end."""
    low, high = (found.low, found.high) if found else (0, 0)
    return {"low": round(low * width / 100), "open": round((high - low) * width / 100), "width": width}


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(_FOLDER), autoescape=True, trim_blocks=True, lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )  # fmt: skip
