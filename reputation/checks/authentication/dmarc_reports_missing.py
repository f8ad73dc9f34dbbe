"""DMARC sends no reports.

Why: Without rua= nobody tells you who sends in your name, so a stricter policy would be a leap in the dark. Yahoo
 strongly advises it.
Bad: v=DMARC1; p=none
Good: v=DMARC1; p=none; rua=mailto:dmarc@example.com
Fix: Add rua= with a mailbox that somebody or some service reads.
Source: RFC 9989 section 4.7; Yahoo Sender Hub, best practices (seen 2025-04-10)
"""

from collections.abc import Iterable

from reputation.checks import Check
from reputation.checks.authentication._needs import value_of
from reputation.facts.domain import DmarcFacts, DomainFacts
from reputation.model import Area, Finding, Known, Observed, Remedy, Severity
from reputation.records.dmarc_suggestion import with_tag
from reputation.text import say


def needs(facts: DomainFacts) -> Observed[DmarcFacts]:
    """The policy that applies."""
    return facts.dmarc


def judge(known: Known[DmarcFacts]) -> Iterable[Finding] | None:
    """Does not apply without a policy."""
    dmarc = value_of(known)
    return None if dmarc is None or dmarc.policy is None else _findings(dmarc)


def _findings(dmarc: DmarcFacts) -> Iterable[Finding]:
    policy = dmarc.policy
    if policy is not None and not policy.record.report_addresses:
        address = f"mailto:dmarc@{policy.published_at}"
        yield Finding(
            severity=Severity.INFORMATIONAL,
            message=say("The DMARC record names no mailbox for reports, so you do not see who sends in your name."),
            evidence=(policy.record.text,),
            remedy=Remedy(
                say("Add a mailbox for reports; it must exist."), record=with_tag(policy.record.text, "rua", address)
            ),
        )


CHECK = Check(
    id="dmarc-reports-missing",
    area=Area.AUTHENTICATION,
    severity=Severity.INFORMATIONAL,
    passed=say("DMARC reports are sent to a mailbox."),
    needs=needs,
    judge=judge,
)
