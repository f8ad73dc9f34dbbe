"""Linted drafts as one self-contained page: the draft as plain text with its marks, and nothing of it comes alive.

Every character of a draft is escaped, and the page's own policy allows neither script nor any fetch.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from reputation.bad_input import called
from reputation.formats.lint_table import FOUND, LintedDraft, answer, counted, named
from reputation.formats.lint_unknown import unanswered
from reputation.model import Outcome, Result
from reputation.text import Text, render, say

MAX_COLUMNS = 2_000
LINES = range(1, 2_002)  # the last is not shown: there being one says that the draft goes on
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;margin:1rem auto;max-width:64rem;padding:0 1rem;color:#1a1a1a;background:#fff}
h2{overflow-wrap:anywhere}ol{padding-left:1.4rem}li{margin:.5rem 0}
pre{border:1px solid #bbb;padding:.6rem;white-space:pre-wrap;overflow-wrap:anywhere;font-size:.85rem}
mark{background:#ffe08a;color:#000;border-bottom:2px solid #8a6100}mark.fail{background:#ffc9c4;border-color:#a01408}
.n{color:#666;user-select:none}.k{font-weight:bold}small{color:#444}
@media print{body{max-width:none}}
""".replace("\n", "")
_KINDS: dict[Outcome, Text] = {Outcome.FAIL: say("fail"), Outcome.WARN: say("warn"), Outcome.INFO: say("info")}


def lint_html(drafts: Iterable[str], language: str, problems: Sequence[Text] = ()) -> Iterator[str]:
    """The page of all drafts in pieces, each draft as `draft_html` has it; `problems` are what is said of those that
    could not be read."""
    title = html.escape(render(say("Drafts, with what was found in them"), language))
    yield (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><title>{title}</title>'
        f"<style>{_STYLE}</style></head><body><h1>{title}</h1>\n"
    )
    unread = (f"<p><b>{_safe(render(problem, language))}</b></p>" for problem in problems)
    between = ""
    for part in chain(unread, drafts):
        yield between + part
        between = "\n"
    yield "\n</body></html>\n"


def draft_html(draft: LintedDraft, language: str) -> str:
    """One draft as part of the page; it shows the lines of LINES."""
    return "\n".join(_draft(draft, language))


def _draft(draft: LintedDraft, language: str) -> Iterator[str]:
    rows = [row for row in draft.results if row.outcome in FOUND]
    rows.sort(key=lambda row: (list(_KINDS).index(row.outcome), row.where.line if row.where else 0))
    yield f"<h2>{_safe(render(called(draft.file), language))}</h2>"
    first, counts = (_safe(render(text, language)) for text in (answer(draft.results), counted(draft.results)))
    yield f"<p><b>{first}</b> {counts}</p>"
    risk = [f"<p>{_safe(render(sentence, language))}</p>" for sentence in draft.risk]
    yield from risk[:1]
    yield "<ol>" + "".join(_finding(row, language) for row in rows) + "</ol>"
    for sentence, remedy in unanswered(draft.results):
        what_to_do = f"<br>{_safe(render(remedy.text, language))}" if remedy else ""
        yield f"<p>{_safe(render(sentence, language))}{what_to_do}</p>"
    yield from risk[1:]
    yield "<pre>" + "\n".join(_lines(draft, rows, language)) + "</pre>"


def _finding(row: Result, language: str) -> str:
    place = f"{row.where.line}:{row.where.column} " if row.where and row.where.line else ""
    remedy = f"<br>{_safe(render(row.remedy.text, language))}" if row.remedy else ""
    return (
        f'<li><span class="k">{_safe(render(_KINDS[row.outcome], language))}</span> {place}'
        f"{_safe(render(row.message, language))}{remedy}<br><small>{_safe(render(named(row), language))}</small></li>"
    )


def _lines(draft: LintedDraft, rows: Sequence[Result], language: str) -> Iterator[str]:
    """Each line with its number; the first finding at a place marks it."""
    by_line: dict[int, list[Result]] = {}
    for row in rows:
        if row.where and row.where.line:
            by_line.setdefault(row.where.line, []).append(row)
    for number in LINES[:-1]:
        if number in draft.lines:
            marked = _marked(draft.lines[number][:MAX_COLUMNS], by_line.get(number, ()), language)
            yield f'<span class="n">{number:>4} </span>{marked}'
    if LINES[-1] in draft.lines:
        yield _safe(render(say("the rest of the draft is not shown"), language))


def _marked(line: str, rows: Sequence[Result], language: str) -> str:
    out, position = [], 0
    for row in sorted(rows, key=lambda one: one.where.column if one.where else 0):
        where = row.where
        if where is None or where.column - 1 < position or where.column > len(line):
            continue
        end = where.end_column - 1 if where.end_line == where.line else len(line)
        kind = ' class="fail"' if row.outcome is Outcome.FAIL else ""
        out.append(_safe(line[position : where.column - 1]))
        words = _safe(line[where.column - 1 : end])
        out.append(f'<mark{kind} title="{_safe(render(row.message, language))}">{words}</mark>')
        position = max(position, end)
    return "".join([*out, _safe(line[position:])])


def _safe(text: str) -> str:
    return html.escape("".join(c if c.isprintable() else " " for c in text), quote=True)
