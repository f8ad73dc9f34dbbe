"""The host name of the sending address looks like an access line.

Why: Names made by rule from the address belong to office lines, home lines and unused servers. Many receivers and
 blocklists hold such names against the mail.
Bad: 203.0.113.5 PTR 5-113-0-203.dsl.example.net
Good: 203.0.113.5 PTR mail.example.com
Fix: Ask the provider of the server for a name of your own, or send through your mail host.
Source: Spamhaus PBL and Microsoft reply codes 5.7.606 to 649 act on such lines (seen 2026-11)
"""

from collections.abc import Iterable

from reputation.checks.authentication._needs import AddressCheck, blame, value_of, with_facts
from reputation.facts.domain import DomainFacts, ReverseNames
from reputation.model import Absent, Area, Confidence, Finding, Found, Known, Observed, Remedy, Severity
from reputation.records.generic_name import looks_generic
from reputation.text import say


def needs(facts: DomainFacts) -> Observed[DomainFacts]:
    """The reverse names, and which of them are confirmed."""
    return with_facts(facts, facts.sender.reverse) if facts.sender else Absent()


def judge(known: Known[DomainFacts]) -> Iterable[Finding] | None:
    """Does not apply without a host name."""
    facts = value_of(known)
    sender = facts.sender if facts else None
    if facts is None or sender is None or not isinstance(sender.reverse, Found):
        return None
    return _findings(facts, sender.sending.ip, sender.reverse.value)


def _findings(facts: DomainFacts, ip: str, reverse: ReverseNames) -> Iterable[Finding]:
    """One name of its own is enough."""
    if all(looks_generic(name, ip) for name in reverse.names):
        yield Finding(
            severity=blame(facts, Severity.MINOR),
            confidence=Confidence.MEDIUM,
            message=say("{ip} is called {name}, which looks like an access line.", ip=ip, name=reverse.names[0]),
            evidence=reverse.names,
            remedy=Remedy(
                say("Ask the provider of the server for a name of your own, or send through your mail host.")
            ),
        )


CHECK = AddressCheck(
    id="ptr-generic",
    area=Area.AUTHENTICATION,
    severity=Severity.MINOR,
    passed=say("The host name of the sending address is a name of its own."),
    needs=needs,
    judge=judge,
)
