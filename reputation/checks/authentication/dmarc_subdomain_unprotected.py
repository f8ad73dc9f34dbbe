"""DMARC leaves the subdomains open.

Why: With sp=none a forger simply takes a subdomain, such as invoices.example.com, whether or not it exists.
Bad: v=DMARC1; p=reject; sp=none
Good: v=DMARC1; p=reject
Fix: Remove sp=none, or publish records of their own for the subdomains that are not ready.
Source: RFC 9989 section 4.7
"""

from collections.abc import Iterable, Iterator

from reputation.checks import Check
from reputation.checks.authentication._needs import value_of
from reputation.facts.domain import DmarcFacts, DomainFacts
from reputation.model import Area, Finding, Known, Observed, Remedy, Severity
from reputation.records.dmarc import DmarcPolicy, DmarcRecord
from reputation.records.dmarc_suggestion import with_tag
from reputation.text import say


def needs(facts: DomainFacts) -> Observed[DmarcFacts]:
    """The policy that applies."""
    return facts.dmarc


def judge(known: Known[DmarcFacts]) -> Iterable[Finding] | None:
    """Does not apply without a policy."""
    dmarc = value_of(known)
    return None if dmarc is None or dmarc.policy is None else _findings(dmarc.policy)


def _findings(policy: DmarcPolicy) -> Iterator[Finding]:
    record = policy.record
    if record.policy in ("quarantine", "reject") and "none" in (record.subdomain_policy, record.missing_policy):
        yield Finding(
            severity=Severity.INFORMATIONAL,
            message=say(
                "DMARC protects {domain} but not its subdomains (sp=none or np=none): a forger takes one of those.",
                domain=policy.published_at,
            ),
            evidence=(record.text,),
            remedy=Remedy(
                say("When no subdomain sends mail that fails, let them follow the same policy."),
                record=_closed(record),
            ),
        )


def _closed(record: DmarcRecord) -> str:
    text = with_tag(record.text, "sp", record.policy) if record.subdomain_policy == "none" else record.text
    return with_tag(text, "np", record.policy) if record.missing_policy == "none" else text


CHECK = Check(
    id="dmarc-subdomain-unprotected",
    area=Area.AUTHENTICATION,
    severity=Severity.INFORMATIONAL,
    passed=say("Subdomains follow a policy too."),
    needs=needs,
    judge=judge,
)
