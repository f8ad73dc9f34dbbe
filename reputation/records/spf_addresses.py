"""Sending addresses as an SPF tree names them: the sender's own, and those of services that many senders share."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network, IPv6Network
from typing import Final, NamedTuple, TypeAlias

from reputation.model import Found
from reputation.records.answer import Question
from reputation.records.dns_name import is_below, may_be_asked, normal
from reputation.records.spf import Mechanism
from reputation.records.spf_evaluate import MAX_NAMES, Answers
from reputation.records.spf_tree import SpfNode

Network: TypeAlias = "IPv4Network | IPv6Network"
SMALL_BLOCK: Final = 8  # a block of more addresses is a pool or a reserve, not a list of mail servers


class NamedAddress(NamedTuple):
    """An address that SPF names, and the domain of the record; `in_block`: the record names a block around it."""

    ip: str
    record: str
    in_block: bool


def named_addresses(root: SpfNode, answers: Answers) -> Iterator[NamedAddress]:
    """The addresses that the tree names, the root's own first, each once."""
    seen: set[str] = set()
    for node in root.walk():
        for mechanism in node.record.effective if node.record else ():
            in_block = mechanism.network is not None and mechanism.network.num_addresses > 1
            for address in _addresses(mechanism, node.domain, answers) if mechanism.qualifier == "+" else ():
                if address not in seen:
                    seen.add(address)
                    yield NamedAddress(address, node.domain, in_block)


def belongs_to(domain: str, record_domain: str) -> bool:
    """True when the record that names an address stands at the domain or below it: the address is the sender's own."""
    return is_below(record_domain, domain)


def _addresses(mechanism: Mechanism, domain: str, answers: Answers) -> list[str]:
    if mechanism.network is not None:
        network = mechanism.network
        return [str(address) for address in network] if network.num_addresses <= SMALL_BLOCK else []
    if mechanism.name not in ("a", "mx") or any(not isinstance(part, str) for part in mechanism.domain):
        return []
    target = normal("".join(str(part) for part in mechanism.domain) or domain)
    hosts = (target,) if mechanism.name == "a" else _exchanges(target, answers)
    return [address for host in hosts for rdtype in ("A", "AAAA") for address in _strings(host, rdtype, answers)]


def _exchanges(target: str, answers: Answers) -> tuple[str, ...]:
    found = answers.get(Question(target, "MX"))
    hosts = found.value.exchanges() if isinstance(found, Found) else ()
    return tuple(normal(exchange.host) for exchange in hosts[:MAX_NAMES] if may_be_asked(exchange.host))


def _strings(host: str, rdtype: str, answers: Answers) -> tuple[str, ...]:
    found = answers.get(Question(host, rdtype))
    return found.value.strings() if isinstance(found, Found) else ()
