"""SPF, DKIM, DMARC, mail hosts and reverse names: judged once for the domain, and once for each sending address."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from reputation.checks import AnyCheck, Check
from reputation.checks.authentication._needs import AddressCheck, MessageCheck, OverviewCheck, PracticeCheck
from reputation.checks.registry import checks_of
from reputation.checks.runner import run_checks
from reputation.facts.domain import DomainFacts, IpFacts
from reputation.model import Found, Json, Result, Severity


def judge_domain(facts: DomainFacts, severities: Mapping[str, Severity] | None = None) -> list[Result]:
    """All results on one domain. Checks of a sending address run once for each address, with it as their target."""
    kinds = _by_kind()
    results = run_checks(kinds[Check], facts, facts.domain, severities)
    if facts.practice is not None:
        results += run_checks(kinds[PracticeCheck], facts.practice, facts.domain, severities)
        results += run_checks(kinds[OverviewCheck], facts, facts.domain, severities)
    if facts.message is not None:
        results += run_checks(kinds[MessageCheck], facts.message, facts.message.file, severities)
    for ip in facts.ips:
        results += _address_results(kinds[AddressCheck], replace(facts, sender=ip), ip, severities)
    return results


def _by_kind() -> Mapping[type, Sequence[AnyCheck]]:
    """The checks that run by default, by what they look at."""
    found: dict[type, list[AnyCheck]] = defaultdict(list)
    for check in checks_of("authentication"):
        if check.default:
            found[type(check)].append(check)
    return found


def _address_results(
    checks: Sequence[AnyCheck], facts: DomainFacts, ip: IpFacts, severities: Mapping[str, Severity] | None
) -> list[Result]:
    results = run_checks(checks, facts, ip.sending.ip, severities)
    return [_with_evaluation(result, ip) for result in results]


def _with_evaluation(result: Result, ip: IpFacts) -> Result:
    """The SPF result carries the evaluation itself, whatever its outcome."""
    if result.check != "spf-ip-not-authorized" or ip.sending.origin != "given":
        return result
    return result._replace(details={**result.details, "spf": evaluation_of(ip)})


def evaluation_of(ip: IpFacts) -> dict[str, Json]:
    """What RFC 7208 says of the address, as the machine-readable formats show it."""
    if not isinstance(ip.spf, Found):
        return {"result": "temperror", "domain": ip.spf_domain, "explanation": "", "lookups": 0, "void_lookups": 0}
    outcome = ip.spf.value
    return {
        "result": outcome.result.value,
        "domain": ip.spf_domain,
        "explanation": outcome.explanation,
        "lookups": outcome.lookups,
        "void_lookups": outcome.void_lookups,
        "matched": outcome.matched,
        "matched_in": outcome.matched_in,
    }
