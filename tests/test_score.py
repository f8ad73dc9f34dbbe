"""Score, verdict and fixes: what a blocked resolver, a listing and a missing record do to them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reputation.model import Area, Cause, Outcome, Result, Severity, Verdict
from reputation.policy import PolicyError, built_in, with_changes
from reputation.score import coverage, fixes, score, verdict
from reputation.text import say

POLICY = built_in()
AREAS = (Area.LISTING, Area.AUTHENTICATION, Area.CONTENT)


def row(
    check: str,
    outcome: Outcome,
    severity: Severity = Severity.MAJOR,
    area: Area = Area.AUTHENTICATION,
    **details: str | bool,
) -> Result:
    """One result, with a cause where it is unknown."""
    cause = Cause.TIMEOUT if outcome is Outcome.UNKNOWN else None
    return Result(
        check=check, area=area, target="example.com", outcome=outcome, message=say("seen"), severity=severity,
        cause=cause, details=details,
    )  # fmt: skip


def listing(zone: str, outcome: Outcome, severity: Severity) -> Result:
    """One blocklist's answer."""
    return row("blocklist-listing", outcome, severity, Area.LISTING, zone=zone)


outcomes = st.sampled_from([Outcome.PASS, Outcome.INFO, Outcome.WARN, Outcome.FAIL, Outcome.UNKNOWN, Outcome.SKIPPED])
rows = st.builds(
    row, st.sampled_from(["a", "b", "c", "spf-missing", "dkim-missing"]), outcomes, st.sampled_from(list(Severity)),
    st.sampled_from(AREAS),
)  # fmt: skip


@given(st.lists(rows, max_size=30))
def test_the_score_is_a_range_within_0_and_100(results: list[Result]) -> None:
    """0 <= low <= high <= 100, in the whole and in each area."""
    found = score(results, POLICY)
    for part in (found.total, *found.areas.values()):
        assert part is None or 0 <= part.low <= part.high <= 100


@given(st.lists(rows, min_size=1, max_size=30), st.data())
def test_an_answer_that_becomes_unknown_never_raises_the_low_end(results: list[Result], data: st.DataObject) -> None:
    """A blocked resolver cannot improve a report."""
    at = data.draw(st.integers(0, len(results) - 1))
    if results[at].outcome is Outcome.SKIPPED:
        return
    blinded = [*results]
    blinded[at] = results[at]._replace(outcome=Outcome.UNKNOWN, cause=Cause.TIMEOUT)
    before, after = score(results, POLICY).total, score(blinded, POLICY).total
    assert after is None or before is None or after.low <= before.low


@given(st.lists(rows, max_size=30))
def test_with_nothing_unknown_both_ends_meet(results: list[Result]) -> None:
    """A range is only ever as wide as what we do not know."""
    known = [r for r in results if r.outcome is not Outcome.UNKNOWN]
    found = score(known, POLICY).total
    assert found is None or found.low == found.high


def test_with_everything_unknown_there_is_no_score() -> None:
    """Neither 0 nor 100: nothing is known."""
    results = [row("spf-missing", Outcome.UNKNOWN), listing("zen.spamhaus.org", Outcome.UNKNOWN, Severity.CRITICAL)]
    assert score(results, POLICY).total is None
    assert verdict(results) is Verdict.UNDECIDED
    assert coverage(results).unknown == coverage(results).asked == 2


def test_a_critical_listing_ends_the_score_at_20() -> None:
    """Whatever the rest says."""
    results = [
        listing("zen.spamhaus.org", Outcome.FAIL, Severity.CRITICAL),
        *(row(f"good-{n}", Outcome.PASS) for n in range(50)),
    ]
    total = score(results, POLICY).total
    assert total is not None and total.high == 20
    assert verdict(results) is Verdict.STOP


@pytest.mark.parametrize(
    ("spf", "dkim", "at_most"),
    [(Outcome.FAIL, Outcome.FAIL, 40), (Outcome.FAIL, Outcome.PASS, 100), (Outcome.PASS, Outcome.FAIL, 100)],
)
def test_only_without_both_spf_and_dkim_the_score_ends_at_40(spf: Outcome, dkim: Outcome, at_most: int) -> None:
    """One of the two is enough for most receivers."""
    results = [row("spf-missing", spf), row("dkim-missing", dkim), listing("a.example", Outcome.PASS, Severity.MAJOR)]
    total = score(results, POLICY).total
    assert total is not None
    assert total.high == 40 if at_most == 40 else total.high > 40


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ([row("a", Outcome.PASS), row("b", Outcome.WARN)], Verdict.READY),
        ([row("a", Outcome.PASS), row("b", Outcome.FAIL)], Verdict.FIX_FIRST),
        ([row("a", Outcome.FAIL, Severity.CRITICAL), row("b", Outcome.UNKNOWN, critical=True)], Verdict.STOP),
        ([row("a", Outcome.FAIL), row("b", Outcome.UNKNOWN, critical=True)], Verdict.UNDECIDED),
        ([row("a", Outcome.PASS), listing("z", Outcome.UNKNOWN, Severity.CRITICAL)], Verdict.UNDECIDED),
        ([row("a", Outcome.PASS), listing("z", Outcome.UNKNOWN, Severity.MINOR)], Verdict.READY),
        ([], Verdict.UNDECIDED),
    ],
)
def test_the_verdict_in_one_word(results: list[Result], expected: Verdict) -> None:
    """Stop beats undecided beats fix-first beats ready."""
    assert verdict(results) is expected


def test_fixes_are_ranked_by_what_they_gain() -> None:
    """The gain is the score with the fix applied minus the score now, so a cap is lifted by the right fix only."""
    results = [
        listing("zen.spamhaus.org", Outcome.FAIL, Severity.CRITICAL),
        row("dmarc-missing", Outcome.FAIL),
        row("spf-neutral-all", Outcome.WARN, Severity.MINOR),
    ]
    ranked = fixes(results, POLICY)
    assert [fix.check for fix in ranked] == ["blocklist-listing", "dmarc-missing", "spf-neutral-all"]
    mended = [results[0]._replace(outcome=Outcome.PASS), *results[1:]]
    now, then = score(results, POLICY).total, score(mended, POLICY).total
    assert now is not None and then is not None and ranked[0].gain == then.high - now.high


def test_what_stops_the_mail_is_fixed_before_anything_that_gains_more() -> None:
    """A domain that does not exist needs no key: the cause stands before its consequences."""
    results = [
        row("dkim-missing", Outcome.FAIL), row("dmarc-missing", Outcome.FAIL), row("spf-missing", Outcome.FAIL),
        row("domain-missing", Outcome.FAIL, Severity.CRITICAL),
    ]  # fmt: skip
    assert next(fix.check for fix in fixes(results, POLICY)) == "domain-missing"


def test_wording_is_capped_together() -> None:
    """Thirty spam words cost no more than the cap of their group."""
    words = [row(f"word-{n}", Outcome.WARN, Severity.MINOR, Area.CONTENT, group="wording") for n in range(30)]
    total = score(words, POLICY).areas[Area.CONTENT]
    assert total is not None and total.low == 100 - POLICY.groups["wording"]


def test_one_list_counts_once_however_many_addresses_it_holds() -> None:
    """Two addresses on one list are one problem."""
    first = listing("psbl.surriel.com", Outcome.FAIL, Severity.MAJOR)
    once = score([first], POLICY).total
    twice = score([first, first._replace(target="203.0.113.9")], POLICY).total
    assert once == twice


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"points": {"critical": "many"}}, "points.critical"),
        ({"points": {"terrible": 3}}, "terrible"),
        ({"pionts": {}}, "pionts.*points"),
        ({"severities": {"spf-mising": "minor"}}, "spf-mising.*spf-missing"),
        ({"points_by_check": {"nothing-like-it-at-all": 3}}, "nothing-like-it-at-all"),
        ({"caps": {"no-such-cap": 3}}, "no-such-cap.*critical-listing"),
        ({"severities": {"spf-missing": "awful"}}, "severities.spf-missing"),
        ({"areas": {"listing": 400}}, "areas.listing"),
    ],
)
def test_a_wrong_policy_is_refused_by_name(changes: dict[str, dict[str, object]], words: str) -> None:
    """The message names the key."""
    with pytest.raises(PolicyError, match=words):
        with_changes(changes)


def test_a_list_may_weigh_less_for_a_user() -> None:
    """Lists are named by their zone."""
    assert with_changes({"severities": {"bl.example.org": "minor"}}).severities["bl.example.org"] is Severity.MINOR


def test_a_user_may_change_a_weight() -> None:
    """The user's table is laid over the shipped one."""
    assert with_changes({"points": {"minor": 1}}).points[Severity.MINOR] == 1
    assert with_changes({"points": {"minor": 1}}).points[Severity.MAJOR] == POLICY.points[Severity.MAJOR]
