"""The host name of the sending address does not point back.

Why: Anybody can write any name into his reverse zone, so receivers look the name up again: it must lead to the same
 address. Google refuses or defers the mail otherwise (4.7.23, 5.7.25).
Bad: 203.0.113.5 PTR mail.example.com, but mail.example.com A 198.51.100.7
Good: 203.0.113.5 PTR mail.example.com, and mail.example.com A 203.0.113.5
Fix: Give the host name the address of the server, or have the reverse name corrected.
Source: RFC 1912 section 2.1; Google, Email sender guidelines (seen 2026-03-21)
"""

from collections.abc import Iterable

from reputation.checks.authentication._needs import AddressCheck, blame, value_of, with_facts
from reputation.facts.domain import DomainFacts, ReverseNames
from reputation.model import Absent, Area, Finding, Found, Known, Observed, Remedy, Severity
from reputation.text import say


def needs(facts: DomainFacts) -> Observed[DomainFacts]:
    """The reverse names, and which of them are confirmed."""
    return with_facts(facts, facts.sender.reverse) if facts.sender else Absent()


def judge(known: Known[DomainFacts]) -> Iterable[Finding] | None:
    """Does not apply without a host name (that is another check)."""
    facts = value_of(known)
    sender = facts.sender if facts else None
    if facts is None or sender is None or not isinstance(sender.reverse, Found):
        return None
    return _findings(facts, sender.sending.ip, sender.reverse.value)


def _findings(facts: DomainFacts, ip: str, reverse: ReverseNames) -> Iterable[Finding]:
    if not reverse.confirmed:
        name = reverse.names[0]
        yield Finding(
            severity=blame(facts, Severity.MAJOR),
            message=say("{ip} calls itself {name}, but {name} does not lead back to it.", ip=ip, name=name),
            evidence=reverse.names,
            remedy=Remedy(
                say(
                    "Publish an address record for {name} with {ip}, or have the reverse name corrected.",
                    name=name,
                    ip=ip,
                )
            ),
        )


CHECK = AddressCheck(
    id="forward-reverse-mismatch",
    area=Area.AUTHENTICATION,
    severity=Severity.MAJOR,
    passed=say("The host name of the sending address points back to it."),
    needs=needs,
    judge=judge,
)
