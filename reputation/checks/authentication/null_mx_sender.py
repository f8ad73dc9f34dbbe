"""The sending domain declares that it takes no mail.

Why: An MX of "." says: this domain does no mail. Yahoo refuses mail from such a domain, since nobody could answer.
Bad: example.com MX 0 . while mail is sent as sales@example.com
Good: example.com MX 10 mx.example.com
Fix: Send from a domain that takes replies, or publish a real MX record.
Source: RFC 7505 section 4.1; Yahoo Sender Hub, SMTP error codes (seen 2026-02-15)
"""

from collections.abc import Iterable

from reputation.checks import Check
from reputation.checks.authentication._needs import value_of
from reputation.facts.domain import DomainFacts, is_null_mx
from reputation.model import Area, Finding, Known, Observed, Remedy, Severity
from reputation.records.answer import MailExchange
from reputation.text import say


def needs(facts: DomainFacts) -> Observed[tuple[MailExchange, ...]]:
    """The MX records."""
    return facts.mx


def judge(known: Known[tuple[MailExchange, ...]]) -> Iterable[Finding] | None:
    """Does not apply without MX records."""
    exchanges = value_of(known)
    return None if exchanges is None else _findings(exchanges)


def _findings(exchanges: tuple[MailExchange, ...]) -> Iterable[Finding]:
    if is_null_mx(exchanges):
        yield Finding(
            severity=Severity.MAJOR,
            message=say(
                'The domain publishes a null MX ("."): it says of itself that it does no mail, '
                "and Yahoo refuses mail from it."
            ),
            evidence=("MX 0 .",),
            remedy=Remedy(say("Send from a domain that takes replies, or publish a real MX record.")),
        )


CHECK = Check(
    id="null-mx-sender",
    area=Area.AUTHENTICATION,
    severity=Severity.MAJOR,
    passed=say("The domain does not refuse all mail."),
    needs=needs,
    judge=judge,
)
