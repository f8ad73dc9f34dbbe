"""The SPF record is very long.

Why: An answer above 512 bytes does not fit into a simple DNS packet; some old servers and
 firewalls then lose it, and SPF fails there.
Bad: an SPF record of 700 characters
Good: v=spf1 include:_spf1.example.com include:_spf2.example.com ~all
Fix: Move a part of the record into includes of your own.
Source: RFC 7208 section 3.4
"""

from collections.abc import Iterable, Iterator

from reputation.checks import Check
from reputation.checks.authentication._needs import own_record, value_of
from reputation.facts.domain import DomainFacts
from reputation.model import Area, Finding, Known, Observed, Remedy, Severity
from reputation.records.spf import SpfRecord
from reputation.text import say

LONGEST = 450  # leaves room for the question and the head of the packet


def needs(facts: DomainFacts) -> Observed[SpfRecord]:
    """The domain's own record."""
    return own_record(facts)


def judge(known: Known[SpfRecord]) -> Iterable[Finding] | None:
    """Does not apply without a readable record."""
    record = value_of(known)
    return None if record is None else _findings(record)


def _findings(record: SpfRecord) -> Iterator[Finding]:
    if len(record.text) > LONGEST:
        yield Finding(
            severity=Severity.INFORMATIONAL,
            message=say(
                "The SPF record has {count} characters; above {most} the answer does not fit into a simple DNS packet.",
                count=len(record.text),
                most=LONGEST,
            ),
            evidence=(record.text[:LONGEST],),
            remedy=Remedy(say("Move a part of the record into an include of your own.")),
        )


CHECK = Check(
    id="spf-too-long",
    area=Area.AUTHENTICATION,
    severity=Severity.INFORMATIONAL,
    passed=say("The SPF record fits into a DNS packet."),
    needs=needs,
    judge=judge,
)
