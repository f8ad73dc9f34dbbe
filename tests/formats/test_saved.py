"""A saved report may come from anybody: what is read back is bounded, and what is wrong is named in one sentence."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reputation.formats import RenderOptions, format_names, render
from reputation.formats.saved import MAX_BYTES, SavedError, from_json
from tests.reports import LISTED, any_report

EN = RenderOptions()
RAW = render("json", LISTED, EN)
Change = Callable[[dict[str, Any]], object]


def nested_list(depth: int) -> list[Any]:
    """[[[...]]]"""
    found: list[Any] = []
    for _ in range(depth):
        found = [found]
    return found


def doubling(depth: int) -> dict[str, Any]:
    """A sentence that says the next one nine times, and so on: nine to the power of `depth` words."""
    found: dict[str, Any] = {"id": "word ", "values": {}}
    for _ in range(depth):
        found = {"id": "{a}" * 9, "values": {"a": found}}
    return found


def changed(change: Change) -> str:
    """The listed sender's report with one change."""
    raw = json.loads(RAW)
    change(raw)
    return json.dumps(raw)


WRONG: dict[str, tuple[Change, str]] = {
    "verdict": (lambda r: r.update(verdict="maybe"), "verdict"),
    "score above 100": (lambda r: r["score"].update(high=10**9), "score.high"),
    "gain as text": (lambda r: r["fixes"][0].update(gain="1"), "fixes[0].gain"),
    "outcome": (lambda r: r["results"][1].update(outcome="listed"), "results[1].outcome"),
    "evidence as text": (lambda r: r["results"][0].update(evidence="abc"), "results[0].evidence"),
    "negative line": (lambda r: r["results"][0].update(where={"file": "x", "line": -1}), "results[0].where.line"),
    "message as number": (lambda r: r["results"][0].update(message=1), "results[0].message"),
    "remedy as text": (lambda r: r["results"][0].update(remedy="x"), "results[0].remedy"),
    "run missing": (lambda r: r.pop("run"), "run"),
    "truth as text": (lambda r: r["run"].update(offline="no"), "run.offline"),
    "not a number": (lambda r: r["run"].update(duration_s=float("nan")), "not JSON"),
    "no date": (lambda r: r["run"].update(started_at="yesterday"), "run.started_at"),
    "too deep": (lambda r: r["results"][0].update(extra=nested_list(100)), "nested"),
    "newer": (lambda r: r.update(schema_version=2), "newer"),
    "true as version": (lambda r: r.update(schema_version=True), "schema_version"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_named_with_its_place(name: str) -> None:
    """One sentence that holds the place, so that a person can find it."""
    change, place = WRONG[name]
    with pytest.raises(SavedError) as caught:
        from_json(changed(change))
    assert place in str(caught.value.sentence)


def test_a_file_that_is_too_large_is_not_parsed() -> None:
    """Bounded before it is read."""
    with pytest.raises(SavedError, match="larger than 50 MB"):
        from_json(" " * (MAX_BYTES + 1))


HARMLESS: dict[str, Change] = {
    "a verdict without its finding": lambda r: r.update(verdict="stop", results=[]),
    "nothing open but undecided": lambda r: r.update(verdict="undecided", results=[]),
    "a sentence that grows without end": lambda r: r["results"][0]["said"].update(message=doubling(12)),
    "lone surrogates": lambda r: r["results"][0].update(target="\ud800", check="../\udfff"),
    "a plural that counts words": lambda r: r["results"][0]["said"].update(
        message={"id": "a {n}", "plural": "b {n}", "values": {"n": "x"}}
    ),
    "foreign fields": lambda r: r.update(future={"a": [1, None]}, notes=[{"message": "x"}]),
    "a list name that is no text": lambda r: r["results"][0].update(list=["a", 1], zone={"b": 2}),
}


@pytest.mark.parametrize("name", HARMLESS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_only_looks_odd_is_rendered_in_every_format(name: str, language: str) -> None:
    """No exception, and no page out of proportion to the file."""
    found = from_json(changed(HARMLESS[name]))
    for format_name in format_names():
        assert len(render(format_name, found, RenderOptions(language=language))) < 200_000


def paths(node: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to each value of a JSON document."""
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [at, *(way for key, value in inner for way in paths(value, (*at, key)))]


PATHS = [way for way in paths(json.loads(RAW)) if way]
ODD = st.sampled_from([None, True, -1, 10**30, 0.5, "", "x\x1b\ud800", [], [[]], {}, {"id": "{a}", "values": {}}, [1]])


@given(st.sampled_from(PATHS), ODD)
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_value_may_be_replaced_by_any_other(way: tuple[Any, ...], value: object) -> None:
    """Refused in one sentence or rendered; nothing else can happen."""
    raw = json.loads(RAW)
    parent = raw
    for key in way[:-1]:
        parent = parent[key]
    parent[way[-1]] = value
    try:
        found = from_json(json.dumps(raw))
    except SavedError as error:
        assert "\n" not in str(error.sentence)
        return
    for name in format_names():
        render(name, found, EN)


@given(any_report)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_both_languages_can_be_had_from_one_file(report: Any) -> None:
    """Saved in Chinese and read in English equals rendered in English."""
    chinese = render("json", report, RenderOptions(language="zh"))
    assert render("json", from_json(chinese), EN) == render("json", report, EN)
