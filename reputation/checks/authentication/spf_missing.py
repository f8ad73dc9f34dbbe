"""No SPF record.

Why: SPF names the servers that may send for a domain. Google and Yahoo want SPF or DKIM from every sender and both from
 bulk senders; Microsoft wants both. QQ and NetEase check SPF and refuse with 550.
Bad: example.com TXT "some-verification=123"
Good: example.com TXT "v=spf1 include:_spf.google.com ~all"
Fix: Publish one TXT record at the domain that begins with v=spf1 and names every service that sends for you.
Source: RFC 7208 section 4.5; Google, Email sender guidelines (seen 2026-03-21)
"""

from collections.abc import Iterator

from reputation.checks import Check
from reputation.checks.authentication._needs import value_of, with_facts
from reputation.facts.domain import DomainFacts
from reputation.model import Absent, Area, Finding, Found, Known, Observed, Remedy, Severity
from reputation.records.spf_suggestion import first_record
from reputation.text import say


def needs(facts: DomainFacts) -> Observed[DomainFacts]:
    """The SPF records of the domain; the other facts only help to word the remedy."""
    return with_facts(facts, facts.spf)


def judge(known: Known[DomainFacts]) -> Iterator[Finding]:
    """Absent means that the name server said so; silence never comes here."""
    facts = value_of(known)
    if facts is None or not isinstance(facts.spf, Absent):
        return
    hosts = [exchange.host for exchange in facts.mx.value] if isinstance(facts.mx, Found) and not facts.null_mx else []
    record = first_record([ip.sending.ip for ip in facts.ips], hosts)
    remedy = say(
        "Publish this TXT record at {domain}, after adding every other service that sends for you.", domain=facts.domain
    )
    bare = say(
        "Publish a TXT record at {domain} that begins with v=spf1; ask the service that sends your mail for its text.",
        domain=facts.domain,
    )
    yield Finding(
        severity=Severity.MAJOR,
        message=say(
            "{domain} has no SPF record, so receivers cannot tell your servers from a forger's.", domain=facts.domain
        ),
        evidence=(facts.spf.source,),
        remedy=Remedy(remedy if record else bare, record=record),
    )


CHECK = Check(
    id="spf-missing",
    area=Area.AUTHENTICATION,
    severity=Severity.MAJOR,
    critical=True,
    passed=say("An SPF record is published."),
    needs=needs,
    judge=judge,
)
