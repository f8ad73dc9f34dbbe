"""Who hosts the zone of a domain."""

from __future__ import annotations

from reputation.gather.lookup import Lookup
from reputation.model import Found
from reputation.records.answer import Question
from reputation.records.dns_hosts import DnsHost, host_of
from reputation.records.dns_name import parents


def zone_and_host(domain: str, lookup: Lookup) -> tuple[str, DnsHost | None]:
    """The closest name above the domain that has name servers, and who runs those. The domain itself when none answers.

    A top-level name is not asked: nobody edits it.
    """
    names = [name for name in parents(domain) if "." in name]
    answers = lookup.ask_many([Question(name, "NS") for name in names])
    for name, answer in zip(names, answers, strict=True):
        if isinstance(answer, Found):
            return name, host_of(answer.value.strings())
    return domain, None
