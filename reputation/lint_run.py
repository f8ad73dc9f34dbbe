"""Lints drafts: read, judge, count. The spine of `reputation lint`; nothing is asked of anybody."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from reputation.checks.drafts import judge_draft
from reputation.facts.draft import DraftFacts
from reputation.gather.drafts import DraftProblem, read_drafts
from reputation.gather.learned import load_learned
from reputation.model import Result
from reputation.policy import Policy
from reputation.risk.model import Risk, risk_of


@dataclass(frozen=True, slots=True)
class Linted:
    """One draft and what was found in it."""

    facts: DraftFacts
    results: tuple[Result, ...]
    risk: Risk | None


def lint(names: Sequence[str], policy: Policy, checks: Collection[str] = ()) -> Iterator[Linted | DraftProblem]:
    """Each draft of the files and folders in `names`, judged by `checks`; a problem where one could not be read."""
    learned = load_learned()
    offset = learned.offset if learned else 0.0
    for draft in read_drafts(names):
        if isinstance(draft, DraftProblem):
            yield draft
        else:
            yield Linted(draft, tuple(judge_draft(draft, policy.severities, checks)), risk_of(draft, offset))
