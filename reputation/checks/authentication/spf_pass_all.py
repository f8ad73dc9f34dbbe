"""SPF lets everybody send.

Why: With +all any machine in the world passes SPF in your name. Spammers look for such domains, and receivers treat the
 record as worthless; Gmail has a reply code of its own for suspicious SPF records (5.7.24).
Bad: v=spf1 mx +all
Good: v=spf1 mx ~all
Fix: End the record in ~all, and after a few weeks of DMARC reports in -all.
Source: RFC 7208 section 5.1; Gmail SMTP errors and codes (seen 2026-02-15)
"""

from collections.abc import Iterable

from reputation.checks import Check
from reputation.checks.authentication._needs import own_record, value_of
from reputation.facts.domain import DomainFacts
from reputation.model import Area, Finding, Known, Observed, Remedy, Severity
from reputation.records.spf import SpfRecord
from reputation.records.spf_suggestion import with_final
from reputation.text import say


def needs(facts: DomainFacts) -> Observed[SpfRecord]:
    """The domain's own record."""
    return own_record(facts)


def judge(known: Known[SpfRecord]) -> Iterable[Finding] | None:
    """Does not apply without a readable record."""
    record = value_of(known)
    return None if record is None else _findings(record)


def _findings(record: SpfRecord) -> Iterable[Finding]:
    if record.final is not None and record.final.qualifier == "+":
        yield Finding(
            severity=Severity.MAJOR,
            message=say("The SPF record ends in +all: it allows every machine in the world to send in your name."),
            evidence=(record.text,),
            remedy=Remedy(say("Publish the record with ~all at its end."), record=with_final(record, "~all")),
        )


CHECK = Check(
    id="spf-pass-all",
    area=Area.AUTHENTICATION,
    severity=Severity.MAJOR,
    passed=say("SPF does not let everybody send."),
    needs=needs,
    judge=judge,
)
