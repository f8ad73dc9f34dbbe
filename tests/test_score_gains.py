"""Score and gains are kept as sums: they say what counting everything again says, in one step a finding."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from reputation.model import Area, Outcome, Result, Severity
from reputation.policy import Policy, built_in, with_changes
from reputation.score import fixes, score
from reputation.text import say

POLICY = built_in()
BAD = (Outcome.FAIL, Outcome.WARN)


def _row(check: str, outcome: Outcome, severity: Severity, place: tuple[Area, str], details: dict[str, Any]) -> Result:
    return Result(check, place[0], place[1], outcome, say("seen"), severity, details=details)


ROWS = st.builds(
    _row,
    st.sampled_from(["a", "b", "blocklist-listing", "spf-missing", "dkim-missing"]),
    st.sampled_from(list(Outcome)),
    st.sampled_from(list(Severity)),
    st.tuples(
        st.sampled_from([Area.LISTING, Area.AUTHENTICATION, Area.CONTENT, Area.COMPLIANCE]),
        st.sampled_from(["one", "two", "three"]),
    ),
    st.sampled_from([{}, {"zone": "x"}, {"zone": "y"}, {"group": "wording"}, {"group": "unheard-of"}]),
)
POLICIES = st.sampled_from([POLICY, with_changes({"groups": {"wording": {"points": 30}}, "points": {"major": 11}})])


def _plain(results: list[Result], policy: Policy) -> tuple[int, int] | None:
    """Low and high end, everything counted from the first result on."""
    seen = [row for row in results if policy.areas.get(row.area) and row.outcome is not Outcome.SKIPPED]
    if all(row.outcome is Outcome.UNKNOWN for row in seen):
        return None
    weights = {area: policy.areas[area] for area in {row.area for row in seen}}
    low, high = (
        min(
            round(
                sum(
                    weight * _of_area([row for row in seen if row.area is area], policy, bad)
                    for area, weight in weights.items()
                )
                / sum(weights.values())
            ),
            *_caps(results, policy, bad),
            100,
        )
        for bad in ({*BAD, Outcome.UNKNOWN}, {*BAD})
    )
    return low, high


def _of_area(rows: list[Result], policy: Policy, bad: set[Outcome]) -> int:
    worst: dict[tuple[str, str], int] = {}
    groups: dict[str, int] = defaultdict(int)
    for row in rows:
        points, group = policy.points_of(row.check, row.severity), str(row.details.get("group", ""))
        if row.outcome not in bad:
            continue
        if group in policy.groups:
            groups[group] = min(policy.groups[group], groups[group] + points)
        else:
            worst[row.subject_key] = max(worst.get(row.subject_key, 0), points)
    return max(0, 100 - sum(worst.values()) - sum(groups.values()))


def _caps(results: list[Result], policy: Policy, bad: set[Outcome]) -> list[int]:
    bad = bad - {Outcome.WARN}
    listings = [
        row
        for row in results
        if row.area is Area.LISTING and row.severity is Severity.CRITICAL and "zone" in row.details
    ]
    keys = [row for row in results if row.check in ("spf-missing", "dkim-missing") and row not in listings]
    reached = [policy.caps["critical-listing"]] if any(row.outcome in bad for row in listings) else []
    names = {row.check for row in keys}
    if names and names == {row.check for row in keys if row.outcome in bad}:
        reached.append(policy.caps["no-spf-and-no-dkim"])
    return reached


@given(st.lists(ROWS, max_size=30), POLICIES)
def test_the_score_is_what_counting_says(results: list[Result], policy: Policy) -> None:
    total = score(results, policy).total
    assert _plain(results, policy) == (total and (total.low, total.high))


@given(st.lists(ROWS, max_size=30), POLICIES)
def test_a_fix_gains_what_counting_everything_again_says(results: list[Result], policy: Policy) -> None:
    now = _plain(results, policy)
    expected = {}
    for rows in _repairs(results):
        then = _plain([r._replace(outcome=Outcome.PASS) if r in rows else r for r in results], policy)
        gain = max(0, then[1] - now[1]) if now and then else 0
        expected[rows[0].check, rows[0].target, tuple(one.fingerprint for one in rows)] = gain
    assert {(fix.check, fix.target, fix.results): fix.gain for fix in fixes(results, policy)} == expected


def _repairs(results: list[Result]) -> list[list[Result]]:
    """What is bad about one target of one check."""
    bad = [one for one in results if one.outcome in BAD]
    keys = dict.fromkeys((one.subject_key, one.target) for one in bad)
    return [[one for one in bad if (one.subject_key, one.target) == key] for key in keys]


class _Counting(dict[Severity, int]):
    """Points that know how often they were looked up."""

    asked = 0

    def __getitem__(self, severity: Severity) -> int:
        self.asked += 1
        return super().__getitem__(severity)


def _steps(count: int) -> int:
    place, details = Area.CONTENT, {"group": "wording"}
    results = [
        _row("generic-greeting", Outcome.WARN, Severity.MINOR, (place, f"{n}.eml"), details) for n in range(count)
    ]
    points = _Counting(POLICY.points)
    assert len(fixes(results, POLICY._replace(points=points))) == count
    return points.asked


def test_a_folder_of_findings_whose_points_add_up_takes_a_few_steps_each() -> None:
    assert _steps(400) <= 5 * 400
