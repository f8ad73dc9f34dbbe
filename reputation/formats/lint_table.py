"""The findings of drafts for a terminal: place, outcome, sentence, the line with a caret under the spot, the remedy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reputation.formats.columns import columns, wrap
from reputation.model import Outcome, Result, Where
from reputation.text import Text, render, say, say_plural

FOUND = (Outcome.FAIL, Outcome.WARN, Outcome.INFO)
LABELS: dict[str, Text] = {
    "measured": say("measured"),
    "measured-old": say("measured on old mail only"),
    "filter": say("a filter scores it"),
    "documented": say("documented by a provider, a standard or a law"),
    "folklore": say("folklore"),
}
_OUTCOMES: dict[Outcome, Text] = {
    Outcome.FAIL: say("fail"),
    Outcome.WARN: say("warn"),
    Outcome.INFO: say("info"),
    Outcome.UNKNOWN: say("unknown"),
}
_WIDTH = 76
_WIDEST = 80


@dataclass(frozen=True, slots=True)
class LintedDraft:
    """What the table shows of one draft. `lines` are the lines of its file, `risk` the sentences about its risk."""

    file: str
    results: Sequence[Result]
    lines: Sequence[str]
    risk: Sequence[Text]


def lint_table(draft: LintedDraft, language: str) -> str:
    """One draft: worst findings first, then by place; the risk and the count at the end."""
    results, lines = draft.results, draft.lines
    order = list(_OUTCOMES)
    rows = [result for result in results if result.outcome in _OUTCOMES]
    rows.sort(key=lambda r: (order.index(r.outcome), r.where.line if r.where else 0, r.where.column if r.where else 0))
    unknown = [row for row in rows if row.outcome is Outcome.UNKNOWN]
    out = [_clean(draft.file)]
    for row in rows:
        if row.outcome is not Outcome.UNKNOWN:
            out += _finding(row, lines, language)
    if unknown:
        out += _unknown(unknown, language)
    for sentence in draft.risk:
        out += wrap(_clean(render(sentence, language)), _WIDEST, "  ")
    return "\n".join([*out, f"  {_summary(results, language)}", ""])


def _finding(row: Result, lines: Sequence[str], language: str) -> Iterator[str]:
    place = f"{row.where.line}:{row.where.column}" if row.where and row.where.line else ""
    outcome = render(_OUTCOMES[row.outcome], language)
    yield f"  {place:<8}{outcome}{' ' * max(1, 6 - columns(outcome))}{_clean(render(row.message, language))}"
    if row.where and 0 < row.where.line <= len(lines):
        yield from _excerpt(lines[row.where.line - 1], row.where)
    label = LABELS.get(str(row.details.get("evidence_label", "")))
    known = f" ({render(label, language)})" if label else ""
    yield f"{' ' * 10}[{row.check}]{known}"
    if row.remedy:
        yield from wrap(render(row.remedy.text, language), _WIDEST, " " * 10)


def _excerpt(line: str, where: Where) -> Iterator[str]:
    """The part of the line around the spot, and carets under it."""
    begin = max(0, where.column - 1 - 20) if where.column > _WIDTH - 30 else 0
    shown = _clean(line[begin : begin + _WIDTH - 12])
    before = columns(_clean(line[begin : where.column - 1]))
    end = where.end_column if where.end_line == where.line else len(line) + 1
    length = columns(_clean(line[where.column - 1 : min(end - 1, begin + _WIDTH - 12)]))
    number = str(where.line)
    yield f"{' ' * 10}{number} | {shown}"
    yield f"{' ' * 10}{' ' * len(number)} | {' ' * before}{'^' * max(1, length)}"


def _unknown(rows: Sequence[Result], language: str) -> Iterator[str]:
    yield "  " + render(
        say_plural(
            "{n} check without an answer: {cause}", "{n} checks without an answer: {cause}", len(rows),
            cause=rows[0].message,
        ),
        language,
    )  # fmt: skip


def _summary(results: Sequence[Result], language: str) -> str:
    counted = Counter(result.outcome for result in results)
    return render(
        say(
            "{failed} to fix first, {warned} warnings, {noted} notes; {passed} checks passed, {unknown} unknown",
            failed=counted[Outcome.FAIL], warned=counted[Outcome.WARN], noted=counted[Outcome.INFO],
            passed=counted[Outcome.PASS], unknown=counted[Outcome.UNKNOWN],
        ),
        language,
    )  # fmt: skip


def _clean(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)
