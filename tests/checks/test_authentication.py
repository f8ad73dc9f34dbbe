"""Each authentication check through gather and judge over a zone: what must be found, and what must not."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reputation.checks.authentication import judge_domain
from reputation.facts.message import ForeignVerdict, MessageFacts, Signature
from reputation.gather.domain import DomainRequest, gather_domain
from reputation.gather.http import Fetched
from reputation.gather.practice import with_practice
from reputation.gather.second_opinion import with_second_opinion
from reputation.model import Cause, Found, Observed, Outcome, Result, Unknown
from reputation.records.dkim_key import parse_dkim_key
from reputation.records.dmarc import dmarc_records, parse_dmarc
from reputation.records.mta_sts import parse_sts_policy, parse_sts_record, sts_records
from reputation.records.spf import parse_spf
from reputation.records.tls_rpt import report_uris, tls_rpt_records
from reputation.text import say
from tests.fakes import FakeZone

HERE = Path(__file__).parent
HEALTHY = tomllib.loads((HERE / "healthy_sender.toml").read_text("utf-8"))["zone"]
CASES = [
    (path.stem.replace("_", "-"), case)
    for path in sorted((HERE / "authentication").glob("*.toml"))
    for case in tomllib.loads(path.read_text("utf-8"))["case"]
]
FOUND = (Outcome.FAIL, Outcome.WARN, Outcome.INFO)
REQUEST = ("ips", "selectors", "draft_selectors")


def zone_of(case: dict[str, Any]) -> FakeZone:
    """The healthy sender with the case's changes. A word in place of records is the cause of a failure."""
    zone = {name: table for name, table in HEALTHY.items() if name not in case.get("gone", ())} | case.get("zone", {})
    return FakeZone({name: _failing(table) for name, table in zone.items()})


def _failing(table: Any) -> Any:
    if isinstance(table, str):
        return Cause(table)
    return {rdtype: Cause(values) if isinstance(values, str) else values for rdtype, values in table.items()}


def results_of(case: dict[str, Any]) -> list[Result]:
    """All results of the case."""
    given = {key: tuple(case[key]) for key in REQUEST if key in case}
    words = {key: case[key] for key in ("helo", "mail_from") if key in case}
    request = DomainRequest(domain=case.get("domain", "example.com"), **given, **words)
    facts = gather_domain(zone_of(case), request)
    if "message" in case:
        facts = replace(facts, message=message_of(case["message"]))
    if "practice" in case:
        facts = with_practice(facts, zone_of(case), lambda url, _: page_of(case["practice"], url))
    return judge_domain(with_second_opinion(facts) if case.get("second_opinion") else facts)


def message_of(message: dict[str, Any]) -> MessageFacts:
    """The message of the case; what it does not say is as in a good one."""
    good = {"domain": "example.com", "selector": "s1", "verdict": "pass", "aligned": True, "covered": ["from"]}
    signatures = tuple(
        Signature(**{k: tuple(v) if isinstance(v, list) else v for k, v in (good | one).items()})
        for one in message.get("signatures", [{}])
    )
    return MessageFacts(
        file="sent.eml",
        sender=message.get("sender", "example.com"),
        envelope="example.com",
        signatures=signatures,
        spf_aligned=message.get("spf_aligned", False),
        chain=message.get("chain", ""),
        theirs=tuple(ForeignVerdict(**one) for one in message.get("theirs", [])),
        headers=frozenset(message.get("headers", ["from"])),
    )


def page_of(practice: dict[str, Any], url: str) -> Observed[Fetched]:
    """The policy file of the case, or why there is none."""
    if "failure" in practice:
        return Unknown(Cause(practice["failure"]), url)
    status = practice.get("status", 200)
    problem = None if status == 200 else say("the server answered {status}", status=status)
    return Found(Fetched(status, "text/plain", practice.get("file", "").encode(), problem), url)


def accepted(record: str) -> bool:
    """True when our own parser takes a record that we tell people to publish."""
    if record.startswith("v=spf1"):
        return bool(parse_spf(record))
    if record.startswith("version: STSv1"):
        return bool(parse_sts_policy(record))
    if sts_records([record.encode()]):
        return bool(parse_sts_record(record))
    if tls_rpt_records([record.encode()]):
        return bool(report_uris(record))
    if dmarc_records([record.encode()]):
        return parse_dmarc(record).policy_given
    return parse_dkim_key(record).problem is None


@pytest.mark.parametrize(("check", "case"), CASES, ids=[f"{check}: {case['name']}" for check, case in CASES])
def test_a_case_finds_what_it_must_and_nothing_that_it_must_not(check: str, case: dict[str, Any]) -> None:
    """Expected ids with their outcome, forbidden ids, unknown ids, and the record of the remedy."""
    results = results_of(case)
    found = {result.check: result.outcome.value for result in results if result.outcome in FOUND}
    unknown = {result.check for result in results if result.outcome is Outcome.UNKNOWN}
    assert case.get("expected", {}).items() <= found.items()
    assert not set(case.get("forbidden", ())) & set(found)
    assert set(case.get("unknown", ())) <= unknown
    assert not [result for result in results if result.cause == "internal-error"]
    records = {result.check: result.remedy.record for result in results if result.remedy and result.remedy.record}
    assert all(accepted(record) for record in records.values())
    if "record" in case:
        assert case["record"] == records[check]


def test_a_healthy_sender_passes_everything() -> None:
    """No finding of any kind, nothing unknown."""
    outcomes = {result.outcome for result in results_of({})}
    assert outcomes <= {Outcome.PASS, Outcome.SKIPPED}


def test_the_spf_result_of_a_given_address_carries_the_evaluation() -> None:
    """Machine-readable formats show what RFC 7208 says, also when it passes and when nobody answered."""
    passed = _evaluation({"ips": ["198.51.100.7"]})
    assert {"result": "pass", "lookups": 1, "void_lookups": 0, "explanation": ""}.items() <= passed.items()
    open_one = _evaluation({"ips": ["203.0.113.9"], "zone": {"_spf.example.net": "timeout"}})
    assert open_one["result"] == "temperror"


def _evaluation(case: dict[str, Any]) -> dict[str, Any]:
    found = [result for result in results_of(case) if "spf" in result.details]
    assert [result.check for result in found] == ["spf-ip-not-authorized"]
    evaluation = found[0].details["spf"]
    assert isinstance(evaluation, dict)
    return evaluation
