"""One run in a fresh process: `client.py ours|checkdmarc PORT DOMAIN...` prints one JSON object.

`wall` is the time inside the process in seconds, from the first question to the last judgement; `records` what was
found of each domain.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))


def ours(port: int, domains: list[str]) -> dict[str, Any]:
    """Everything that `reputation auth` does with a domain, its report left out."""
    import checkdmarc.dmarc
    import checkdmarc.spf  # noqa: F401 - the second opinion needs it; the other side has loaded it before its clock too

    from reputation.checks.authentication import judge_domain
    from reputation.checks.registry import checks_of
    from reputation.gather.dns import Resolver
    from reputation.gather.domain import DomainRequest, gather_domains
    from reputation.gather.practice import with_practice
    from reputation.gather.second_opinion import with_second_opinion

    checks_of("authentication")
    lookup = Resolver([f"127.0.0.1:{port}"])
    began = time.perf_counter()
    gathered = gather_domains(lookup, [DomainRequest(domain=domain, practice=True) for domain in domains])
    everything = [with_second_opinion(with_practice(facts, lookup)) for facts in gathered]
    for facts in everything:
        judge_domain(facts)
    return {"wall": time.perf_counter() - began, "records": {facts.domain: _own(facts) for facts in everything}}


def _own(facts: Any) -> dict[str, Any]:
    return {
        "spf": sorted(node.observed.value[0] for node in facts.spf_tree.value.walk()),
        "dmarc": list(facts.dmarc.value.published),
        "mx": sorted(exchange.host for exchange in facts.mx.value),
        "tls-rpt": list(facts.practice.tls_reports.value),
    }


def theirs(port: int, domains: list[str]) -> dict[str, Any]:
    """checkdmarc's check of a domain, without STARTTLS."""
    import checkdmarc
    import dns.nameserver

    server = dns.nameserver.Do53Nameserver("127.0.0.1", port)
    began = time.perf_counter()
    checked = checkdmarc.check_domains(domains, nameservers=[server], timeout=2.0)
    wall = time.perf_counter() - began
    results = checked if isinstance(checked, list) else [checked]
    return {"wall": wall, "records": {one["domain"]: _found(one) for one in results}}


def _found(result: Any) -> dict[str, Any]:
    return {
        "spf": sorted(_spf_texts(result["spf"])),
        "dmarc": [result["dmarc"]["record"]],
        "mx": sorted(host["hostname"] for host in result["mx"]["hosts"]),
        "tls-rpt": [_tls_rpt(result["smtp_tls_reporting"])],
    }


def _spf_texts(spf: Any) -> list[str]:
    """The record and those of its includes."""
    below = [term for term in spf["parsed"]["mechanisms"] if "record" in term]
    return [spf["record"], *(text for term in below for text in _spf_texts(term))]


def _tls_rpt(report: Any) -> str:
    """It keeps the tags only."""
    return f"v=TLSRPTv1; rua={report['tags']['rua']['value'][0]}"


if __name__ == "__main__":
    side, port, *domains = sys.argv[1:]
    print(json.dumps({"ours": ours, "checkdmarc": theirs}[side](int(port), domains)))
