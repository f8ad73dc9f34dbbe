"""Which services send for a domain, by the traces that they leave in DNS."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from reputation.facts.domain import DomainFacts
from reputation.model import Confidence, Found
from reputation.records.providers import Provider, providers, providers_by


@dataclass(frozen=True, slots=True)
class Service:
    """A service and what gave it away: "SPF", "MX", "DKIM", "PTR". Two kinds of traces make it certain."""

    name: str
    kind: str
    traces: tuple[str, ...]
    confidence: Confidence


def services_of(facts: DomainFacts) -> tuple[Service, ...]:
    """The services in the order of the data file."""
    traces: dict[str, dict[str, None]] = defaultdict(dict)
    for name, trace in _traces(facts):
        traces[name][trace] = None
    return tuple(_service(one, tuple(traces[one.name])) for one in providers() if one.name in traces)


def _service(provider: Provider, traces: tuple[str, ...]) -> Service:
    confidence = Confidence.HIGH if len(traces) > 1 else min(provider.confidence, Confidence.MEDIUM, key=_RANK.index)
    return Service(provider.name, provider.kind, traces, confidence)


_RANK = [Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH]


def _traces(facts: DomainFacts) -> Iterator[tuple[str, str]]:
    """(service, trace). A domain that fits several services is a trace of each."""
    if isinstance(facts.spf_tree, Found):
        for node in facts.spf_tree.value.walk():
            yield from ((one.name, "SPF") for one in providers_by("spf", node.domain) if node.term)
    if isinstance(facts.mx, Found):
        for exchange in facts.mx.value:
            yield from ((one.name, "MX") for one in providers_by("mx", exchange.host))
    if isinstance(facts.dkim, Found):
        yield from ((key.provider, "DKIM") for key in facts.dkim.value.keys if key.provider)
    for ip in facts.ips:
        for name in ip.reverse.value.confirmed if isinstance(ip.reverse, Found) else ():
            yield from ((one.name, "PTR") for one in providers_by("ptr", name))
