"""The sending domain takes no mail.

Why: Replies, bounces and complaints go to the domain of the sender. Without MX and without an address they are lost,
 and several receivers refuse mail from a domain that cannot be answered.
Bad: example.com without MX, A and AAAA
Good: example.com MX 10 mx.example.com
Fix: Publish an MX record that names the server which takes your mail.
Source: RFC 5321 section 5.1; Microsoft, requirements for high-volume senders (2025-04-29)
"""

from collections.abc import Iterable

from reputation.checks import Check
from reputation.checks.authentication._needs import value_of
from reputation.facts.domain import DomainFacts
from reputation.model import Absent, Area, Finding, Known, Observed, Remedy, Severity, both
from reputation.records.answer import MailExchange
from reputation.text import say

Reachable = tuple[Known[tuple[MailExchange, ...]], Known[tuple[str, ...]]]


def needs(facts: DomainFacts) -> Observed[Reachable]:
    """MX, and the addresses that take its place when there is none."""
    if isinstance(facts.exists, Absent):
        return Absent()
    return both(facts.mx, facts.addresses) if isinstance(facts.mx, Absent) else both(facts.mx, Absent())


def judge(known: Known[Reachable]) -> Iterable[Finding] | None:
    """Without MX the domain's own address takes the mail; that works, but is fragile."""
    pair = value_of(known)
    return None if pair is None else _findings(*pair)


def _findings(mx: Known[tuple[MailExchange, ...]], addresses: Known[tuple[str, ...]]) -> Iterable[Finding]:
    if not isinstance(mx, Absent):
        return
    remedy = Remedy(say("Publish an MX record that names the server which takes your mail."))
    if isinstance(addresses, Absent):
        message = say("The domain has neither an MX record nor an address, so nobody can answer its mail.")
        yield Finding(severity=Severity.MAJOR, message=message, evidence=(mx.source,), remedy=remedy)
    else:
        message = say(
            "The domain has no MX record; mail to it goes to the address of its web site, if anything listens there."
        )
        yield Finding(severity=Severity.MINOR, message=message, evidence=(mx.source, *addresses.value), remedy=remedy)


CHECK = Check(
    id="mx-missing",
    area=Area.AUTHENTICATION,
    severity=Severity.MAJOR,
    passed=say("The domain takes mail."),
    needs=needs,
    judge=judge,
)
