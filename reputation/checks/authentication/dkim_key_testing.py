"""A DKIM key is marked as a test.

Why: t=y asks receivers to treat signed mail like unsigned mail. Some do, and the signature is then worth nothing.
Bad: v=DKIM1; t=y; p=MIIB...
Good: v=DKIM1; p=MIIB...
Fix: Publish the key without t=y.
Source: RFC 6376 section 3.6.1
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
    for found in dkim.keys:
        if found.key is not None and found.key.testing and not found.key.revoked:
            yield Finding(
                severity=Severity.MINOR,
                message=say(
                    "The DKIM key of selector {selector} is marked as a test (t=y); "
                    "receivers may ignore its signatures.",
                    selector=found.selector,
                ),
                evidence=found.records,
                remedy=Remedy(say("Publish the key without t=y.")),
            )


CHECK = Check(
    id="dkim-key-testing",
    area=Area.AUTHENTICATION,
    severity=Severity.MINOR,
    passed=say("No DKIM key is marked as a test."),
    needs=needs,
    judge=judge,
)
