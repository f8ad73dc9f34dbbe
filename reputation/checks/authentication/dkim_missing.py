"""No DKIM key.

Why: DKIM signs the mail, so that it still counts after forwarding. Google and Yahoo want SPF or DKIM from every sender
 and both from bulk senders; Microsoft wants both.
Bad: _domainkey.example.com does not exist
Good: s1._domainkey.example.com TXT "v=DKIM1; k=rsa; p=MIIB..."
Fix: Switch on DKIM signing where you send (mail host or mail service), and publish the record that it shows you.
Source: RFC 6376 section 3.6; Google, Email sender guidelines (seen 2026-03-21)
"""

from collections.abc import Iterator

from reputation.checks import Check
from reputation.checks.authentication._needs import with_facts
from reputation.facts.domain import DomainFacts
from reputation.model import Absent, Area, Confidence, Finding, Found, Known, Observed, Remedy, Severity
from reputation.text import say


def needs(facts: DomainFacts) -> Observed[DomainFacts]:
    """DKIM's four answers: "cannot tell" is the unknown one."""
    return with_facts(facts, facts.dkim)


def judge(known: Known[DomainFacts]) -> Iterator[Finding]:
    """None at all is a fault; keys under a selector that nobody could name are not."""
    if not isinstance(known, Found):
        return
    dkim, domain = known.value.dkim, known.value.domain
    if isinstance(dkim, Absent):
        yield Finding(
            severity=Severity.MAJOR,
            confidence=Confidence.HIGH if dkim.nxdomain else Confidence.MEDIUM,
            message=say("{domain} has no DKIM key, so its mail cannot be signed.", domain=domain),
            evidence=(dkim.source,),
            remedy=Remedy(
                say(
                    "Switch on DKIM in your mail service and publish the record that it shows you; "
                    "if you know a selector, name it with --selector."
                )
            ),
        )
    elif isinstance(dkim, Found) and dkim.value.selector_unknown:
        yield Finding(
            severity=Severity.INFORMATIONAL,
            confidence=Confidence.MEDIUM,
            message=say("{domain} has DKIM keys, but under a selector that could not be guessed.", domain=domain),
            evidence=(dkim.source,),
            remedy=Remedy(
                say(
                    "Name the selector with --selector, or give a sent message with --draft; "
                    "it stands after s= in DKIM-Signature."
                )
            ),
        )


CHECK = Check(
    id="dkim-missing",
    area=Area.AUTHENTICATION,
    severity=Severity.MAJOR,
    passed=say("A DKIM key is published."),
    needs=needs,
    judge=judge,
)
