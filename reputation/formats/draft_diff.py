"""The repairs of a draft as a unified diff, for people: what is invisible is shown as its code.

Repairs never make or take a line; only a new text part brings lines. So lines are compared one by one, in one pass.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from reputation.records.later import later

_LINE: Final = later(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_AROUND: Final = 3  # equal lines shown around a change
_MOST_AT_END: Final = 3  # lines that close a part


class _Change(NamedTuple):
    """The lines from `start` to `end` of the old text are those from `new_start` to `new_end` of the new one."""

    start: int
    end: int
    new_start: int
    new_end: int


def draft_diff(old: str, new: str, file: str) -> str:
    """What leads from `old` to `new`; "" when nothing does."""
    before, after = _LINE.findall(old), _LINE.findall(new)
    hunks = list(_hunks(list(_changes(before, after))))
    lines = [f"--- {_visible(file)}", f"+++ {_visible(file)}"] if hunks else []
    for hunk in hunks:
        lines += _shown(hunk, before, after)
    return "".join(line + "\n" for line in lines)


def _changes(before: list[str], after: list[str]) -> Iterator[_Change]:
    """The lines that differ. New ones stand where the two begin to differ and at the end."""
    more = len(after) - len(before)
    first = next((n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), len(before))
    if more < 0:
        yield _Change(0, len(before), 0, len(after))
        return
    at_end = max(range(min(more, _MOST_AT_END) + 1), key=lambda n: _alike(before, after, first, more - n))
    shift = more - at_end
    if shift:
        yield _Change(first, first, first, first + shift)
    for n in range(first, len(before)):
        if before[n] != after[n + shift]:
            yield _Change(n, n + 1, n + shift, n + shift + 1)
    if at_end:
        yield _Change(len(before), len(before), len(after) - at_end, len(after))


def _alike(before: list[str], after: list[str], first: int, shift: int) -> int:
    return sum(before[n] == after[n + shift] for n in range(first, len(before)))


def _hunks(changes: list[_Change]) -> Iterator[list[_Change]]:
    """Changes that stand so near to each other that they are shown together."""
    hunk: list[_Change] = []
    for change in changes:
        if hunk and change.start - hunk[-1].end > 2 * _AROUND:
            yield hunk
            hunk = []
        hunk.append(change)
    if hunk:
        yield hunk


def _shown(hunk: list[_Change], before: list[str], after: list[str]) -> list[str]:
    """One hunk: where it is, then its lines; neighbours that change are taken away before others are added."""
    start, end = max(0, hunk[0].start - _AROUND), min(len(before), hunk[-1].end + _AROUND)
    new_start = hunk[0].new_start - (hunk[0].start - start)
    new_end = hunk[-1].new_end + (end - hunk[-1].end)
    lines, position = [f"@@ -{_range(start, end)} +{_range(new_start, new_end)} @@"], start
    for change in _joined(hunk):
        lines += [_whole(" ", line) for line in before[position : change.start]]
        lines += [_whole("-", line) for line in before[change.start : change.end]]
        lines += [_whole("+", line) for line in after[change.new_start : change.new_end]]
        position = change.end
    return lines + [_whole(" ", line) for line in before[position:end]]


def _joined(changes: list[_Change]) -> Iterator[_Change]:
    joined = changes[0]
    for change in changes[1:]:
        if change.start == joined.end:
            joined = joined._replace(end=change.end, new_end=change.new_end)
        else:
            yield joined
            joined = change
    yield joined


def _range(start: int, end: int) -> str:
    """As `diff -u` counts: from 1, and the line before where there is none."""
    return f"{start + (end > start)},{end - start}"


def _whole(sign: str, line: str) -> str:
    """A line that does not end in the file says so as `diff -u` does."""
    text = line.rstrip("\r\n")
    return sign + _visible(text) + ("" if text != line else "\n\\ No newline at end of file")


def _visible(text: str) -> str:
    return "".join(c if c.isprintable() or c == "\t" else f"\\u{ord(c):04x}" for c in text)
