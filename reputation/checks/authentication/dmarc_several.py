"""More than one DMARC record.

Why: With two records at one name receivers ignore both, as if there were no DMARC at all.
Bad: _dmarc.example.com TXT "v=DMARC1; p=none" and TXT "v=DMARC1; p=reject"
Good: _dmarc.example.com TXT "v=DMARC1; p=reject; rua=mailto:dmarc@example.com"
Fix: Keep one record and delete the others.
Source: RFC 9989 section 4.10
"""

from collections.abc import Iterable

from reputation.checks import Check
from reputation.checks.authentication._needs import value_of
from reputation.facts.domain import DmarcFacts, DomainFacts
from reputation.model import Area, Finding, Known, Observed, Remedy, Severity
from reputation.text import say


def needs(facts: DomainFacts) -> Observed[DmarcFacts]:
    """The records at the domain's own _dmarc name."""
    return facts.dmarc


def judge(known: Known[DmarcFacts]) -> Iterable[Finding] | None:
    """Does not apply without any record."""
    dmarc = value_of(known)
    return None if dmarc is None else _findings(dmarc)


def _findings(dmarc: DmarcFacts) -> Iterable[Finding]:
    if len(dmarc.published) > 1:
        yield Finding(
            severity=Severity.MAJOR,
            message=say(
                "There are {count} DMARC records; receivers then ignore all of them.", count=len(dmarc.published)
            ),
            evidence=dmarc.published,
            remedy=Remedy(say("Keep the one that you want and delete the others."), record=dmarc.published[0]),
        )


CHECK = Check(
    id="dmarc-several",
    area=Area.AUTHENTICATION,
    severity=Severity.MAJOR,
    passed=say("There is only one DMARC record."),
    needs=needs,
    judge=judge,
)
