"""A DKIM key is short.

Why: Google and Yahoo ask for at least 1,024 bits; verifiers reject shorter RSA keys. 2,048 bits are advised.
Bad: s1._domainkey.example.com with a key of 512 bits
Good: s1._domainkey.example.com with a key of 2,048 bits
Fix: Let your mail service make a key of 2,048 bits under a new selector, publish it, then switch the signature over.
Source: RFC 8301 section 3.2; Google, Email sender guidelines (seen 2026-03-21)
"""

from collections.abc import Iterable, Iterator

from reputation.checks import Check
from reputation.checks.authentication._needs import value_of
from reputation.facts.domain import DkimFacts, DomainFacts
from reputation.model import Area, Finding, Known, Observed, Remedy, Severity
from reputation.text import say

LEAST, ADVISED = 1024, 2048


def needs(facts: DomainFacts) -> Observed[DkimFacts]:
    """The keys that were found."""
    return facts.dkim


def judge(known: Known[DkimFacts]) -> Iterable[Finding] | None:
    """Does not apply without a key."""
    dkim = value_of(known)
    return None if dkim is None or not dkim.keys else _findings(dkim)


def _findings(dkim: DkimFacts) -> Iterator[Finding]:
    for found in dkim.keys:
        key = found.key
        if key is not None and key.algorithm == "rsa" and key.problem is None and 0 < key.bits < ADVISED:
            yield Finding(
                severity=Severity.MAJOR if key.bits < LEAST else Severity.INFORMATIONAL,
                message=say(
                    "The DKIM key of selector {selector} has {bits} bits; "
                    "receivers want {least}, and {advised} are advised.",
                    selector=found.selector,
                    bits=key.bits,
                    least=LEAST,
                    advised=ADVISED,
                ),
                evidence=found.records,
                remedy=Remedy(
                    say("Have your mail service make a key of {advised} bits under a new selector.", advised=ADVISED)
                ),
            )


CHECK = Check(
    id="dkim-key-short",
    area=Area.AUTHENTICATION,
    severity=Severity.MAJOR,
    passed=say("The DKIM keys are long enough."),
    needs=needs,
    judge=judge,
)
