"""The _dmarc names of a domain's tree walk, all asked at once, and what their answers amount to."""

from __future__ import annotations

from typing import Final

from reputation.facts.domain import DmarcFacts
from reputation.gather.answers import answer_to, none_of
from reputation.model import Absent, Found, Observed
from reputation.records.answer import Question
from reputation.records.dmarc import almost_dmarc, dmarc_records, parse_dmarc, policy_of, tree_walk_names, walk
from reputation.records.dns_name import is_below, may_be_asked, normal
from reputation.records.dnsxl_names import registrable_domain
from reputation.records.spf_evaluate import Answers

_MOST_DESTINATIONS: Final = 4


def dmarc_question(domain: str) -> Question:
    """Where the record of a domain stands."""
    return Question(f"_dmarc.{normal(domain)}", "TXT")


def walk_questions(domain: str) -> tuple[Question, ...]:
    """Every name that the walk may need; asked together, they cost one round trip instead of one a label."""
    return tuple(dmarc_question(name) for name in tree_walk_names(domain))


def destination_questions(domain: str, answers: Answers) -> tuple[Question, ...]:
    """Whether each foreign domain that reports go to agrees (RFC 9990 section 4)."""
    own = answer_to(dmarc_question(domain), answers)
    records = dmarc_records(own.value.texts()) if isinstance(own, Found) else ()
    if len(records) != 1:
        return ()
    record = parse_dmarc(records[0])
    named = dict.fromkeys(name for _, name in (*record.report_addresses, *record.failure_addresses))
    foreign = [name for name in named if not _same_house(name, domain) and may_be_asked(name)]
    return tuple(Question(f"{normal(domain)}._report._dmarc.{name}", "TXT") for name in foreign[:_MOST_DESTINATIONS])


def _same_house(name: str, domain: str) -> bool:
    """One below the other, or both below the same registrable name; told without a question."""
    return is_below(name, domain) or is_below(domain, name) or registrable_domain(name) == registrable_domain(domain)


def _agrees(question: Question, answers: Answers) -> Observed[bool]:
    observed = answer_to(question, answers)
    if not isinstance(observed, Found):
        return observed
    return Found(True, question.source) if dmarc_records(observed.value.texts()) else Absent(question.source)


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
        destinations=tuple(
            (question.name.rpartition("._report._dmarc.")[2], _agrees(question, answers))
            for question in destination_questions(domain, answers)
        ),
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
    return Found(records, observed.source) if records else none_of(dmarc_question(name), observed)
