"""The ARC chain is broken.

Why: ARC lets a forwarder vouch for what it saw. A broken chain is ignored, and forwarded mail then stands on its own.
Bad: ARC-Seal: i=2; cv=fail
Good: ARC-Seal: i=2; cv=pass
Fix: Tell the forwarder; the sender can do nothing about it.
Source: RFC 8617 section 5.2
"""

from collections.abc import Iterable, Iterator

from reputation.checks.authentication._needs import MessageCheck, value_of
from reputation.facts.message import MessageFacts
from reputation.model import Area, Cause, Finding, Found, Known, Observed, Remedy, Severity, Unknown
from reputation.text import say


def needs(message: MessageFacts) -> Observed[MessageFacts]:
    """The chain; unknown when a key was not answered."""
    return Unknown(Cause.TIMEOUT, message.file) if message.chain == "unknown" else Found(message)


def judge(known: Known[MessageFacts]) -> Iterable[Finding] | None:
    """Does not apply without a chain."""
    message = value_of(known)
    return None if message is None or not message.chain else _findings(message)


def _findings(message: MessageFacts) -> Iterator[Finding]:
    if message.chain == "fail":
        yield Finding(
            severity=Severity.INFORMATIONAL,
            message=say("The ARC chain of the message does not verify; a forwarder broke it."),
            remedy=Remedy(say("Tell the forwarder; the sender can do nothing about it.")),
        )


CHECK = MessageCheck(
    id="arc-chain-broken",
    area=Area.AUTHENTICATION,
    severity=Severity.INFORMATIONAL,
    passed=say("The ARC chain verifies."),
    needs=needs,
    judge=judge,
)
