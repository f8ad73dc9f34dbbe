"""The _dmarc names of a domain's tree walk, all asked at once, and what their answers amount to."""

from __future__ import annotations

from reputation.facts.domain import DmarcFacts
from reputation.gather.answers import answer_to
from reputation.model import Absent, Found, Observed
from reputation.records.answer import Question
from reputation.records.dmarc import almost_dmarc, dmarc_records, policy_of, tree_walk_names, walk
from reputation.records.dns_name import normal
from reputation.records.spf_evaluate import Answers


def dmarc_question(domain: str) -> Question:
    """Where the record of a domain stands."""
    return Question(f"_dmarc.{normal(domain)}", "TXT")


def walk_questions(domain: str) -> tuple[Question, ...]:
    """Every name that the walk may need; asked together, they cost one round trip instead of one a label."""
    return tuple(dmarc_question(name) for name in tree_walk_names(domain))


def observed_dmarc(domain: str, answers: Answers) -> Observed[DmarcFacts]:
    """The policy of the domain; Absent when the whole tree has no record, Unknown when a part that matters is.

    A top-level name that does not answer is no reason to know nothing: a record there never replaces a missing one.
    """
    own = answer_to(dmarc_question(domain), answers)
    found = {name: _records(name, answers) for name in tree_walk_names(domain)}
    records, organizational, unknown = walk(domain, found)
    policy = policy_of(domain, records, organizational)
    texts = own.value.texts() if isinstance(own, Found) else ()
    facts = DmarcFacts(
        published=dmarc_records(texts),
        almost=almost_dmarc(texts),
        policy=policy,
        organizational_domain=organizational,
        records=records,
    )
    own_decides = policy is not None and policy.published_at == normal(domain)
    if unknown is not None and not own_decides and not unknown.source.startswith(_top_level(domain)):
        return unknown
    if policy is None and not facts.published and not facts.almost:
        return Absent(own.source)
    return Found(facts, own.source)


def _top_level(domain: str) -> str:
    return dmarc_question(normal(domain).rpartition(".")[2]).source


def _records(name: str, answers: Answers) -> Observed[tuple[str, ...]]:
    observed = answer_to(dmarc_question(name), answers)
    if not isinstance(observed, Found):
        return observed
    records = dmarc_records(observed.value.texts())
    return Found(records, observed.source) if records else Absent(observed.source)
