"""The sending domain does not exist.

Why: A receiver looks up the domain of the From address before it reads on. When the name does not exist, Yahoo refuses
 with 451 or 554 and iCloud with 450 4.1.8; nobody could answer the mail either.
Bad: From: sales@exmaple.com (NXDOMAIN)
Good: From: sales@example.com
Fix: Correct the spelling of the domain, or renew and publish it before anything is sent.
Source: RFC 5321 section 2.3.5; Yahoo Sender Hub, SMTP error codes (seen 2026-02-15)
"""

from collections.abc import Iterator

from reputation.checks import Check
from reputation.facts.domain import DomainFacts
from reputation.model import Absent, Area, Finding, Known, Observed, Remedy, Severity
from reputation.text import say


def needs(facts: DomainFacts) -> Observed[bool]:
    """Whether the name exists."""
    return facts.exists


def judge(exists: Known[bool]) -> Iterator[Finding]:
    """A name that does not exist cannot send."""
    if isinstance(exists, Absent):
        yield Finding(
            severity=Severity.CRITICAL,
            message=say("The domain does not exist in DNS; receivers refuse mail from it."),
            evidence=(exists.source,),
            remedy=Remedy(say("Check the spelling of the domain, and whether it has expired.")),
        )


CHECK = Check(
    id="domain-missing",
    area=Area.AUTHENTICATION,
    severity=Severity.CRITICAL,
    passed=say("The domain exists."),
    needs=needs,
    judge=judge,
)
