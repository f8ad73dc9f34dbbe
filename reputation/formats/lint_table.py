"""The findings of drafts for a terminal: place, outcome, sentence, the line with a caret under the spot, the remedy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from reputation.bad_input import called
from reputation.formats.colors import COLORS, painted
from reputation.formats.columns import columns, wrap
from reputation.formats.evidence import label_of
from reputation.formats.lint_unknown import unanswered
from reputation.model import Cause, Outcome, Result, Severity, Where
from reputation.text import Text, render, say, say_plural

FOUND = (Outcome.FAIL, Outcome.WARN, Outcome.INFO)
_OUTCOMES: dict[Outcome, Text] = {
    Outcome.FAIL: say("fail"),
    Outcome.WARN: say("warn"),
    Outcome.INFO: say("info"),
    Outcome.UNKNOWN: say("unknown"),
}


class LintedDraft(NamedTuple):
    """What is shown of one draft. `lines` are lines of its file by number, `risk` the sentences about its risk."""

    file: str
    results: Sequence[Result]
    lines: Mapping[int, str]
    risk: Sequence[Text]


def lines_in_table(results: Sequence[Result]) -> set[int]:
    """The numbers of the lines that the table shows of a draft."""
    return {row.where.line for row in results if row.outcome in FOUND and row.where}


def lint_table(draft: LintedDraft, language: str, width: int = 80, *, color: bool = False) -> str:
    """One draft in lines of at most `width` columns: the answer, then worst findings first, then by place."""
    results, order = draft.results, list(_OUTCOMES)
    rows = [result for result in results if result.outcome in FOUND]
    rows.sort(key=lambda r: (order.index(r.outcome), r.where.line if r.where else 0, r.where.column if r.where else 0))
    page = (language, width)
    out = [_clean(render(called(draft.file), language))]
    for sentence in (answer(results), counted(results), *draft.risk[:1]):
        out += wrap(_clean(render(sentence, language)), width, "  ")
    out += [""] if rows else []
    for row in rows:
        first, *others = _finding(row, draft.lines, page)
        out += [_painted(first, row.outcome, language) if color else first, *others]
    out += _unknown(results, page)
    out += [""] if rows else []
    for sentence in draft.risk[1:]:
        out += wrap(_clean(render(sentence, language)), width, "  ")
    return "\n".join([*out, ""])


def answer(results: Sequence[Result]) -> Text:
    """The first sentence: whether anything in the draft has to be changed before it is sent."""
    failed = [result for result in results if result.outcome is Outcome.FAIL]
    if any(result.severity is Severity.CRITICAL for result in failed):
        return say("Do not send this draft yet.")
    if failed:
        return say_plural("Fix {n} thing before you send.", "Fix {n} things before you send.", len(failed))
    if any(row.outcome is Outcome.UNKNOWN and row.cause is Cause.TOO_COMPLEX for row in results):
        return say("Nothing has to be fixed in what could be read of this draft; the rest is unknown.")
    return say("Nothing in this draft has to be fixed before you send it.")


def counted(results: Sequence[Result]) -> Text:
    """How many findings of each kind there are."""
    number = Counter(result.outcome for result in results)
    found = say(
        "{failed} failed, {warned} warnings, {noted} notes; {passed} checks passed", failed=number[Outcome.FAIL],
        warned=number[Outcome.WARN], noted=number[Outcome.INFO], passed=number[Outcome.PASS],
    )  # fmt: skip
    unknown = number[Outcome.UNKNOWN]
    return say("{found}, {unknown} not checked", found=found, unknown=unknown) if unknown else found


def _finding(row: Result, lines: Mapping[int, str], page: tuple[str, int]) -> Iterator[str]:
    language, width = page
    place = f"{row.where.line}:{row.where.column}" if row.where and row.where.line else ""
    outcome = render(_OUTCOMES[row.outcome], language)
    label = f"  {place:<7} {outcome}{' ' * max(1, 7 - columns(outcome))}"
    first, *rest = wrap(_clean(render(row.message, language)), width - columns(label)) or [""]
    yield f"{label}{first}".rstrip()
    yield from (" " * columns(label) + line for line in rest)
    if row.where and row.where.line in lines:
        yield from _excerpt(lines[row.where.line], row.where, width)
    if row.remedy:
        yield from wrap(render(row.remedy.text, language), width, " " * 10)
    yield from wrap(_clean(render(named(row), language)), width, " " * 10)


def _painted(line: str, outcome: Outcome, language: str) -> str:
    """The line with its outcome in colour; only its place stands before that."""
    word = render(_OUTCOMES[outcome], language)
    return line.replace(word, painted(word, COLORS[outcome]), 1)


def named(row: Result) -> Text:
    """The id of the check, and how good its evidence is."""
    label = label_of(row)
    return say("[{check}] ({label})", check=row.check, label=label) if label else say("[{check}]", check=row.check)


def _excerpt(line: str, where: Where, width: int) -> Iterator[str]:
    """The part of the line around the spot, and carets under it, as much as fits into the width."""
    number = str(where.line)
    room = max(20, width - 10 - len(number) - 3)
    first, last = max(0, where.column - 1 - 4 * room), where.column - 1 + 4 * room  # all that could be shown
    spot = _clean(line[first:last])
    at = min(where.column - 1 - first, len(spot))
    begin, used = at, 0
    most = room // 3 if first or last < len(line) or columns(spot) > room else room
    while begin and (used := used + columns(spot[begin - 1])) <= most:
        begin -= 1
    shown = _cut(spot[begin:], room)
    end = where.end_column if where.end_line == where.line else len(line) + 1
    before = columns(spot[begin:at])
    length = min(columns(spot[at : max(at, end - 1 - first)]), columns(shown) - before)
    yield f"{' ' * 10}{number} | {shown}"
    yield f"{' ' * 10}{' ' * len(number)} | {' ' * before}{'^' * max(1, length)}"


def _cut(text: str, room: int) -> str:
    """As much of the text as fits into `room` columns."""
    used = 0
    for at, character in enumerate(text[: room + 1]):
        used += columns(character)
        if used > room:
            return text[:at]
    return text[:room]


def _unknown(rows: Sequence[Result], page: tuple[str, int]) -> Iterator[str]:
    """Each cause once, with the number of its checks and its remedy."""
    language, width = page
    for sentence, remedy in unanswered(rows):
        yield from wrap(_clean(render(sentence, language)), width, "  ")
        if remedy:
            yield from wrap(_clean(render(remedy.text, language)), width, " " * 10)


def _clean(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)
