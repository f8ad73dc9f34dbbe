"""What each part of the SPF record costs.

Why: Ten look-ups are all that SPF has. Knowing who spends them shows what to drop before the eleventh breaks the
 record.
Bad: 12 of 10 look-ups, 7 of them for one service
Good: 4 of 10 look-ups
Fix: Drop what no longer sends for you, the most expensive first.
Source: RFC 7208 section 4.6.4
"""

from collections.abc import Iterable, Iterator

from reputation.checks.authentication._needs import OverviewCheck, value_of, whole_tree
from reputation.facts.domain import DomainFacts
from reputation.model import Area, Finding, Found, Json, Known, Observed, Severity
from reputation.records.providers import provider_name
from reputation.records.spf_evaluate import MAX_LOOKUPS
from reputation.records.spf_tree import SpfNode
from reputation.text import say, verbatim


def needs(facts: DomainFacts) -> Observed[SpfNode]:
    """The tree with its costs."""
    return whole_tree(facts)


def judge(known: Known[SpfNode]) -> Iterable[Finding] | None:
    """Does not apply without a readable record."""
    root = value_of(known)
    return None if root is None else _findings(root)


def _findings(root: SpfNode) -> Iterator[Finding]:
    parts = tuple(verbatim(_part(child)) for child in root.children)
    spent = say("SPF spends {count} of {most} look-ups.", count=root.costs, most=MAX_LOOKUPS)
    by_part = say("SPF spends {count} of {most} look-ups: {parts}.", count=root.costs, most=MAX_LOOKUPS, parts=parts)
    yield Finding(
        severity=Severity.INFORMATIONAL,
        message=by_part if parts else spent,
        evidence=(root.record.text,) if root.record else (),
        details={"tree": _machine(root)},
    )


def _part(child: SpfNode) -> str:
    name = provider_name("spf", child.domain)
    return f"{child.term} {child.costs + 1}" + (f" ({name})" if name else "")


def _machine(node: SpfNode) -> dict[str, Json]:
    return {
        "domain": node.domain,
        "term": node.term,
        "lookups": node.costs + bool(node.term),
        "void_lookups": node.voids,
        "provider": provider_name("spf", node.domain) if node.term else "",
        "record": node.observed.value[0] if isinstance(node.observed, Found) and node.observed.value else "",
        "children": [_machine(child) for child in node.children],
    }


CHECK = OverviewCheck(
    id="spf-costs",
    area=Area.COMPLIANCE,
    severity=Severity.INFORMATIONAL,
    passed=say("There is no SPF record to count."),
    needs=needs,
    judge=judge,
)
