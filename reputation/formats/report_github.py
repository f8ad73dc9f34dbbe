"""Workflow commands of GitHub Actions: the worst first, since only ten a kind are shown.

Escapes as docs.github.com, workflow commands, has them (2026-11).
"""

from __future__ import annotations

from reputation.formats import RenderOptions
from reputation.formats.clean import lines
from reputation.formats.evidence import labelled
from reputation.formats.places import from_folder
from reputation.model import UNREADABLE, DraftProblem, Outcome, Report, Result
from reputation.text import render as words

_KINDS = {Outcome.FAIL: "error", Outcome.WARN: "warning", Outcome.INFO: "notice", Outcome.UNKNOWN: "notice"}


def render(report: Report, options: RenderOptions) -> str:
    """One line a finding; nothing when all is well."""
    order = list(_KINDS)
    rows = sorted((r for r in report.results if r.outcome in _KINDS), key=lambda r: order.index(r.outcome))
    unread = [_unread(one, options) for one in report.problems]
    return "".join(line + "\n" for line in [*unread, *(_annotation(row, options) for row in rows)])


def _unread(problem: DraftProblem, options: RenderOptions) -> str:
    file = _property(from_folder(problem.file, options.folder))
    return f"::error file={file},title={UNREADABLE}::{_message(words(problem.message, options.language))}"


def _annotation(result: Result, options: RenderOptions) -> str:
    """`::error file=F,line=L,col=C,title=T::message`. With --strict unknown is a warning: the run fails for it."""
    where = result.where
    fields = {"file": from_folder(where.file, options.folder)} if where else {}
    if where and where.line:
        fields |= {"line": str(where.line), "col": str(where.column)}
    fields["title"] = result.check
    properties = ",".join(f"{name}={_property(value)}" for name, value in fields.items())
    message = words(labelled(result), options.language)
    kind = "warning" if options.strict and result.outcome is Outcome.UNKNOWN else _KINDS[result.outcome]
    return f"::{kind} {properties}::{_message(message if where else f'{result.target}: {message}')}"


def _message(text: str) -> str:
    return lines(text).replace("%", "%25").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
