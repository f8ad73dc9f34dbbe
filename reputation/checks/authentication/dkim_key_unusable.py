"""A DKIM key cannot be used.

Why: A key that was cut, pasted with a stray character, doubled or given the wrong tags verifies nothing, and every
 signature with it fails.
Bad: s1._domainkey.example.com TXT "v=DKIM1; p=MIGfMA0GCSq" (cut)
Good: s1._domainkey.example.com TXT "v=DKIM1; k=rsa; p=MIIBIjANBg...IDAQAB" (complete)
Fix: Copy the record again from the mail service; a long one may have to be split into quoted strings of 255 characters.
Source: RFC 6376 sections 3.6.1 and 6.1.2; RFC 8463
"""

from collections.abc import Iterable, Iterator

from reputation.checks import Check
from reputation.checks.authentication._needs import value_of
from reputation.facts.domain import DkimFacts, DomainFacts
from reputation.model import Area, Finding, Known, Observed, Remedy, Severity
from reputation.text import say


def needs(facts: DomainFacts) -> Observed[DkimFacts]:
    """The keys that were found."""
    return facts.dkim


def judge(known: Known[DkimFacts]) -> Iterable[Finding] | None:
    """Does not apply without a key."""
    dkim = value_of(known)
    return None if dkim is None or not dkim.keys else _findings(dkim)


def _findings(dkim: DkimFacts) -> Iterator[Finding]:
    again = Remedy(say("Copy the record again from your mail service and publish it as one TXT record."))
    for found in dkim.keys:
        if found.key is None:
            message = say(
                "The DKIM selector {selector} has {count} keys; only one is allowed, and verifiers may take either.",
                selector=found.selector,
                count=len(found.records),
            )
            yield Finding(severity=Severity.MAJOR, message=message, evidence=found.records, remedy=again)
        elif found.key.problem is not None:
            message = say(
                "The DKIM key of selector {selector} cannot be used: {problem}.",
                selector=found.selector,
                problem=found.key.problem,
            )
            yield Finding(severity=Severity.MAJOR, message=message, evidence=found.records, remedy=again)


CHECK = Check(
    id="dkim-key-unusable",
    area=Area.AUTHENTICATION,
    severity=Severity.MAJOR,
    passed=say("The DKIM keys can be read."),
    needs=needs,
    judge=judge,
)
