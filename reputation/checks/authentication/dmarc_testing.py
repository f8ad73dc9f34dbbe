"""DMARC is switched to testing.

Why: t=y tells receivers to act one step more mildly than the policy says: reject
 becomes quarantine, quarantine becomes none.
Bad: v=DMARC1; p=reject; t=y (for years)
Good: v=DMARC1; p=reject
Fix: Remove t=y when the reports show that your own mail passes.
Source: RFC 9989 section 4.7
"""

from collections.abc import Iterable, Iterator

from reputation.checks import Check
from reputation.checks.authentication._needs import value_of
from reputation.facts.domain import DmarcFacts, DomainFacts
from reputation.model import Area, Finding, Known, Observed, Remedy, Severity
from reputation.records.dmarc import DmarcPolicy
from reputation.records.dmarc_suggestion import with_tag
from reputation.text import say


def needs(facts: DomainFacts) -> Observed[DmarcFacts]:
    """The policy that applies."""
    return facts.dmarc


def judge(known: Known[DmarcFacts]) -> Iterable[Finding] | None:
    """Does not apply without a policy."""
    dmarc = value_of(known)
    return None if dmarc is None or dmarc.policy is None else _findings(dmarc.policy)


def _findings(policy: DmarcPolicy) -> Iterator[Finding]:
    if policy.record.testing:
        yield Finding(
            severity=Severity.INFORMATIONAL,
            message=say("The DMARC record says t=y, so receivers act one step more mildly than p= says."),
            evidence=(policy.record.text,),
            remedy=Remedy(
                say("When the reports show that your own mail passes, publish the record without t=y."),
                record=with_tag(policy.record.text, "t", "n"),
            ),
        )


CHECK = Check(
    id="dmarc-testing",
    area=Area.AUTHENTICATION,
    severity=Severity.INFORMATIONAL,
    passed=say("The DMARC policy is in force."),
    needs=needs,
    judge=judge,
)
