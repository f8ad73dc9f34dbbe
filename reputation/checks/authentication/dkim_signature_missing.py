"""The message is not signed.

Why: Without a DKIM signature the message depends on SPF alone, which breaks when it is forwarded. Google, Yahoo and
 Microsoft want a passing signature from bulk senders.
Bad: a message without a DKIM-Signature header
Good: a message with DKIM-Signature: v=1; d=example.com; s=s1; ...
Fix: Switch on DKIM in the service that sends the mail.
Source: RFC 6376; Google, Email sender guidelines (seen 2026-03-21)
"""

from collections.abc import Iterator

from reputation.checks.authentication._needs import MessageCheck, value_of
from reputation.facts.message import MessageFacts
from reputation.model import Area, Finding, Found, Known, Observed, Remedy, Severity
from reputation.text import say


def needs(message: MessageFacts) -> Observed[MessageFacts]:
    """The signatures."""
    return Found(message)


def judge(known: Known[MessageFacts]) -> Iterator[Finding]:
    """One signature of anybody is enough here; whose it is, is another check."""
    message = value_of(known)
    if message is not None and not message.signatures:
        yield Finding(
            severity=Severity.MAJOR,
            message=say("The message carries no DKIM signature."),
            remedy=Remedy(say("Switch on DKIM in the service that sends the mail.")),
        )


CHECK = MessageCheck(
    id="dkim-signature-missing",
    area=Area.AUTHENTICATION,
    severity=Severity.MAJOR,
    passed=say("The message is signed."),
    needs=needs,
    judge=judge,
)
