"""A DKIM key is revoked.

Why: An empty p= says that the key is withdrawn: every signature with this selector fails. That is right for an old
 selector and wrong for the one in use.
Bad: s1._domainkey.example.com TXT "v=DKIM1; p=" while mail is signed with s=s1
Good: s2._domainkey.example.com TXT "v=DKIM1; k=rsa; p=MIIB..." and mail is signed with s=s2
Fix: Sign with a selector whose key is not empty.
Source: RFC 6376 section 3.6.1
"""

from collections.abc import Iterable, Iterator

from reputation.checks import Check
from reputation.checks.authentication._needs import value_of
from reputation.facts.domain import DkimFacts, DomainFacts, SelectorOrigin
from reputation.model import Area, Finding, Known, Observed, Remedy, Severity
from reputation.text import say


def needs(facts: DomainFacts) -> Observed[DkimFacts]:
    """The keys that were found."""
    return facts.dkim


def judge(known: Known[DkimFacts]) -> Iterable[Finding] | None:
    """Does not apply without a key."""
    dkim = value_of(known)
    return None if dkim is None or not dkim.keys else _findings(dkim)


def _findings(dkim: DkimFacts) -> Iterator[Finding]:
    """A guessed selector may be an old one, and then its revocation is as it should be."""
    only_revoked = all(found.key is not None and found.key.revoked for found in dkim.keys)
    for found in dkim.keys:
        if found.key is not None and found.key.revoked:
            in_use = found.origin is not SelectorOrigin.GUESS or only_revoked
            yield Finding(
                severity=Severity.MAJOR if in_use else Severity.INFORMATIONAL,
                message=say(
                    "The DKIM key of selector {selector} is withdrawn (empty p=); signatures with it fail.",
                    selector=found.selector,
                ),
                evidence=found.records,
                remedy=Remedy(say("Sign with a selector whose key is published in full.")),
            )


CHECK = Check(
    id="dkim-key-revoked",
    area=Area.AUTHENTICATION,
    severity=Severity.MAJOR,
    passed=say("No DKIM key is withdrawn."),
    needs=needs,
    judge=judge,
)
