"""The sending address is not authorised by SPF.

Why: Mail from an address that the record does not name fails SPF. Gmail, Yahoo and Microsoft ask bulk senders to pass;
 QQ, NetEase and Alibaba refuse with 550 or 554.
Bad: 198.51.100.7 sends, the record is v=spf1 ip4:203.0.113.5 -all
Good: 203.0.113.5 sends, the record is v=spf1 ip4:203.0.113.5 -all
Fix: Add the address, or the include of the service that it belongs to, to the record.
Source: RFC 7208 section 4; Google, Email sender guidelines (seen 2026-03-21)
"""

from collections.abc import Iterable

from reputation.checks.authentication._needs import AddressCheck, value_of, with_facts
from reputation.facts.domain import DomainFacts, IpFacts
from reputation.model import Absent, Area, Finding, Found, Known, Observed, Remedy, Severity
from reputation.records.providers import providers_by
from reputation.records.spf import SpfSyntaxError, parse_spf
from reputation.records.spf_evaluate import SpfOutcome, SpfResult
from reputation.records.spf_suggestion import with_address, with_service
from reputation.text import Text, say


def needs(facts: DomainFacts) -> Observed[DomainFacts]:
    """What SPF says of the address that sends."""
    return with_facts(facts, facts.sender.spf) if facts.sender else Absent()


def judge(known: Known[DomainFacts]) -> Iterable[Finding] | None:
    """Does not apply without an address that somebody named, nor without a record (that is another check)."""
    facts = value_of(known)
    sender = facts.sender if facts else None
    if facts is None or sender is None or not isinstance(sender.spf, Found):
        return None
    if sender.spf.value.result is SpfResult.NONE:
        return None
    return _findings(facts, sender, sender.spf.value)


def _findings(facts: DomainFacts, sender: IpFacts, outcome: SpfOutcome) -> Iterable[Finding]:
    if outcome.result is not SpfResult.PASS:
        yield Finding(
            severity=Severity.MAJOR,
            message=_message(sender, outcome),
            evidence=tuple(
                filter(
                    None, (f"{outcome.matched_in}: {outcome.matched}" if outcome.matched else "", outcome.explanation)
                )
            ),
            remedy=Remedy(
                say(
                    "Add the address to the record of {domain}, or send through a server that it names.",
                    domain=sender.spf_domain,
                ),
                record=_corrected(facts, sender),
            ),
        )


def _message(sender: IpFacts, outcome: SpfOutcome) -> Text:
    if outcome.problem is not None:
        return say(
            "SPF of {domain} cannot be used for {ip}: {problem}.",
            domain=sender.spf_domain,
            ip=sender.sending.ip,
            problem=outcome.problem,
        )
    return say(
        "{ip} may not send for {domain}: SPF says {result}.",
        ip=sender.sending.ip,
        domain=sender.spf_domain,
        result=outcome.result.value,
    )


def _corrected(facts: DomainFacts, sender: IpFacts) -> str:
    """The record with the address added, when the evaluated record is the one of this domain."""
    if sender.spf_domain != facts.domain or not isinstance(facts.spf, Found) or len(facts.spf.value) != 1:
        return ""
    try:
        record = parse_spf(facts.spf.value[0])
    except SpfSyntaxError:
        return ""
    service = _service(sender)
    return with_service(record, service) if service else with_address(record, sender.sending.ip)


def _service(sender: IpFacts) -> str:
    """The include of the service whose host name the address bears: one address of its pool would not do."""
    names = sender.reverse.value.confirmed if isinstance(sender.reverse, Found) else ()
    return next((one.spf[0] for name in names for one in providers_by("ptr", name) if one.spf), "")


CHECK = AddressCheck(
    id="spf-ip-not-authorized",
    area=Area.AUTHENTICATION,
    severity=Severity.MAJOR,
    passed=say("SPF authorises the sending address."),
    needs=needs,
    judge=judge,
)
