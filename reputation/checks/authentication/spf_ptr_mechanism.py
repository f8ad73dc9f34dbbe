"""SPF uses ptr.

Why: The RFC says not to publish ptr: it is slow, it burdens the reverse zone, and some large receivers skip it, so that
 your server does not pass there.
Bad: v=spf1 ptr ~all
Good: v=spf1 ip4:203.0.113.5 ~all
Fix: Replace ptr by the addresses of your servers.
Source: RFC 7208 section 5.5
"""

from collections.abc import Iterable

from reputation.checks import Check
from reputation.checks.authentication._needs import own_record, value_of
from reputation.facts.domain import DomainFacts
from reputation.model import Area, Finding, Known, Observed, Remedy, Severity
from reputation.records.spf import SpfRecord
from reputation.text import say


def needs(facts: DomainFacts) -> Observed[SpfRecord]:
    """The domain's own record."""
    return own_record(facts)


def judge(known: Known[SpfRecord]) -> Iterable[Finding] | None:
    """Does not apply without a readable record."""
    record = value_of(known)
    return None if record is None else _findings(record)


def _findings(record: SpfRecord) -> Iterable[Finding]:
    if any(mechanism.name == "ptr" for mechanism in record.effective):
        yield Finding(
            severity=Severity.MINOR,
            message=say("The SPF record uses ptr, which some receivers skip; your server may not pass there."),
            evidence=(record.text,),
            remedy=Remedy(say("Replace ptr by ip4: and ip6: terms with the addresses of your servers.")),
        )


CHECK = Check(
    id="spf-ptr-mechanism",
    area=Area.AUTHENTICATION,
    severity=Severity.MINOR,
    passed=say("SPF does without ptr."),
    needs=needs,
    judge=judge,
)
