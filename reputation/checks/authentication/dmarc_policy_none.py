"""DMARC only watches.

Why: p=none meets the demands of Google, Yahoo and Microsoft, but forged mail in your name is still delivered. It is the
 first step of a path, not its end.
Bad: v=DMARC1; p=none (for years)
Good: v=DMARC1; p=reject; rua=mailto:dmarc@example.com
Fix: Read the reports for a few weeks; when all of your own mail passes, publish p=quarantine, then p=reject.
Source: RFC 9989 section 4.7; Google, Email sender guidelines (seen 2026-03-21)
"""

from collections.abc import Iterable

from reputation.checks import Check
from reputation.checks.authentication._needs import value_of
from reputation.facts.domain import DmarcFacts, DomainFacts
from reputation.model import Area, Finding, Known, Observed, Remedy, Severity
from reputation.records.dmarc_suggestion import stricter
from reputation.text import say


def needs(facts: DomainFacts) -> Observed[DmarcFacts]:
    """The policy that applies to the domain's mail."""
    return facts.dmarc


def judge(known: Known[DmarcFacts]) -> Iterable[Finding] | None:
    """Does not apply without a policy."""
    dmarc = value_of(known)
    return None if dmarc is None or dmarc.policy is None else _findings(dmarc)


def _findings(dmarc: DmarcFacts) -> Iterable[Finding]:
    policy = dmarc.policy
    if policy is not None and policy.applied == "none" and policy.record.policy_given:
        yield Finding(
            severity=Severity.INFORMATIONAL,
            message=say(
                "DMARC of {domain} only watches (p=none): forged mail in your name is still delivered.",
                domain=policy.published_at,
            ),
            evidence=(policy.record.text,),
            remedy=Remedy(
                say("When the reports show that all of your own mail passes, publish the next step."),
                record=stricter(policy.record),
            ),
        )


CHECK = Check(
    id="dmarc-policy-none",
    area=Area.AUTHENTICATION,
    severity=Severity.INFORMATIONAL,
    passed=say("DMARC asks receivers to act on forged mail."),
    needs=needs,
    judge=judge,
)
