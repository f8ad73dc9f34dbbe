"""The diff of a repaired draft: what it shows, and that it leads from the one to the other."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reputation.formats.draft_diff import draft_diff

LINES = st.lists(st.sampled_from(["a\n", "b\n", "-- \n", "+c\n", "\n"]), min_size=1, max_size=40)


@settings(max_examples=200, deadline=None)
@given(LINES, st.sets(st.integers(0, 39), max_size=6), st.integers(0, 40), LINES, st.integers(0, 2))
def test_it_leads_from_the_old_text_to_the_new_one(
    old: list[str], changed: set[int], at: int, added: list[str], at_end: int
) -> None:
    new = ["changed " + line if n in changed else line for n, line in enumerate(old)]
    new = [*new[:at], *added[: at % 3], *new[at:], *["--b--\n"] * at_end]
    shown = draft_diff("".join(old), "".join(new), "a.eml")
    assert _patched(old, shown) == new
    assert bool(shown) == (old != new)


def _patched(old: list[str], shown: str) -> list[str]:
    """`old` after the diff, by the rules of `patch`."""
    new, position = [], 0
    for line in shown.splitlines(keepends=True)[2:]:
        hunk = re.match(r"@@ -(\d+),(\d+) \+(\d+),(\d+) @@$", line)
        if hunk:
            start = int(hunk[1]) - (hunk[2] != "0")
            new += old[position:start]
            position = start
            assert len(new) == int(hunk[3]) - (hunk[4] != "0")
        elif line[0] == "+":
            new.append(line[1:])
        else:
            assert old[position] == line[1:]
            new += [line[1:]] if line[0] == " " else []
            position += 1
    return new + old[position:]


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("a\n", "a\n", ""),
        ("a!!", "a!", "@@ -1,1 +1,1 @@\n-a!!\n\\ No newline at end of file\n+a!\n\\ No newline at end of file\n"),
        ("a!!\r\nb\r\n", "a!\r\nb\r\n", "@@ -1,2 +1,2 @@\n-a!!\n+a!\n b\n"),
        ("x\ra!!\rb\r", "x\ra!\rb\r", "@@ -1,3 +1,3 @@\n x\n-a!!\n+a!\n b\n"),
        ("f\u200bree\x0c\u2028\n", "free\x0c\u2028\n",
         "@@ -1,1 +1,1 @@\n-f\\u200bree\\u000c\\u2028\n+free\\u000c\\u2028\n"),
        ("a\nb\n", "a!\nb!\n", "@@ -1,2 +1,2 @@\n-a\n-b\n+a!\n+b!\n"),
        ("a\nb\n", "a\n", "@@ -1,2 +1,1 @@\n-a\n-b\n+a\n"),
    ],
)  # fmt: skip
def test_it_shows_the_lines_as_people_read_them(old: str, new: str, shown: str) -> None:
    assert draft_diff(old, new, "a.txt") == (f"--- a.txt\n+++ a.txt\n{shown}" if shown else "")


def test_changes_that_stand_apart_are_shown_apart() -> None:
    old = [f"{n}\n" for n in range(30)]
    new = [line if n not in (3, 10, 20) else f"new {line}" for n, line in enumerate(old)]
    shown = draft_diff("".join(old), "".join(new), "a\x1b.txt")
    heads = [line for line in shown.splitlines() if line.startswith(("@@", "---"))]
    assert heads == ["--- a\\u001b.txt", "@@ -1,14 +1,14 @@", "@@ -18,7 +18,7 @@"]


def test_lines_that_come_again_and_again_are_no_work() -> None:
    """A search for the longest equal piece would take the square of their number."""
    old = "x!!\n" + "".join(f"{n % 101}\n" for n in range(300_000)) + "y!!\n"
    assert draft_diff(old, old.replace("!!", "!"), "a.txt").count("@@") == 4
