"""SPF ends in ?all.

Why: ?all says nothing about servers that are not named: a forger gets the same result as nobody at all, and the record
 protects nothing.
Bad: v=spf1 mx ?all
Good: v=spf1 mx ~all
Fix: End the record in ~all once all services that send for you are named.
Source: RFC 7208 sections 2.6.2 and 5.1
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
    if record.final is not None and record.final.qualifier == "?":
        yield Finding(
            severity=Severity.MINOR,
            message=say("The SPF record ends in ?all, so a forger's server is not told apart from yours."),
            evidence=(record.text,),
            remedy=Remedy(say("Publish the record with ~all at its end."), record=with_final(record, "~all")),
        )


CHECK = Check(
    id="spf-neutral-all",
    area=Area.AUTHENTICATION,
    severity=Severity.MINOR,
    passed=say("SPF does not end in ?all."),
    needs=needs,
    judge=judge,
)
