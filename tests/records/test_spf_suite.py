"""The public test suite of RFC 7208, case by case, against our evaluator."""

from __future__ import annotations

from tests.spf_suite import CASES, as_zone, is_right, outcome, scenarios


def test_every_case_of_the_suite_comes_out_right() -> None:
    """203 of 203, results and explanations."""
    wrong, count = [], 0
    for scenario in scenarios():
        zone = as_zone(scenario["zonedata"])
        for name, case in scenario["tests"].items():
            count += 1
            ended = outcome(case, zone)
            if not is_right(case, ended):
                wrong.append((scenario["description"], name, case["result"], ended))
    assert (count, wrong) == (CASES, [])
