"""The SPF record has a permanent error.

Why: One faulty term makes the whole record useless: the result is a permanent error, which counts as no SPF at all, and
 some receivers refuse the mail for it. An include that points to a domain without a record does the same.
Bad: v=spf1 ip4:203.0.113.300 include:_spf.example.net ~all
Good: v=spf1 ip4:203.0.113.30 include:_spf.example.net ~all
Fix: Correct the term that is named, or remove it.
Source: RFC 7208 sections 2.6.7, 4.6 and 5.2
"""

from collections.abc import Iterable, Iterator

from reputation.checks import Check
from reputation.checks.authentication._needs import value_of, with_facts
from reputation.facts.domain import DomainFacts
from reputation.model import Absent, Area, Finding, Found, Known, Observed, Remedy, Severity
from reputation.records.spf_tree import SpfNode
from reputation.text import Text, say


def needs(facts: DomainFacts) -> Observed[DomainFacts]:
    """The whole tree, since an error below is as bad as one in the record itself."""
    own = isinstance(facts.spf_tree, Found) and facts.spf_tree.value.error
    return with_facts(facts, facts.spf if own else facts.spf_tree)


def judge(known: Known[DomainFacts]) -> Iterable[Finding] | None:
    """Does not apply without a record, nor with several (that is another check)."""
    facts = value_of(known)
    if facts is None or not isinstance(facts.spf, Found) or len(facts.spf.value) != 1:
        return None
    return _findings(facts)


def _findings(facts: DomainFacts) -> Iterator[Finding]:
    assert isinstance(facts.spf_tree, Found)
    for node in facts.spf_tree.value.walk():
        problem = _problem(node)
        if problem is not None:
            yield Finding(
                severity=Severity.MAJOR,
                message=problem,
                evidence=_evidence(node),
                remedy=Remedy(
                    say("Correct this term in the record of {domain}, or remove it.", domain=node.domain)
                    if node.error or not node.term
                    else say('Remove "{term}" from the record, or correct the domain in it.', term=node.term)
                ),
            )


def _problem(node: SpfNode) -> Text | None:
    if node.error is not None:
        return say(
            'The SPF record of {domain} has an error at character {column}, "{term}": {problem}. '
            "SPF fails because of it.",
            domain=node.domain,
            column=node.error.column,
            term=node.error.term,
            problem=node.error.problem,
        )
    if node.loops:
        return say(
            '"{term}" leads back to {domain}, so the SPF record never ends. SPF fails because of it.',
            term=node.term,
            domain=node.domain,
        )
    if node.term and isinstance(node.observed, Absent):
        return say(
            '"{term}" points to {domain}, which has no SPF record. SPF fails because of it.',
            term=node.term,
            domain=node.domain,
        )
    if node.term and isinstance(node.observed, Found) and len(node.observed.value) > 1:
        return say(
            '"{term}" points to {domain}, which has more than one SPF record. SPF fails because of it.',
            term=node.term,
            domain=node.domain,
        )
    return None


def _evidence(node: SpfNode) -> tuple[str, ...]:
    return node.observed.value if isinstance(node.observed, Found) else (f"TXT {node.domain}",)


CHECK = Check(
    id="spf-permerror",
    area=Area.AUTHENTICATION,
    severity=Severity.MAJOR,
    passed=say("The SPF record and everything that it includes can be read."),
    needs=needs,
    judge=judge,
)
