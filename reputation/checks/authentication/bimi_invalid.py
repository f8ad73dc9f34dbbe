"""The BIMI record cannot be used.

Why: BIMI shows your logo beside your mail at Gmail, Yahoo and iCloud. It needs DMARC at quarantine or reject, and
 at Gmail and iCloud a certificate for the logo (VMC or CMC).
Bad: default._bimi.example.com TXT "v=BIMI1; l=http://example.com/logo.svg"
Good: default._bimi.example.com TXT "v=BIMI1; l=https://example.com/logo.svg; a=https://example.com/vmc.pem"
Fix: Correct the record; both addresses begin with https://.
Source: draft-brand-indicators-for-message-identification (seen 2026-11)
"""

from collections.abc import Iterable, Iterator

from reputation.checks.authentication._needs import PracticeCheck
from reputation.facts.practice import BimiFacts, PracticeFacts
from reputation.model import Area, Finding, Found, Known, Observed, Remedy, Severity, Unknown
from reputation.records.bimi import parse_bimi
from reputation.text import Text, say


def needs(facts: PracticeFacts) -> Observed[BimiFacts]:
    """The records of the default selector; unknown when the logo could not be fetched."""
    if isinstance(facts.bimi, Found) and isinstance(facts.bimi.value.logo, Unknown):
        return facts.bimi.value.logo
    return facts.bimi


def judge(known: Known[BimiFacts]) -> Iterable[Finding] | None:
    """Does not apply without a record: nobody needs a logo."""
    return _findings(known.value) if isinstance(known, Found) else None


def _findings(bimi: BimiFacts) -> Iterator[Finding]:
    records = bimi.records
    if len(records) > 1:
        yield _finding(say("There is more than one BIMI record, so all of them are ignored."), records)
        return
    record = parse_bimi(records[0])
    if record.problem is not None:
        yield _finding(say("The BIMI record cannot be used: {problem}.", problem=record.problem), records)
    elif record.logo and not record.evidence:
        yield _finding(say("The BIMI record names no certificate (a=); Gmail and iCloud then show no logo."), records)
    if isinstance(bimi.logo, Found) and bimi.logo.value:
        problems = say("The BIMI logo will not be shown: {problems}.", problems=bimi.logo.value)
        yield _finding(problems, (record.logo,))


def _finding(problem: Text, records: tuple[str, ...]) -> Finding:
    remedy = Remedy(say("Correct the record; the logo and its certificate (VMC or CMC) are named by https addresses."))
    return Finding(severity=Severity.INFORMATIONAL, message=problem, evidence=records, remedy=remedy)


CHECK = PracticeCheck(
    id="bimi-invalid",
    area=Area.AUTHENTICATION,
    severity=Severity.INFORMATIONAL,
    passed=say("The BIMI record is complete."),
    needs=needs,
    judge=judge,
)
