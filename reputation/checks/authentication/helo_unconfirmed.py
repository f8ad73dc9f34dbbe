"""The HELO name does not lead to the sending address.

Why: The server greets with a name. RFC 5321 wants it to be a name that exists; a greeting that leads elsewhere, or
 nowhere, counts against the mail at many receivers.
Bad: EHLO localhost, or EHLO mail.example.com, which has another address
Good: EHLO mail.example.com, and mail.example.com A 203.0.113.5
Fix: Set the greeting of the server to the host name that its address has.
Source: RFC 5321 sections 2.3.5 and 4.1.4
"""

from collections.abc import Iterable
from ipaddress import ip_address

from reputation.checks.authentication._needs import AddressCheck, value_of, with_facts
from reputation.facts.domain import DomainFacts, IpOrigin
from reputation.model import Absent, Area, Finding, Found, Known, Observed, Remedy, Severity
from reputation.text import say


def needs(facts: DomainFacts) -> Observed[DomainFacts]:
    """The addresses of the HELO name; Absent when nobody named one."""
    given = facts.sender is not None and facts.sender.sending.origin is IpOrigin.GIVEN
    return with_facts(facts, facts.helo_addresses) if given and facts.helo else Absent()


def judge(known: Known[DomainFacts]) -> Iterable[Finding] | None:
    """Does not apply without a HELO name and a named address."""
    facts = value_of(known)
    return None if facts is None or facts.sender is None else _findings(facts, facts.sender.sending.ip)


def _findings(facts: DomainFacts, ip: str) -> Iterable[Finding]:
    addresses = facts.helo_addresses.value if isinstance(facts.helo_addresses, Found) else ()
    if ip_address(ip) not in [ip_address(address) for address in addresses]:
        yield Finding(
            severity=Severity.MINOR,
            message=say("The server greets as {helo}, which does not lead to {ip}.", helo=facts.helo, ip=ip),
            evidence=addresses,
            remedy=Remedy(say("Set the greeting of the server to the host name that its address has.")),
        )


CHECK = AddressCheck(
    id="helo-unconfirmed",
    area=Area.AUTHENTICATION,
    severity=Severity.MINOR,
    passed=say("The HELO name leads to the sending address."),
    needs=needs,
    judge=judge,
)
