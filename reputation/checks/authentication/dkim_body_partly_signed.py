"""Only a part of the body is signed.

Why: With l= anybody can append text to the message, and the signature stays valid. Some receivers
 ignore such signatures.
Bad: DKIM-Signature: ... l=120; ...
Good: DKIM-Signature: ... (without l=)
Fix: Take l= out of the signing configuration.
Source: RFC 6376 section 8.2
"""

from collections.abc import Iterable, Iterator

from reputation.checks.authentication._needs import MessageCheck, value_of
from reputation.facts.message import MessageFacts
from reputation.model import Area, Finding, Found, Known, Observed, Remedy, Severity
from reputation.text import say


def needs(message: MessageFacts) -> Observed[MessageFacts]:
    """The signatures."""
    return Found(message)


def judge(known: Known[MessageFacts]) -> Iterable[Finding] | None:
    """Does not apply without a signature."""
    message = value_of(known)
    return None if message is None or not message.signatures else _findings(message)


def _findings(message: MessageFacts) -> Iterator[Finding]:
    for one in message.signatures:
        if one.body_length is not None:
            yield Finding(
                severity=Severity.MINOR,
                message=say(
                    "The signature of {domain} covers only the first {count} bytes of the body (l=).",
                    domain=one.domain,
                    count=one.body_length,
                ),
                evidence=(f"d={one.domain} l={one.body_length}",),
                remedy=Remedy(say("Take l= out of the signing configuration.")),
            )


CHECK = MessageCheck(
    id="dkim-body-partly-signed",
    area=Area.AUTHENTICATION,
    severity=Severity.MINOR,
    passed=say("The whole body is signed."),
    needs=needs,
    judge=judge,
)
