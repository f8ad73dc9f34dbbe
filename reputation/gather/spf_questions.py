"""Which SPF questions can be asked now, within the bound for one domain, and what the answers amount to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from reputation.gather.answers import answer_to, none_of
from reputation.model import Cause, Found, Observed, Unknown
from reputation.records.answer import Question
from reputation.records.dns_name import normal
from reputation.records.spf import spf_records
from reputation.records.spf_evaluate import MAX_LOOKUPS, Answers, NeedsMore, SpfClient, SpfOutcome, SpfResult, evaluate
from reputation.records.spf_tree import SpfNode, build_tree
from reputation.text import say

MAX_QUESTIONS: Final = 40  # for the SPF tree of one domain, whatever the records say
_KEPT_FOR_EVALUATION: Final = MAX_LOOKUPS + 4  # with the two void look-ups and what a macro or exp needs
_TOO_MANY: Final = Unknown(
    Cause.TOO_COMPLEX, detail=say("the SPF record leads to more DNS questions than are asked of one domain")
)


@dataclass(slots=True)
class SpfQuestions:
    """Hands out the questions wave by wave and remembers how many there were."""

    domain: str
    clients: tuple[SpfClient, ...] = ()
    asked: set[Question] = field(default_factory=set)

    def next_wave(self, answers: Answers) -> list[Question]:
        """All that can be asked now, the ones that an evaluation waits for first.

        A tree that is known to be too large takes only what no evaluation will need.
        """
        outcomes = [evaluate(client, answers) for client in self.clients]
        evaluated = [
            question for outcome in outcomes if isinstance(outcome, NeedsMore) for question in outcome.questions
        ]
        trees = [build_tree(self.domain, answers, seen_by) for seen_by in (None, *self.clients)]
        shown = [question for tree in trees for question in tree.open_questions]
        kept = _KEPT_FOR_EVALUATION if evaluated and trees[0].root.costs > MAX_LOOKUPS else 0
        return [*self._allowed(evaluated, answers, 0), *self._allowed(shown, answers, kept)]

    def _allowed(self, wanted: Sequence[Question], answers: Answers, kept: int) -> list[Question]:
        fresh = [
            question for question in dict.fromkeys(wanted) if question not in answers and question not in self.asked
        ]
        allowed = fresh[: max(0, MAX_QUESTIONS - kept - len(self.asked))]
        self.asked.update(allowed)
        return allowed


def observed_records(domain: str, answers: Answers) -> Observed[tuple[str, ...]]:
    """The SPF records of the domain itself."""
    question = Question(normal(domain), "TXT")
    observed = answer_to(question, answers)
    if not isinstance(observed, Found):
        return observed
    records = spf_records(observed.value.texts())
    return Found(records, question.source) if records else none_of(question, observed)


def observed_tree(domain: str, answers: Answers) -> Observed[SpfNode]:
    """The tree, or why it is not known as a whole. Too many look-ups are certain even when a part is missing."""
    records = observed_records(domain, answers)
    if not isinstance(records, Found):
        return records
    tree = build_tree(domain, answers)
    if tree.root.costs <= MAX_LOOKUPS:
        if tree.unknown:
            return tree.unknown[0]
        if tree.open_questions or tree.cut:
            return _TOO_MANY
    return Found(tree.root, records.source)


def observed_outcome(client: SpfClient, answers: Answers) -> Observed[SpfOutcome]:
    """What SPF says of one client; a temporary error is unknown."""
    outcome = evaluate(client, answers)
    if isinstance(outcome, NeedsMore):
        return _TOO_MANY
    if outcome.result is SpfResult.TEMPERROR:
        return Unknown(outcome.cause or Cause.SERVFAIL, outcome.source)
    return Found(outcome)
