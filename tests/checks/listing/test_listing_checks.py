"""The data cases of the listing checks, through the one function that a run calls."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from reputation.checks.listing_results import ListingJudge, listing_results
from reputation.facts.listing import ListAnswer, ListingFacts, ListingSubject, Role
from reputation.model import Cause, Outcome, Result, Severity, Unknown, Verdict
from reputation.policy import built_in
from reputation.records.dnsxl import Blocklist, Kind, State
from reputation.records.dnsxl_codes import CodeHit
from reputation.score import score, verdict

CASES = [
    case for path in sorted(Path(__file__).parent.glob("*.toml")) for case in tomllib.loads(path.read_text())["case"]
]
SUBJECTS = {"ip4": "203.0.113.5", "ip6": "2001:db8::5", "domain": "example.com", "url-host": "www.example.com"}


def _facts(case: dict[str, Any]) -> ListingFacts:
    changes = {"severity": Severity.MAJOR} | case.get("list", {})
    changes["severity"] = Severity(changes["severity"])
    blocklist = Blocklist(
        zone="bl.example", name="Example list", operator="Example", kinds=frozenset(Kind), **changes
    )  # fmt: skip
    kind = Kind(case.get("kind", "ip4"))
    answer = ListAnswer(
        blocklist, kind, State(case["state"]), tuple(CodeHit(*code) for code in case.get("codes", [])),
        unknown=Unknown(Cause(case["unknown"])) if "unknown" in case else None,
    )  # fmt: skip
    return ListingFacts(ListingSubject(SUBJECTS[kind], kind, Role(case.get("role", "given-ip"))), (answer,))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case: dict[str, Any]) -> None:
    """Outcome, severity, words and way out of one answer."""
    (result,) = listing_results([_facts(case)])
    found = {result.check} if result.outcome in (Outcome.FAIL, Outcome.WARN, Outcome.INFO) else set()
    assert set(case.get("expected", [])) <= found
    assert not set(case.get("forbidden", [])) & found
    assert result.outcome == case["outcome"]
    assert result.severity == case.get("severity", result.severity)
    assert bool(result.details.get("critical")) is case.get("critical", False)
    assert [part for part in case.get("says", []) if part not in str(result.message)] == []
    assert (result.remedy.url if result.remedy else "") == case.get(
        "remedy", result.remedy.url if result.remedy else ""
    )
    assert (result.cause is not None) is ("unknown" in case)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_machine_fields_are_always_there(case: dict[str, Any]) -> None:
    """Zone, list, state, codes and the page for removal, as the contract has them."""
    facts = _facts(case)
    (result,) = listing_results([facts])
    assert result.target == facts.subject.text
    assert result.details["zone"] == "bl.example"
    assert result.details["list"] == "Example list"
    assert result.details["state"] == case["state"]
    assert result.details["codes"] == [{"address": a, "meaning": m} for a, m in case.get("codes", [])]
    assert result.details["delist"] == case.get("list", {}).get("delist", "")


def _result(**case: Any) -> Result:
    return listing_results([_facts({"name": "", "state": "clean", **case})])[0]


def test_an_open_critical_list_leaves_the_verdict_undecided() -> None:
    """The other lists may be clean: without the critical one nobody can say "ready"."""
    clean, critical = _result(), _result(list={"severity": "critical"}, state="unreachable", unknown="timeout")
    assert verdict([clean]) is Verdict.READY
    assert verdict([clean, critical]) is Verdict.UNDECIDED


def test_a_critical_listing_caps_the_score() -> None:
    """On a critical list the whole ends at 20."""
    listed = _result(list={"severity": "critical"}, state="listed", codes=[["127.0.0.2", "x"]])
    total = score([listed, _result()], built_in()).total
    assert total is not None
    assert total.high <= 20


def test_the_policy_may_change_the_severity_of_one_list() -> None:
    """By its zone; another list keeps its own."""
    facts = _facts({"state": "listed", "codes": [["127.0.0.2", "x"]]})
    assert listing_results([facts], {"bl.example": Severity.MINOR})[0].severity is Severity.MINOR
    assert listing_results([facts], {"other.example": Severity.MINOR})[0].severity is Severity.MAJOR


def test_subjects_with_the_same_answer_share_one_judgement() -> None:
    """What makes a bulk run fast: the template is the same object, and only the target differs."""
    first = _facts({"state": "listed", "codes": [["127.0.0.2", "x"]]})
    second = ListingFacts(ListingSubject("203.0.113.6", Kind.IP4, Role.GIVEN_IP), first.answers)
    judge = ListingJudge()
    assert judge.templates(first)[0] is judge.templates(second)[0]
    assert [judge.results(one)[0].target for one in (first, second)] == ["203.0.113.5", "203.0.113.6"]
    assert judge.results(first)[0].fingerprint != judge.results(second)[0].fingerprint
