"""Important headers are not signed.

Why: What the signature does not cover can be changed on the way. RFC 8058 wants both headers of one-click unsubscribe
 inside the signature, otherwise Gmail and Yahoo do not offer the button.
Bad: h=From:To:Date, while the message has List-Unsubscribe
Good: h=From:To:Subject:Date:List-Unsubscribe:List-Unsubscribe-Post
Fix: Have the mail service sign these headers too.
Source: RFC 6376 section 5.4; RFC 8058 section 4
"""

from collections.abc import Iterable, Iterator

from reputation.checks.authentication._needs import MessageCheck, value_of
from reputation.facts.message import MessageFacts, Signature
from reputation.model import Area, Finding, Found, Known, Observed, Remedy, Severity
from reputation.text import say


def needs(message: MessageFacts) -> Observed[MessageFacts]:
    """The signed header names."""
    return Found(message)


def judge(known: Known[MessageFacts]) -> Iterable[Finding] | None:
    """Does not apply without a readable signature: one that covers everything is enough."""
    message = value_of(known)
    signatures = [one for one in message.signatures if one.covered] if message else []
    return None if message is None or not signatures else _findings(message)


def _findings(message: MessageFacts) -> Iterator[Finding]:
    present = [name for name in _WANTED if name in message.headers]
    left_out = min((_left_out(one, present) for one in message.signatures if one.covered), key=len)
    if left_out:
        yield Finding(
            severity=Severity.MINOR,
            message=say("No DKIM signature covers these headers: {names}.", names=left_out),
            evidence=tuple(f"d={one.domain} h={':'.join(one.covered)}" for one in message.signatures[:2]),
            remedy=Remedy(say("Have the mail service sign these headers too.")),
        )


def _left_out(one: Signature, present: list[str]) -> tuple[str, ...]:
    return tuple(name for name in present if name not in one.covered)


_WANTED = ("from", "subject", "list-unsubscribe", "list-unsubscribe-post")


CHECK = MessageCheck(
    id="dkim-header-unsigned",
    area=Area.AUTHENTICATION,
    severity=Severity.MINOR,
    passed=say("The important headers are signed."),
    needs=needs,
    judge=judge,
)
