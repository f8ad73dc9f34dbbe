"""DANE without proof.

Why: TLSA records count only when DNSSEC proves them. Without proof other servers ignore them, and
 the protection is not there.
Bad: _25._tcp.mx.example.com TLSA 3 1 1 ... in an unsigned zone
Good: the same record in a zone signed with DNSSEC
Fix: Sign the zone of the mail host with DNSSEC, or ask a resolver that validates.
Source: RFC 7672 section 2.2
"""

from collections.abc import Iterable, Iterator

from reputation.checks.authentication._needs import PracticeCheck
from reputation.facts.practice import PracticeFacts
from reputation.model import Area, Confidence, Finding, Found, Known, Observed, Remedy, Severity
from reputation.text import say


def needs(facts: PracticeFacts) -> Observed[tuple[tuple[str, bool], ...]]:
    """The mail hosts with TLSA records, and whether those came with proof."""
    return facts.tlsa


def judge(known: Known[tuple[tuple[str, bool], ...]]) -> Iterable[Finding] | None:
    """Does not apply without TLSA records."""
    return _findings(known.value) if isinstance(known, Found) else None


def _findings(hosts: tuple[tuple[str, bool], ...]) -> Iterator[Finding]:
    for host, proved in hosts:
        if not proved:
            yield Finding(
                severity=Severity.INFORMATIONAL,
                confidence=Confidence.LOW,
                message=say(
                    "{host} has TLSA records (DANE), but this resolver did not prove them with DNSSEC.", host=host
                ),
                evidence=(f"_25._tcp.{host} TLSA",),
                remedy=Remedy(say("Sign the zone of the mail host with DNSSEC, or ask a resolver that validates.")),
            )


CHECK = PracticeCheck(
    id="dane-unproved",
    area=Area.AUTHENTICATION,
    severity=Severity.INFORMATIONAL,
    passed=say("DANE comes with proof."),
    needs=needs,
    judge=judge,
)
