"""DMARC records and the tree walk."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from reputation.model import Absent, Found
from reputation.records.dmarc import parse_dmarc, policy_of, tree_walk_names, walk

WALKS = tomllib.loads(Path(__file__).with_name("dmarc_walks.toml").read_text("utf-8"))["walk"]


@pytest.mark.parametrize("case", WALKS, ids=[case["name"] for case in WALKS])
def test_the_walk_finds_the_policy_and_the_organizational_domain(case: dict[str, Any]) -> None:
    """The worked cases beside this file."""
    names = tree_walk_names(case["domain"])
    found = {name: Found((case["found"][name],)) if name in case["found"] else Absent() for name in names}
    records, organizational, unknown = walk(case["domain"], found)
    policy = policy_of(case["domain"], records, organizational)
    assert (case["organizational"], None) == (organizational, unknown)
    assert case.get("published_at") == (policy.published_at if policy else None)
    assert case.get("applied") == (policy.applied if policy else None)
    assert tuple(case.get("asked", names)) == names


def test_every_tag_is_read() -> None:
    """Values without regard to case and blanks; sizes after "!" are allowed."""
    record = parse_dmarc(
        "v=DMARC1;p=Reject ; sp=none; np=quarantine; adkim=s; aspf=S; t=y; psd=n; "
        "rua=mailto:a@example.com!10m, mailto:b@reports.example.net; ruf=mailto:c@example.com; fo=1"
    )
    assert (record.policy, record.subdomain_policy, record.missing_policy) == ("reject", "none", "quarantine")
    assert (record.strict_dkim, record.strict_spf, record.testing, record.psd) == (True, True, True, "n")
    assert record.report_addresses == (
        ("a@example.com", "example.com"),
        ("b@reports.example.net", "reports.example.net"),
    )
    assert record.failure_addresses == (("c@example.com", "example.com"),)
    assert (record.faults, record.removed, record.unknown) == ((), (), ())


def test_what_means_nothing_is_named_and_ignored() -> None:
    """Old tags, unknown tags, values that are none, pieces that are no tag."""
    record = parse_dmarc("v=DMARC1; p=none; pct=50; ri=86400; rf=afrf; adkim=x; colour=blue; nonsense; rua=http://x")
    assert record.removed == ("pct", "ri", "rf")
    assert record.unknown == ("colour",)
    assert set(record.faults) == {("adkim", "x"), ("nonsense", ""), ("rua", "http://x")}
    assert (record.policy, record.strict_dkim) == ("none", False)
