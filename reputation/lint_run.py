"""Lints drafts: read, judge, count. The spine of `reputation lint`; nothing is asked of anybody."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from reputation.checks.drafts import judge_draft
from reputation.facts.draft import DraftFacts
from reputation.gather.drafts import DraftProblem, read_drafts
from reputation.gather.learned import load_learned
from reputation.lint_settings import LintSettings
from reputation.model import Result
from reputation.policy import Policy
from reputation.risk.model import Risk, risk_of

NOTHING = LintSettings()


class Linted(NamedTuple):
    """One draft and what was found in it."""

    facts: DraftFacts
    results: tuple[Result, ...]
    risk: Risk | None


def lint(
    names: Sequence[str], policy: Policy, checks: Collection[str] = (), settings: LintSettings = NOTHING
) -> Iterator[Linted | DraftProblem]:
    """Each draft of the files and folders in `names`, judged by `checks` but for those that `settings` leave out.

    A problem where a draft could not be read.
    """
    learned = load_learned()
    offset = learned.offset if learned else 0.0
    for draft in read_drafts(names):
        if isinstance(draft, DraftProblem):
            yield draft
        else:
            facts = settings.applied(draft)
            yield Linted(facts, tuple(judge_draft(facts, policy.severities, checks)), risk_of(facts, offset))
