"""A tag of the DMARC record means nothing.

Why: A misspelt value makes its tag count as absent: reports are not sent, or alignment is not as strict as was meant.
Bad: v=DMARC1; p=reject; rua=dmarc@example.com
Good: v=DMARC1; p=reject; rua=mailto:dmarc@example.com
Fix: Correct the value; addresses of reports begin with mailto:
Source: RFC 9989 sections 4.7 and 4.8
"""

from collections.abc import Iterable, Iterator

from reputation.checks import Check
from reputation.checks.authentication._needs import value_of
from reputation.facts.domain import DmarcFacts, DomainFacts
from reputation.model import Area, Finding, Known, Observed, Remedy, Severity
from reputation.records.dmarc import DmarcPolicy
from reputation.text import say


def needs(facts: DomainFacts) -> Observed[DmarcFacts]:
    """The policy that applies."""
    return facts.dmarc


def judge(known: Known[DmarcFacts]) -> Iterable[Finding] | None:
    """Does not apply without a policy."""
    dmarc = value_of(known)
    return None if dmarc is None or dmarc.policy is None else _findings(dmarc.policy)


def _findings(policy: DmarcPolicy) -> Iterator[Finding]:
    for tag, value in policy.record.faults:
        if tag not in ("p", "sp", "np"):
            yield Finding(
                severity=Severity.MINOR,
                message=say('"{fault}" in the DMARC record means nothing and is ignored.', fault=_shown(tag, value)),
                evidence=(policy.record.text,),
                remedy=Remedy(say("Correct the value; addresses of reports begin with mailto:")),
            )
    if policy.record.unknown:
        yield Finding(
            severity=Severity.INFORMATIONAL,
            message=say("The DMARC record has tags that no standard knows: {tags}.", tags=policy.record.unknown),
            evidence=(policy.record.text,),
            remedy=Remedy(say("Check the spelling; receivers ignore what they do not know.")),
        )


def _shown(tag: str, value: str) -> str:
    return f"{tag}={value}" if value else tag


CHECK = Check(
    id="dmarc-faulty-tag",
    area=Area.AUTHENTICATION,
    severity=Severity.MINOR,
    passed=say("Every tag of the DMARC record means something."),
    needs=needs,
    judge=judge,
)
