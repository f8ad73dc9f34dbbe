"""The two small files: what runs side by side may do to them."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reputation.gather.list_state import DailyBudget, KnownPasses

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def test_runs_side_by_side_share_one_allowance(tmp_path: Path) -> None:
    """Never more than the day allows, and nothing of it is lost."""

    def run(_: int) -> int:
        budget = DailyBudget(tmp_path, NOW)
        return sum(budget.take({"bl.example": (3, 100)})["bl.example"] for _ in range(10))

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(run, range(8))) == 100


def test_each_list_has_an_allowance_of_its_own(tmp_path: Path) -> None:
    """Lists that are not named are not counted."""
    budget = DailyBudget(tmp_path, NOW)
    assert budget.take({"a.example": (5, 3), "b.example": (5, 10)}) == {"a.example": 3, "b.example": 5}
    assert budget.take({"a.example": (1, 3), "b.example": (9, 10)}) == {"a.example": 0, "b.example": 5}
    assert budget.take({}) == {}


def test_without_a_folder_the_allowance_holds_for_the_run() -> None:
    """A replay or a run that must leave no trace."""
    budget = DailyBudget(None, NOW)
    assert budget.take({"a.example": (2, 3)}) == {"a.example": 2}
    assert budget.take({"a.example": (2, 3)}) == {"a.example": 1}


def test_a_lock_left_by_a_killed_run_is_taken_over(tmp_path: Path) -> None:
    """After ten seconds nobody holds it any more."""
    lock = tmp_path / "list-budget.json.lock"
    lock.touch()
    os.utime(lock, (1, 1))
    assert DailyBudget(tmp_path, NOW).take({"a.example": (1, 1)}) == {"a.example": 1}
    assert not lock.exists()


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{", b'{"day": "2026-11-24", "asked": []}', b'{"day": "2026-11-24", "asked": {"a.example": "x"}}',
     b"[" * 100_000, b"\xff\xfe"],
)  # fmt: skip
def test_a_broken_file_counts_as_empty(content: bytes, tmp_path: Path) -> None:
    """And is replaced by a whole one."""
    for name in ("list-budget.json", "list-tests.json"):
        (tmp_path / name).write_bytes(content)
    assert DailyBudget(tmp_path, NOW).take({"a.example": (1, 5)}) == {"a.example": 1}
    assert DailyBudget(tmp_path, NOW).take({"a.example": (9, 5)}) == {"a.example": 4}
    passes = KnownPasses(tmp_path, NOW)
    assert not passes.has("x")
    passes.keep(["x"])
    assert KnownPasses(tmp_path, NOW).has("x")
    assert not list(tmp_path.glob("*.new"))
