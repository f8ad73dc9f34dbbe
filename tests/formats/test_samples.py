"""The tracked samples: the embedded world as each format shows it, and that a saved report gives them all."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from reputation.formats import RenderOptions, format_names, render
from reputation.formats.saved import from_json

SAMPLES = Path(__file__).parents[2] / "reports" / "samples"
SAVED = (SAMPLES / "json.json").read_text("utf-8")
RAW: dict[str, Any] = json.loads(SAVED)
OUTCOMES = {
    "listed": {"fail", "warn"}, "listed-policy": {"info"}, "info": {"info"}, "good": {"pass"}, "clean": {"pass"},
    "refused": {"unknown"}, "unreachable": {"unknown"}, "untrusted": {"unknown"}, "not-applicable": {"skipped"},
}  # fmt: skip


def sample(name: str) -> Path:
    """The file of one format."""
    (found,) = SAMPLES.glob(f"{name}.*")
    return found


def test_the_saved_sample_follows_the_published_schema() -> None:
    """What a script may rely on."""
    schema = json.loads(files("reputation").joinpath("schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(RAW)


@pytest.mark.parametrize("name", format_names())
def test_a_saved_report_gives_each_sample(name: str) -> None:
    """The JSON is the source; every other format can be had from it later."""
    rendered = render(name, from_json(SAVED), RenderOptions(width=80))
    assert rendered.encode() == sample(name).read_bytes()


def test_the_state_of_a_list_decides_the_outcome() -> None:
    """One mapping, in the saved report too; and a list's own fields are there."""
    listings = [row for row in RAW["results"] if "state" in row]
    assert listings
    for row in listings:
        assert row["outcome"] in OUTCOMES[row["state"]] and row["zone"] and row["list"]
        assert bool(row.get("cause")) == (row["outcome"] == "unknown")


def test_json_lines_hold_a_subject_each() -> None:
    """Together they hold every result, each once."""
    lines = [json.loads(line) for line in sample("json-lines").read_text("utf-8").splitlines()]
    assert len({line["target"] for line in lines}) == len(lines)
    assert sum(len(line["results"]) for line in lines) == len(RAW["results"])


def test_the_score_of_the_sample_lies_within_its_range() -> None:
    """0 <= low <= high <= 100 in the whole and in each area; gains do not exceed what is missing."""
    score = RAW["score"]
    for found in (score, *(area for area in score["areas"].values() if area)):
        assert 0 <= found["low"] <= found["high"] <= 100
    assert all(0 <= fix["gain"] <= 100 - score["low"] for fix in RAW["fixes"])
    assert [fix["gain"] for fix in RAW["fixes"]] == sorted((fix["gain"] for fix in RAW["fixes"]), reverse=True)
