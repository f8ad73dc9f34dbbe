"""Neither SPF nor DKIM speaks for the From domain.

Why: DMARC asks that the domain people see passes SPF or DKIM itself. When only the mail service passes in its own name,
 DMARC fails: La Poste treats the mail as unauthenticated, and Gmail, Yahoo and Microsoft refuse bulk mail.
Bad: From: sales@example.com, signed by d=mailservice.example
Good: From: sales@example.com, signed by d=example.com
Fix: Set up your own domain for DKIM (and the bounce address) in the mail service.
Source: RFC 9989 section 4.4
"""

from collections.abc import Iterable, Iterator

from reputation.checks.authentication._needs import MessageCheck, value_of
from reputation.facts.message import MessageFacts
from reputation.model import Area, Cause, Finding, Found, Known, Observed, Remedy, Severity, Unknown
from reputation.text import say


def needs(message: MessageFacts) -> Observed[MessageFacts]:
    """Alignment; unknown as long as what decides it is."""
    if message.aligned == "unanswered":
        return Unknown(Cause.TIMEOUT, message.file)
    return Found(message)


def judge(known: Known[MessageFacts]) -> Iterable[Finding] | None:
    """Cannot be judged without a From, nor without the sending address when only SPF could save it."""
    message = value_of(known)
    if message is None or not message.sender or isinstance(message.aligned, str):
        return None
    return _findings(message)


def _findings(message: MessageFacts) -> Iterator[Finding]:
    if message.aligned is not True:
        signers = tuple(one.domain for one in message.signatures if one.domain)
        yield Finding(
            severity=Severity.MAJOR,
            message=say(
                "Neither SPF nor a valid DKIM signature speaks for {domain}, the domain of the From address.",
                domain=message.sender,
            ),
            evidence=(f"From {message.sender}", f"Return-Path {message.envelope}", *(f"d={name}" for name in signers)),
            remedy=Remedy(say("Set up your own domain for DKIM (and the bounce address) in the mail service.")),
        )


CHECK = MessageCheck(
    id="from-unaligned",
    area=Area.AUTHENTICATION,
    severity=Severity.MAJOR,
    passed=say("SPF or DKIM speaks for the From domain."),
    needs=needs,
    judge=judge,
)
