"""More than one SPF record.

Why: A domain may have one SPF record. With two, every receiver ends with a permanent error and SPF counts as failed.
 It usually happens when a new service asks for its own record and somebody adds it beside the old one.
Bad: example.com TXT "v=spf1 mx ~all" and TXT "v=spf1 include:sendgrid.net ~all"
Good: example.com TXT "v=spf1 mx include:sendgrid.net ~all"
Fix: Merge the records into one and delete the others.
Source: RFC 7208 sections 3.2 and 4.5
"""

from collections.abc import Iterable

from reputation.checks import Check
from reputation.checks.authentication._needs import value_of
from reputation.facts.domain import DomainFacts
from reputation.model import Area, Finding, Known, Observed, Remedy, Severity
from reputation.records.spf import SpfSyntaxError, parse_spf
from reputation.records.spf_suggestion import merged
from reputation.text import say


def needs(facts: DomainFacts) -> Observed[tuple[str, ...]]:
    """The SPF records of the domain."""
    return facts.spf


def judge(known: Known[tuple[str, ...]]) -> Iterable[Finding] | None:
    """Does not apply without a record."""
    records = value_of(known)
    return None if records is None else _findings(records)


def _findings(records: tuple[str, ...]) -> Iterable[Finding]:
    if len(records) > 1:
        yield Finding(
            severity=Severity.MAJOR,
            message=say(
                "There are {count} SPF records; with more than one, SPF fails at every receiver.", count=len(records)
            ),
            evidence=records,
            remedy=Remedy(say("Put all services into one record and delete the others."), record=_merged(records)),
        )


def _merged(records: tuple[str, ...]) -> str:
    try:
        return merged([parse_spf(record) for record in records])
    except SpfSyntaxError:
        return ""


CHECK = Check(
    id="spf-several",
    area=Area.AUTHENTICATION,
    severity=Severity.MAJOR,
    passed=say("There is only one SPF record."),
    needs=needs,
    judge=judge,
)
