"""The sending address has no host name.

Why: Google and Yahoo refuse or defer mail from an address without reverse DNS (4.7.23, 5.7.25); iCloud wants one in
 your domain.
Bad: 203.0.113.5 has no PTR record
Good: 203.0.113.5 PTR mail.example.com, and mail.example.com A 203.0.113.5
Fix: Ask the provider of the server (not of the domain) to set the reverse name, and give the name the same address.
Source: RFC 1912 section 2.1; Google, Email sender guidelines (seen 2026-03-21)
"""

from collections.abc import Iterable

from reputation.checks.authentication._needs import AddressCheck, blame, value_of, with_facts
from reputation.facts.domain import DomainFacts
from reputation.model import Absent, Area, Finding, Known, Observed, Remedy, Severity
from reputation.text import say


def needs(facts: DomainFacts) -> Observed[DomainFacts]:
    """The reverse names of the address."""
    return with_facts(facts, facts.sender.ptr) if facts.sender else Absent()


def judge(known: Known[DomainFacts]) -> Iterable[Finding] | None:
    """Does not apply without a sending address."""
    facts = value_of(known)
    return None if facts is None or facts.sender is None else _findings(facts)


def _findings(facts: DomainFacts) -> Iterable[Finding]:
    sender = facts.sender
    if sender is not None and isinstance(sender.ptr, Absent):
        yield Finding(
            severity=blame(facts, Severity.MAJOR),
            message=say("{ip} has no host name (PTR); Gmail and Yahoo refuse or defer its mail.", ip=sender.sending.ip),
            evidence=(sender.ptr.source,),
            remedy=Remedy(
                say(
                    "Ask the provider of the server to set the reverse name of the address, such as {name}.",
                    name=f"mail.{facts.domain}",
                )
            ),
        )


CHECK = AddressCheck(
    id="ptr-missing",
    area=Area.AUTHENTICATION,
    severity=Severity.MAJOR,
    passed=say("The sending address has a host name."),
    needs=needs,
    judge=judge,
)
