"""checkdmarc's reading of the same records, beside ours. Where both differ the report says so; nothing is resolved.

It is fed with the answers of this run (see fed_nameserver), never fetches over HTTP, and is not asked about what is
unknown: its own verdict on a time-out is "not valid", which would be wrong. Its `valid` is never read, only its
counts and its complaints about texts that we hold.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from reputation.facts.domain import Difference, DomainFacts
from reputation.log import log_of
from reputation.model import Absent, Found, Observed
from reputation.records.spf_evaluate import MAX_LOOKUPS, MAX_VOID_LOOKUPS
from reputation.records.spf_tree import SpfNode

log = log_of(__name__)
_PATIENCE = 2.0  # seconds; never used up, since the name server is in memory


def with_second_opinion(facts: DomainFacts) -> DomainFacts:
    """The facts with the differences. Never raises: a library that fails has no opinion."""
    try:
        return replace(facts, second_opinion=_differences(facts))
    except Exception:  # a stranger's parser on hostile text: whatever it throws must not cost the report
        log.debug("the second opinion failed", exc_info=True)
        return facts


def _differences(facts: DomainFacts) -> Observed[tuple[Difference, ...]]:
    spf = _spf(facts, facts.spf_tree.value) if isinstance(facts.spf_tree, Found) else None
    dmarc = _dmarc(facts) if isinstance(facts.dmarc, Found) else None
    if spf is None and dmarc is None:
        return Absent()
    return Found((*(spf or ()), *(dmarc or ())))


def _spf(facts: DomainFacts, root: SpfNode) -> tuple[Difference, ...] | None:
    """None when it could not form an opinion: no single record, or a question that this run did not ask."""
    import checkdmarc.spf
    import checkdmarc.utils

    from reputation.gather.fed_nameserver import FedNameserver

    if not isinstance(root.observed, Found) or len(root.observed.value) != 1:
        return None
    checkdmarc.utils.DNS_CACHE.clear()  # it would remember another run's answers
    server = FedNameserver(facts.answers)
    try:
        seen = checkdmarc.spf.parse_spf_record(
            root.observed.value[0], facts.domain, nameservers=[server], timeout=_PATIENCE, retries=0
        )
    except checkdmarc.spf.SPFError as error:
        return None if server.missed else _if_different("SPF", _spf_fault(root), "invalid", str(error))
    fault = _spf_fault(root)
    if fault:
        return _if_different("SPF", fault, "valid", "")
    counted = int(seen["dns_lookups"])
    return _if_different("SPF", f"{root.costs} look-ups", f"{counted} look-ups", "")


def _spf_fault(root: SpfNode) -> str:
    faulty = any(
        node.error or node.loops or (node.term and not (isinstance(node.observed, Found) and node.record))
        for node in root.walk()
    )
    return "invalid" if faulty or root.costs > MAX_LOOKUPS or root.voids > MAX_VOID_LOOKUPS else ""


def _dmarc(facts: DomainFacts) -> tuple[Difference, ...] | None:
    import checkdmarc.dmarc

    from reputation.gather.fed_nameserver import FedNameserver

    own = facts.dmarc.value.own if isinstance(facts.dmarc, Found) else None
    if own is None:
        return None
    ours = f"p={own.policy}" if own.policy else "invalid"
    try:
        seen: Any = checkdmarc.dmarc.parse_dmarc_record(
            own.text, facts.domain, nameservers=[FedNameserver(facts.answers)], timeout=_PATIENCE, retries=0
        )
    except checkdmarc.dmarc.DMARCError as error:
        return _if_different("DMARC", ours, "invalid", str(error))
    return _if_different("DMARC", ours, f"p={seen['tags']['p']['value']}", "")


def _if_different(record: str, ours: str, theirs: str, why: str) -> tuple[Difference, ...]:
    return () if ours == theirs else (Difference(record=record, ours=ours or "valid", theirs=theirs, why=why[:300]),)
