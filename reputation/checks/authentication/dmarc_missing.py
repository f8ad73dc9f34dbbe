"""No DMARC record.

Why: DMARC says what to do with mail that forges your domain, and ties SPF and DKIM to the address people see. Google,
 Yahoo and Microsoft ask bulk senders for at least p=none; iCloud asks every sender for a policy.
Bad: _dmarc.example.com (nothing)
Good: _dmarc.example.com TXT "v=DMARC1; p=none; rua=mailto:dmarc@example.com"
Fix: Publish a record with p=none and an address for reports, read the reports, then go on to quarantine and reject.
Source: RFC 9989 section 4; Google, Email sender guidelines (seen 2026-03-21)
"""

from collections.abc import Iterator

from reputation.checks import Check
from reputation.checks.authentication._needs import with_facts
from reputation.facts.domain import DomainFacts
from reputation.model import Absent, Area, Finding, Found, Known, Observed, Remedy, Severity
from reputation.records.dmarc_suggestion import first_policy
from reputation.text import say


def needs(facts: DomainFacts) -> Observed[DomainFacts]:
    """The policy of the domain, its own or an inherited one."""
    return with_facts(facts, facts.dmarc)


def judge(known: Known[DomainFacts]) -> Iterator[Finding]:
    """Absent: no name of the tree walk has a record."""
    if isinstance(known, Found) and isinstance(known.value.dmarc, Absent):
        domain = known.value.domain
        yield Finding(
            severity=Severity.MAJOR,
            message=say(
                "{domain} has no DMARC record; Gmail, Yahoo and Microsoft ask bulk senders for one.", domain=domain
            ),
            evidence=(known.value.dmarc.source,),
            remedy=Remedy(
                say(
                    "Publish this TXT record at {name}; the mailbox in it must exist and receives the reports.",
                    name=f"_dmarc.{domain}",
                ),
                record=first_policy(domain),
            ),
        )


CHECK = Check(
    id="dmarc-missing",
    area=Area.AUTHENTICATION,
    severity=Severity.MAJOR,
    critical=True,
    passed=say("A DMARC record is published."),
    needs=needs,
    judge=judge,
)
