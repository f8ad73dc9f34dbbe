"""SPF needs more than ten look-ups.

Why: A receiver stops after ten DNS look-ups and calls the record a permanent error. Servers whose term comes after the
 tenth are then not recognised, and some receivers refuse the mail altogether.
Bad: v=spf1 include:a.example include:b.example ... (12 look-ups) ~all
Good: v=spf1 ip4:203.0.113.0/28 include:_spf.google.com ~all (4 look-ups)
Fix: Remove the services that no longer send for you; move a service to a subdomain of its own; replace a and mx by
 ip4 and ip6.
Source: RFC 7208 section 4.6.4
"""

from collections.abc import Iterable

from reputation.checks import Check
from reputation.checks.authentication._needs import value_of, whole_tree
from reputation.facts.domain import DomainFacts
from reputation.model import Area, Finding, Known, Observed, Remedy, Severity
from reputation.records.providers import provider_name
from reputation.records.spf_evaluate import MAX_LOOKUPS
from reputation.records.spf_tree import SpfNode
from reputation.text import say


def needs(facts: DomainFacts) -> Observed[SpfNode]:
    """The tree with its costs."""
    return whole_tree(facts)


def judge(known: Known[SpfNode]) -> Iterable[Finding] | None:
    """Counts every term, whether or not a given address would stop earlier."""
    root = value_of(known)
    return None if root is None else _findings(root)


def _findings(root: SpfNode) -> Iterable[Finding]:
    if root.costs > MAX_LOOKUPS:
        yield Finding(
            severity=Severity.MAJOR,
            message=say(
                "SPF needs {count} DNS look-ups; receivers stop after {most} and count SPF as failed.",
                count=root.costs,
                most=MAX_LOOKUPS,
            ),
            evidence=tuple(_cost(child) for child in root.children),
            remedy=Remedy(
                say("Remove what no longer sends for you, the most expensive first: {terms}.", terms=_dearest(root))
            ),
            details={"lookups": root.costs},
        )


def _cost(child: SpfNode) -> str:
    name = provider_name("spf", child.domain)
    return f"{child.term} = {child.costs + 1}" + (f" ({name})" if name else "")


def _dearest(root: SpfNode) -> tuple[str, ...]:
    return tuple(child.term for child in sorted(root.children, key=lambda child: -child.costs)[:3])


CHECK = Check(
    id="spf-too-many-lookups",
    area=Area.AUTHENTICATION,
    severity=Severity.MAJOR,
    passed=say("SPF stays within ten look-ups."),
    needs=needs,
    judge=judge,
)
