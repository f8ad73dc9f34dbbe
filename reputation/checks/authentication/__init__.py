"""SPF, DKIM, DMARC, mail hosts and reverse names: judged once for the domain, and once for each sending address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from reputation.checks import AnyCheck
from reputation.checks.registry import checks_of
from reputation.checks.runner import run_checks
from reputation.facts.domain import DomainFacts, IpFacts
from reputation.model import Found, Json, Result, Severity


def judge_domain(facts: DomainFacts, severities: Mapping[str, Severity] | None = None) -> list[Result]:
    """All results on one domain. Checks of a sending address run once for each address, with it as their target."""
    from reputation.checks.authentication._needs import AddressCheck, OverviewCheck, PracticeCheck

    checks = [check for check in checks_of("authentication") if check.default]
    of_address = [check for check in checks if isinstance(check, AddressCheck)]
    of_practice = [check for check in checks if isinstance(check, PracticeCheck)]
    overviews = [check for check in checks if isinstance(check, OverviewCheck)]
    of_domain = [check for check in checks if not isinstance(check, (AddressCheck, PracticeCheck, OverviewCheck))]
    results = run_checks(of_domain, facts, facts.domain, severities)
    if facts.practice is not None:
        results += run_checks(of_practice, facts.practice, facts.domain, severities)
        results += run_checks(overviews, facts, facts.domain, severities)
    for ip in facts.ips:
        results += _address_results(of_address, replace(facts, sender=ip), ip, severities)
    return results


def _address_results(
    checks: Sequence[AnyCheck], facts: DomainFacts, ip: IpFacts, severities: Mapping[str, Severity] | None
) -> list[Result]:
    results = run_checks(checks, facts, ip.sending.ip, severities)
    return [_with_evaluation(result, ip) for result in results]


def _with_evaluation(result: Result, ip: IpFacts) -> Result:
    """The SPF result carries the evaluation itself, whatever its outcome."""
    if result.check != "spf-ip-not-authorized" or ip.sending.origin != "given":
        return result
    return replace(result, details={**result.details, "spf": evaluation_of(ip)})


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
