"""JUnit XML as test dashboards read it: one case a check and target; unknown is skipped with its reason, or an error
with --strict, where the run fails for it."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from reputation.formats import RenderOptions
from reputation.formats.clean import lines
from reputation.formats.evidence import labelled
from reputation.model import UNREADABLE, DraftProblem, Outcome, Report, Result
from reputation.text import render as words

BAD = (Outcome.FAIL, Outcome.WARN)


def render(report: Report, options: RenderOptions) -> str:
    """One suite with every result."""
    rows = [r for r in report.results if r.outcome is not Outcome.SKIPPED]
    unread = [_unread(one, options) for one in report.problems]
    failures = sum(r.outcome in BAD for r in rows)
    unknown = sum(r.outcome is Outcome.UNKNOWN for r in rows)
    errors, skipped = (unknown, 0) if options.strict else (0, unknown)
    errors += len(unread)
    counts = f'tests="{len(rows) + len(unread)}" failures="{failures}" errors="{errors}" skipped="{skipped}"'
    head = f'<testsuite name="reputation" {counts} time="{report.run.duration_s:.3f}">'
    cases = "\n".join([*unread, *(_case(row, options) for row in rows)])
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites {counts}>\n{head}\n{cases}\n</testsuite>\n</testsuites>\n'
    )


def _unread(problem: DraftProblem, options: RenderOptions) -> str:
    name, message = (_xml(text) for text in (problem.file, words(problem.message, options.language)))
    return (
        f"<testcase classname={quoteattr(UNREADABLE)} name={quoteattr(name)}>"
        f'<error type="unreadable" message={quoteattr(message)}/></testcase>'
    )


def _case(result: Result, options: RenderOptions) -> str:
    message = _xml(words(labelled(result), options.language))
    zone = str(result.details.get("zone", ""))
    name = f"{result.target} {zone}".strip()
    opening = f"<testcase classname={quoteattr(_xml(result.check))} name={quoteattr(_xml(name))}"
    if result.outcome in BAD:
        failure = f"<failure type={quoteattr(result.outcome.value)} message={quoteattr(message)}>"
        return f"{opening}>{failure}{escape(_body(result, options.language))}</failure></testcase>"
    if result.outcome is Outcome.UNKNOWN:
        cause = 'error type="unknown"' if options.strict else "skipped"
        return f"{opening}><{cause} message={quoteattr(message)}/></testcase>"
    if result.outcome is Outcome.INFO:
        return f"{opening}><system-out>{escape(message)}</system-out></testcase>"
    return f"{opening}/>"


def _body(result: Result, language: str) -> str:
    remedy = result.remedy
    parts = [*result.evidence, words(remedy.text, language) if remedy else "", remedy.record if remedy else ""]
    return _xml("\n".join(part for part in parts if part))


def _xml(text: str) -> str:
    """Nothing that turns or hides what stands beside it, nor the two other characters that XML 1.0 does not have."""
    return re.sub("[\ufffe\uffff]", "\ufffd", lines(text))
