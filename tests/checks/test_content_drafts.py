"""Whole drafts: letters of an ordinary day hold next to nothing to report, lures and accidents are told by name."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from reputation.checks.drafts import judge_draft
from reputation.facts.draft import DraftFacts
from reputation.gather.draft_reading import kind_of, read_draft
from reputation.model import Outcome
from reputation.risk.model import Band, risk_of
from reputation.score import verdict

FOLDER = Path(__file__).parent / "content_drafts"
EXPECTED = tomllib.loads((FOLDER / "drafts.toml").read_text("utf-8"))
GOOD = [pytest.param(name, set(group["found"]), id=name) for group in EXPECTED["good"] for name in group["files"]]
BAD = [pytest.param(draft, id=draft["file"]) for draft in EXPECTED["bad"]]


def _facts(path: Path) -> DraftFacts:
    raw = path.read_bytes()
    return read_draft(path.name, raw, kind_of(raw, path.suffix))


def _found(facts: DraftFacts) -> set[str]:
    return {r.check for r in judge_draft(facts) if r.outcome in (Outcome.FAIL, Outcome.WARN, Outcome.INFO)}


@pytest.mark.parametrize(("name", "allowed"), GOOD)
def test_a_letter_of_an_ordinary_day_holds_nothing_else(name: str, allowed: set[str]) -> None:
    assert _found(_facts(FOLDER / "good" / name)) == allowed


@pytest.mark.parametrize(("name", "allowed"), GOOD)
def test_no_such_letter_is_of_high_risk(name: str, allowed: set[str]) -> None:
    risk = risk_of(_facts(FOLDER / "good" / name))
    assert risk is None or risk.band is not Band.HIGH


@pytest.mark.parametrize("draft", BAD)
def test_a_lure_or_an_accident_is_told_by_name(draft: dict[str, Any]) -> None:
    facts = _facts(FOLDER / "bad" / draft["file"])
    assert set(draft["found"]) <= _found(facts)
    assert verdict(judge_draft(facts)).value == draft["verdict"]


def test_every_draft_is_judged() -> None:
    named = {name for group in EXPECTED["good"] for name in group["files"]} | {d["file"] for d in EXPECTED["bad"]}
    assert named == {path.name for kind in ("good", "bad") for path in (FOLDER / kind).iterdir()}
