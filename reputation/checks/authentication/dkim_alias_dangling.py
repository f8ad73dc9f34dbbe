"""A DKIM CNAME leads nowhere.

Why: Mail services have you publish a CNAME and keep the key themselves. When the account is closed or moved, the key
 vanishes and every signature fails.
Bad: s1._domainkey.example.com CNAME s1.domainkey.u1.wl1.sendgrid.net (which does not exist)
Good: the same CNAME, and a key at its target
Fix: Renew the domain verification at the mail service, or remove the CNAME if you left the service.
Source: RFC 6376 section 3.6.2
"""

from collections.abc import Iterable, Iterator

from reputation.checks import Check
from reputation.facts.domain import DanglingSelector, DomainFacts
from reputation.model import Area, Finding, Found, Known, Observed, Remedy, Severity
from reputation.text import say


def needs(facts: DomainFacts) -> Observed[tuple[DanglingSelector, ...]]:
    """Selectors whose CNAME is there, but no key behind it."""
    return facts.dangling


def judge(known: Known[tuple[DanglingSelector, ...]]) -> Iterable[Finding] | None:
    """A selector that somebody named is in use; another may be a left-over."""
    return _findings(known.value) if isinstance(known, Found) else None


def _findings(dangling: tuple[DanglingSelector, ...]) -> Iterator[Finding]:
    for one in dangling:
        yield Finding(
            severity=Severity.MAJOR if one.named else Severity.MINOR,
            message=say(
                "The DKIM selector {selector} is a CNAME to {target}, where no key stands; signatures with it fail.",
                selector=one.selector,
                target=one.target,
            ),
            evidence=(f"CNAME {one.target}", *((one.provider,) if one.provider else ())),
            remedy=Remedy(say("Verify the domain again at the mail service, or remove the CNAME if you left it.")),
        )


CHECK = Check(
    id="dkim-alias-dangling",
    area=Area.AUTHENTICATION,
    severity=Severity.MAJOR,
    passed=say("No DKIM CNAME leads nowhere."),
    needs=needs,
    judge=judge,
)
