"""An SPF include that nobody seems to use.

Why: A service that no longer sends for you may still send in your name, and costs one of ten look-ups. This is a
 hint, not a proof: a service can send without leaving another trace in DNS.
Bad: include:sendgrid.net, but no DKIM key and no MX of SendGrid
Good: include:sendgrid.net beside the DKIM keys s1 and s2 of SendGrid
Fix: Ask your colleagues whether the service is still used; if not, remove its include.
Source: RFC 7208 section 10.1.2
"""

from collections.abc import Iterable, Iterator

from reputation.checks import Check
from reputation.checks.authentication._needs import value_of, with_facts
from reputation.facts.domain import DomainFacts
from reputation.model import Area, Confidence, Finding, Found, Known, Observed, Remedy, Severity
from reputation.records.providers import Provider, providers_by
from reputation.records.spf_suggestion import without_terms
from reputation.text import say


def needs(facts: DomainFacts) -> Observed[DomainFacts]:
    """The includes, beside the keys that show who signs."""
    return with_facts(facts, with_facts(facts, facts.spf_tree) if isinstance(facts.dkim, Found) else facts.dkim)


def judge(known: Known[DomainFacts]) -> Iterable[Finding] | None:
    """Does not apply unless some key was found: without one nothing can be compared."""
    facts = value_of(known)
    if facts is None or not isinstance(facts.spf_tree, Found) or not isinstance(facts.dkim, Found):
        return None
    return _findings(facts) if facts.dkim.value.keys and facts.spf_tree.value.record else None


def _findings(facts: DomainFacts) -> Iterator[Finding]:
    assert isinstance(facts.spf_tree, Found)
    root = facts.spf_tree.value
    for child in root.children:
        services = providers_by("spf", child.domain)
        if root.record and services and not any(_leaves_no_trace(one) or _is_seen(one, facts) for one in services):
            yield Finding(
                severity=Severity.INFORMATIONAL,
                confidence=Confidence.LOW,
                message=say(
                    '"{term}" lets {service} send for you, but no DKIM key and no MX shows that it still does.',
                    term=child.term,
                    service=services[0].name,
                ),
                evidence=(root.record.text,),
                remedy=Remedy(
                    say("If the service is no longer used, publish the record without it."),
                    record=without_terms(root.record, [child.term]),
                ),
            )


def _leaves_no_trace(service: Provider) -> bool:
    """Its keys have names that cannot be guessed."""
    return not service.selectors


def _is_seen(service: Provider, facts: DomainFacts) -> bool:
    keys = facts.dkim.value.keys if isinstance(facts.dkim, Found) else ()
    hosts = [exchange.host for exchange in facts.mx.value] if isinstance(facts.mx, Found) else []
    by_key = any(key.provider == service.name or key.selector in service.selectors for key in keys)
    return by_key or any(service in providers_by("mx", host) for host in hosts)


CHECK = Check(
    id="spf-include-unused",
    area=Area.AUTHENTICATION,
    severity=Severity.INFORMATIONAL,
    passed=say("Every service in SPF shows elsewhere in DNS too."),
    needs=needs,
    judge=judge,
)
