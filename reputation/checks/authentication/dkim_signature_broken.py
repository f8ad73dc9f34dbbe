"""No DKIM signature of the message is valid.

Why: A signature that does not verify counts as none. Usually a server changed the message after signing (a footer, a
 virus scanner), or the key in DNS is not the one that signed.
Bad: DKIM-Signature: ... bh=... (the body has another hash)
Good: a signature that verifies
Fix: Sign as the last step before sending, and compare the published key with the signing one.
Source: RFC 6376 section 6
"""

from collections.abc import Iterable, Iterator

from reputation.checks.authentication._needs import MessageCheck, value_of
from reputation.facts.message import MessageFacts
from reputation.model import Area, Cause, Finding, Found, Known, Observed, Remedy, Severity, Unknown
from reputation.text import say


def needs(message: MessageFacts) -> Observed[MessageFacts]:
    """The verdicts; unknown when no signature passes and a key was not answered."""
    silent = [one for one in message.signatures if one.verdict == "unknown"]
    if silent and message.dkim_passes is not True:
        return Unknown(silent[0].cause or Cause.TIMEOUT, f"TXT {silent[0].selector}._domainkey.{silent[0].domain}")
    return Found(message)


def judge(known: Known[MessageFacts]) -> Iterable[Finding] | None:
    """Does not apply without a signature."""
    message = value_of(known)
    return None if message is None or not message.signatures else _findings(message)


def _findings(message: MessageFacts) -> Iterator[Finding]:
    """One broken signature beside a valid one is worth a word, no more."""
    for one in message.signatures:
        if one.verdict == "fail" or one.expired:
            reason = say("it has expired") if one.expired else one.problem or say("it does not verify")
            yield Finding(
                severity=Severity.INFORMATIONAL if message.dkim_passes is True else Severity.MAJOR,
                message=say(
                    "The signature of {domain} is not valid: {reason}.", domain=one.domain or "?", reason=reason
                ),
                evidence=(f"d={one.domain} s={one.selector}",),
                remedy=Remedy(
                    say("Sign as the last step before sending, and compare the published key with the signing one.")
                ),
            )


CHECK = MessageCheck(
    id="dkim-signature-broken",
    area=Area.AUTHENTICATION,
    severity=Severity.MAJOR,
    passed=say("Every DKIM signature of the message is valid."),
    needs=needs,
    judge=judge,
)
