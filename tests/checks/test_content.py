"""Every content check on its cases: what must be found, what must not, and where."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from reputation.checks.drafts import judge_draft
from reputation.checks.registry import checks_of
from reputation.facts.draft import DraftFacts
from reputation.gather.draft_reading import kind_of, read_draft
from reputation.model import Outcome
from reputation.text import render

FOLDER = Path(__file__).parent / "content"
SUFFIXES = {"eml": ".eml", "html": ".html", "md": ".md", "txt": ".txt"}
FOUND = (Outcome.FAIL, Outcome.WARN, Outcome.INFO)


def _cases() -> list[Any]:
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        for case in tomllib.loads(path.read_text("utf-8"))["case"]:
            found.append(pytest.param(path.stem.replace("_", "-"), case, id=f"{path.stem}: {case['name']}"))
    return found


def _facts(case: dict[str, Any]) -> DraftFacts:
    """The draft of a case; `pad` is the number of lines that stand for @PAD@ in it."""
    suffix = next(SUFFIXES[name] for name in case if name in SUFFIXES)
    text = case[suffix[1:]].replace("@PAD@", ("x" * 75 + "\n") * case.get("pad", 0))
    raw = text.encode(case.get("charset", "utf-8"))
    return read_draft("draft" + suffix, raw, kind_of(raw, suffix))


@pytest.mark.parametrize(("check", "case"), _cases())
def test_finds_what_it_must_and_nothing_that_it_must_not(check: str, case: dict[str, Any]) -> None:
    facts = _facts(case)
    by_default = {c.id for c in checks_of("content") if c.default}
    results = [r for r in judge_draft(facts, only=by_default | {check}) if r.outcome in FOUND]
    ids = {result.check for result in results}
    assert set(case["expected"]) <= ids
    assert not set(case["forbidden"]) & ids
    own = [result for result in results if result.check == check]
    places = [[result.where.line, result.where.column] for result in own if result.where]
    assert places[: len(case.get("at", []))] == case.get("at", [])
    assert len(own) == case.get("count", len(own))
    assert {result.severity.value for result in own} <= {case.get("severity", result.severity.value) for result in own}


@pytest.mark.parametrize("check", [c.id for c in checks_of("content")])
def test_has_a_case_that_finds_and_one_that_does_not(check: str) -> None:
    cases = tomllib.loads((FOLDER / f"{check.replace('-', '_')}.toml").read_text("utf-8"))["case"]
    assert any(check in case["expected"] for case in cases)
    assert any(check in case["forbidden"] for case in cases)


@pytest.mark.parametrize(("check", "case"), _cases())
def test_every_finding_can_be_said_in_both_languages(check: str, case: dict[str, Any]) -> None:
    facts = _facts(case)
    for result in judge_draft(facts):
        assert result.outcome is not Outcome.UNKNOWN, result
        assert render(result.message, "en")
        assert render(result.message, "zh")
        if result.outcome in FOUND:
            assert result.details["evidence_label"]
            assert result.remedy
