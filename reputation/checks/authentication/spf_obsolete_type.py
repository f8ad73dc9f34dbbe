"""An SPF record of the retired type.

Why: The DNS type SPF was retired in 2014 and nobody reads it. A record there is easily
 kept out of step with the one that counts.
Bad: example.com SPF "v=spf1 mx -all"
Good: example.com TXT "v=spf1 mx -all"
Fix: Delete the record of type SPF and keep the TXT record.
Source: RFC 7208 section 3.1
"""

from collections.abc import Iterator

from reputation.checks import Check
from reputation.facts.domain import DomainFacts
from reputation.model import Area, Finding, Found, Known, Observed, Remedy, Severity
from reputation.text import say


def needs(facts: DomainFacts) -> Observed[tuple[str, ...]]:
    """The records of type SPF (99)."""
    return facts.obsolete_spf


def judge(known: Known[tuple[str, ...]]) -> Iterator[Finding]:
    """Any such record is superfluous."""
    if isinstance(known, Found):
        yield Finding(
            severity=Severity.INFORMATIONAL,
            message=say("There is a record of the retired DNS type SPF, which nobody reads any more."),
            evidence=known.value,
            remedy=Remedy(say("Delete it and keep the TXT record.")),
        )


CHECK = Check(
    id="spf-obsolete-type",
    area=Area.AUTHENTICATION,
    severity=Severity.INFORMATIONAL,
    passed=say("There is no record of the retired type SPF."),
    needs=needs,
    judge=judge,
)
