"""The domain is not signed with DNSSEC.

Why: Without DNSSEC answers about your records can be forged on the way. Good practice; no receiver demands it.
Bad: the parent zone holds no DS record for example.com
Good: example.com DS 12345 13 2 ...
Fix: Switch on DNSSEC where your DNS is hosted, and hand the DS record to the registrar.
Source: RFC 4035
"""

from collections.abc import Iterator

from reputation.checks.authentication._needs import PracticeCheck
from reputation.facts.practice import PracticeFacts
from reputation.model import Absent, Area, Finding, Known, Observed, Remedy, Severity
from reputation.text import say


def needs(facts: PracticeFacts) -> Observed[bool]:
    """Whether the parent vouches for the domain's keys."""
    return facts.signed


def judge(known: Known[bool]) -> Iterator[Finding]:
    """Signed but not proved by this resolver is no fault of the domain."""
    if isinstance(known, Absent):
        yield Finding(
            severity=Severity.INFORMATIONAL,
            message=say("The domain is not signed with DNSSEC. Good practice; no receiver demands it."),
            evidence=(known.source,),
            remedy=Remedy(say("Switch on DNSSEC where your DNS is hosted, and hand the DS record to the registrar.")),
        )


CHECK = PracticeCheck(
    id="dnssec-missing",
    area=Area.AUTHENTICATION,
    severity=Severity.INFORMATIONAL,
    passed=say("The domain is signed with DNSSEC."),
    needs=needs,
    judge=judge,
)
