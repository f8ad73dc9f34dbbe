"""Services that send for you.

Why: Whoever stands in SPF, takes your mail or signs it can speak in your name. The list helps to find the one that
 nobody remembers, and to know whom to ask for DKIM.
Bad: a service in the list that nobody in the house knows
Good: exactly the services that you use
Fix: Ask your colleagues about each name; remove what is no longer used from SPF and DKIM.
Source: the data file of providers (compiled 2026-11-23)
"""

from collections.abc import Iterator

from reputation.checks.authentication._needs import OverviewCheck, anything_of, value_of
from reputation.checks.authentication._services import services_of
from reputation.facts.domain import DomainFacts
from reputation.model import Area, Finding, Known, Observed, Severity
from reputation.text import say


def needs(facts: DomainFacts) -> Observed[DomainFacts]:
    """SPF, MX, DKIM and the host names of the sending addresses, whichever are known."""
    return anything_of(facts)


def judge(known: Known[DomainFacts]) -> Iterator[Finding]:
    """One line a service."""
    facts = value_of(known)
    for service in services_of(facts) if facts else ():
        yield Finding(
            severity=Severity.INFORMATIONAL,
            confidence=service.confidence,
            message=say(
                "{service} works for this domain (seen in {traces}).", service=service.name, traces=service.traces
            ),
            details={"service": service.name, "kind": service.kind, "traces": list(service.traces)},
        )


CHECK = OverviewCheck(
    id="sending-services",
    area=Area.COMPLIANCE,
    severity=Severity.INFORMATIONAL,
    passed=say("No known mail service shows in DNS."),
    needs=needs,
    judge=judge,
)
