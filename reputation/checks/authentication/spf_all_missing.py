"""SPF has no ending.

Why: A record without all and without redirect= ends as neutral, as if it closed with ?all: servers that are not named
 are neither allowed nor refused.
Bad: v=spf1 ip4:203.0.113.5
Good: v=spf1 ip4:203.0.113.5 ~all
Fix: Add ~all at the end.
Source: RFC 7208 section 4.7
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
    if record.final is None and not record.redirect:
        yield Finding(
            severity=Severity.MINOR,
            message=say("The SPF record has no all at its end, so it says nothing about servers that are not named."),
            evidence=(record.text,),
            remedy=Remedy(say("Publish the record with ~all at its end."), record=with_final(record, "~all")),
        )


CHECK = Check(
    id="spf-all-missing",
    area=Area.AUTHENTICATION,
    severity=Severity.MINOR,
    passed=say("The SPF record has an ending."),
    needs=needs,
    judge=judge,
)
