"""Nobody takes the DMARC reports.

Why: Reports to another domain are only sent when that domain agrees in DNS. Without its consent they
 are lost without a word.
Bad: rua=mailto:x@reports.example.net, and example.com._report._dmarc.reports.example.net does not exist
Good: example.com._report._dmarc.reports.example.net TXT "v=DMARC1"
Fix: Ask the service that takes the reports to publish its consent, or name a mailbox of your own domain.
Source: RFC 9990 section 4
"""

from collections.abc import Iterable, Iterator

from reputation.checks import Check
from reputation.checks.authentication._needs import value_of
from reputation.facts.domain import DmarcFacts, DomainFacts
from reputation.model import Absent, Area, Finding, Found, Known, Observed, Remedy, Severity, Unknown
from reputation.text import say


def needs(facts: DomainFacts) -> Observed[DmarcFacts]:
    """The foreign destinations of reports; unknown when the only ones in doubt did not answer."""
    if isinstance(facts.dmarc, Found):
        answers = [consent for _, consent in facts.dmarc.value.destinations]
        unknown = next((consent for consent in answers if isinstance(consent, Unknown)), None)
        if unknown is not None and not any(isinstance(consent, Absent) for consent in answers):
            return unknown
    return facts.dmarc


def judge(known: Known[DmarcFacts]) -> Iterable[Finding] | None:
    """Does not apply when all reports stay in the house."""
    dmarc = value_of(known)
    return None if dmarc is None or not dmarc.destinations else _findings(dmarc)


def _findings(dmarc: DmarcFacts) -> Iterator[Finding]:
    for name, consent in dmarc.destinations:
        if isinstance(consent, Absent):
            yield Finding(
                severity=Severity.INFORMATIONAL,
                message=say(
                    "{name} does not say that it takes DMARC reports for you, so none are sent there.", name=name
                ),
                evidence=(consent.source,),
                remedy=Remedy(say("Ask that service to publish its consent, or name a mailbox of your own domain.")),
            )


CHECK = Check(
    id="dmarc-report-refused",
    area=Area.AUTHENTICATION,
    severity=Severity.INFORMATIONAL,
    passed=say("Those who are to receive DMARC reports agree."),
    needs=needs,
    judge=judge,
)
