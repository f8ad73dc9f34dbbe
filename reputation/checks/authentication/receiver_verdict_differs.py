"""The receiver saw it otherwise.

Why: The topmost Authentication-Results is the word of the server that took the message. Where it differs from what we
 see now, the records changed since, or the message was changed after it was received.
Bad: Authentication-Results: mx.example.net; dkim=fail, while we find the signature valid
Good: both say pass
Fix: Compare the time of the message with the time of your last change in DNS.
Source: RFC 8601
"""

from collections.abc import Iterable, Iterator

from reputation.checks.authentication._needs import MessageCheck, value_of
from reputation.facts.message import MessageFacts
from reputation.model import Area, Finding, Found, Known, Observed, Remedy, Severity
from reputation.text import say


def needs(message: MessageFacts) -> Observed[MessageFacts]:
    """The receiver's results."""
    return Found(message)


def judge(known: Known[MessageFacts]) -> Iterable[Finding] | None:
    """Does not apply when the message carries none."""
    message = value_of(known)
    return None if message is None or not message.theirs else _findings(message)


def _findings(message: MessageFacts) -> Iterator[Finding]:
    ours = {one.domain: one.verdict for one in message.signatures if one.verdict in ("pass", "fail")}
    for theirs in message.theirs:
        mine = ours.get(theirs.about.rpartition("@")[2])
        if theirs.method == "dkim" and mine is not None and theirs.result in ("pass", "fail") and theirs.result != mine:
            yield Finding(
                severity=Severity.INFORMATIONAL,
                message=say(
                    "The receiver found dkim={theirs} for {domain}, we find {ours}.",
                    theirs=theirs.result,
                    domain=theirs.about,
                    ours=mine,
                ),
                evidence=tuple(f"{one.method}={one.result} {one.about}".strip() for one in message.theirs),
                remedy=Remedy(say("Compare the time of the message with the time of your last change in DNS.")),
            )


CHECK = MessageCheck(
    id="receiver-verdict-differs",
    area=Area.AUTHENTICATION,
    severity=Severity.INFORMATIONAL,
    passed=say("The receiver saw what we see."),
    needs=needs,
    judge=judge,
)
