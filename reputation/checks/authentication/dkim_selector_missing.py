"""The named DKIM selector has no key.

Why: A signature names its selector; the receiver looks up the key there. Without one every signature fails.
Bad: DKIM-Signature: ... d=example.com; s=mail2024 (mail2024._domainkey.example.com does not exist)
Good: mail2024._domainkey.example.com TXT "v=DKIM1; k=rsa; p=MIIB..."
Fix: Publish the key under this selector, or sign with a selector that exists.
Source: RFC 6376 sections 3.6.2 and 6.1.2
"""

from collections.abc import Iterable, Iterator

from reputation.checks import Check
from reputation.facts.domain import DomainFacts, SelectorKey
from reputation.model import Absent, Area, Finding, Found, Known, Observed, Remedy, Severity, Unknown
from reputation.text import say

Named = tuple[tuple[str, Known[SelectorKey]], ...]


def needs(facts: DomainFacts) -> Observed[Named]:
    """The selectors that the user or a draft named; Absent when nobody named one."""
    named = [(selector, key) for selector, key in facts.selectors if selector in facts.named_selectors]
    unknown = next((key for _, key in named if isinstance(key, Unknown)), None)
    known = tuple((selector, key) for selector, key in named if not isinstance(key, Unknown))
    if unknown is not None and not any(isinstance(key, Absent) for _, key in known):
        return unknown
    return Found(known) if known else Absent()


def judge(known: Known[Named]) -> Iterable[Finding] | None:
    """Does not apply when nobody named a selector."""
    return _findings(known.value) if isinstance(known, Found) else None


def _findings(named: Named) -> Iterator[Finding]:
    for selector, key in named:
        if isinstance(key, Absent):
            yield Finding(
                severity=Severity.MAJOR,
                message=say(
                    "There is no DKIM key under the selector {selector}; signatures that name it fail.",
                    selector=selector,
                ),
                evidence=(key.source,),
                remedy=Remedy(say("Publish the key under this selector, or sign with one that exists.")),
            )


CHECK = Check(
    id="dkim-selector-missing",
    area=Area.AUTHENTICATION,
    severity=Severity.MAJOR,
    passed=say("The named DKIM selectors have keys."),
    needs=needs,
    judge=judge,
)
