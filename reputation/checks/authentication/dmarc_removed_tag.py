"""DMARC uses tags that no longer exist.

Why: RFC 9989 dropped pct, rf and ri. Receivers ignore them: a policy that was meant for ten percent of the mail now
 holds for all of it.
Bad: v=DMARC1; p=quarantine; pct=10
Good: v=DMARC1; p=quarantine; t=y
Fix: Remove the old tags; to try a policy without its effect use t=y.
Source: RFC 9989 section 4.7 and appendix C
"""

from collections.abc import Iterable, Iterator

from reputation.checks import Check
from reputation.checks.authentication._needs import value_of
from reputation.facts.domain import DmarcFacts, DomainFacts
from reputation.model import Area, Finding, Known, Observed, Remedy, Severity
from reputation.records.dmarc import DmarcPolicy
from reputation.records.dmarc_suggestion import without_removed_tags
from reputation.text import say


def needs(facts: DomainFacts) -> Observed[DmarcFacts]:
    """The policy that applies."""
    return facts.dmarc


def judge(known: Known[DmarcFacts]) -> Iterable[Finding] | None:
    """Does not apply without a policy."""
    dmarc = value_of(known)
    return None if dmarc is None or dmarc.policy is None else _findings(dmarc.policy)


def _findings(policy: DmarcPolicy) -> Iterator[Finding]:
    if policy.record.removed:
        yield Finding(
            severity=Severity.INFORMATIONAL,
            message=say(
                "The DMARC record uses tags that no longer exist: {tags}. Receivers ignore them.",
                tags=policy.record.removed,
            ),
            evidence=(policy.record.text,),
            remedy=Remedy(
                say("Publish the record without them; to try a policy without its effect use t=y."),
                record=without_removed_tags(policy.record.text),
            ),
        )


CHECK = Check(
    id="dmarc-removed-tag",
    area=Area.AUTHENTICATION,
    severity=Severity.INFORMATIONAL,
    passed=say("The DMARC record uses no tag that was dropped."),
    needs=needs,
    judge=judge,
)
