"""What DMARC alignment means for one sender, in one sentence."""

from __future__ import annotations

from reputation.facts.domain import DomainFacts
from reputation.model import Found
from reputation.text import Text, say


def alignment_notes(facts: DomainFacts) -> tuple[Text, ...]:
    """The rule for this domain (RFC 9989 section 4.4); nothing without a policy."""
    policy = facts.dmarc.value.policy if isinstance(facts.dmarc, Found) else None
    if policy is None:
        return ()
    spf, dkim = policy.record.strict_spf, policy.record.strict_dkim
    names = {"domain": facts.domain, "house": policy.organizational_domain}
    if not spf and not dkim:
        return (say("Mail from {domain} passes DMARC when SPF or DKIM passes for any name within {house}.", **names),)
    if spf and dkim:
        return (
            say(
                "Mail from {domain} passes DMARC only when SPF or DKIM passes for {domain} exactly.",
                domain=facts.domain,
            ),
        )
    if dkim:
        return (
            say(
                "Mail from {domain} passes DMARC when SPF passes for any name within {house}, "
                "or DKIM for {domain} exactly.",
                **names,
            ),
        )
    return (
        say(
            "Mail from {domain} passes DMARC when DKIM passes for any name within {house}, "
            "or SPF for {domain} exactly.",
            **names,
        ),
    )
