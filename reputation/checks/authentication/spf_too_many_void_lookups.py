"""SPF asks for more than two names that do not exist.

Why: Terms that point to names without an answer are left-overs. After the second one receivers may stop and call the
 record a permanent error.
Bad: v=spf1 a:old1.example.com a:old2.example.com a:old3.example.com ~all (none of them exists)
Good: v=spf1 a:mail.example.com ~all
Fix: Remove the terms whose names no longer exist.
Source: RFC 7208 section 4.6.4
"""

from collections.abc import Iterable

from reputation.checks import Check
from reputation.checks.authentication._needs import value_of, whole_tree
from reputation.facts.domain import DomainFacts
from reputation.model import Area, Finding, Known, Observed, Remedy, Severity
from reputation.records.spf_evaluate import MAX_VOID_LOOKUPS
from reputation.records.spf_tree import SpfNode
from reputation.text import say


def needs(facts: DomainFacts) -> Observed[SpfNode]:
    """The tree with its void look-ups."""
    return whole_tree(facts)


def judge(known: Known[SpfNode]) -> Iterable[Finding] | None:
    """Counts the terms that were answered with nothing."""
    root = value_of(known)
    return None if root is None else _findings(root)


def _findings(root: SpfNode) -> Iterable[Finding]:
    if root.voids > MAX_VOID_LOOKUPS:
        yield Finding(
            severity=Severity.MAJOR,
            message=say(
                "{count} terms of the SPF record point to names that do not exist; more than {most} make SPF fail.",
                count=root.voids,
                most=MAX_VOID_LOOKUPS,
            ),
            evidence=(root.record.text,) if root.record else (),
            remedy=Remedy(say("Remove the terms whose names no longer exist.")),
            details={"void_lookups": root.voids},
        )


CHECK = Check(
    id="spf-too-many-void-lookups",
    area=Area.AUTHENTICATION,
    severity=Severity.MAJOR,
    passed=say("SPF points to names that exist."),
    needs=needs,
    judge=judge,
)
