"""The content checks on one draft. What a bound kept from being read makes a "passed" unknown, never a good mark."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from reputation.checks import AnyCheck
from reputation.checks.registry import checks_of
from reputation.checks.runner import run_checks, unknown_result
from reputation.facts.draft import DraftFacts
from reputation.model import Cause, Outcome, Result, Severity, Unknown
from reputation.records.message import Trouble

_HEADER_ONLY: Final = frozenset({"subject", "sender"})  # needs that the headers alone answer


def judge_draft(
    facts: DraftFacts, severities: Mapping[str, Severity] | None = None, only: Collection[str] = ()
) -> list[Result]:
    """All results of the content checks on `facts`; `only` names checks, else those that are on by default."""
    checks = {check.id: check for check in draft_checks(only)}
    asked = [check for check in checks.values() if check.id not in facts.ignored]
    results = run_checks(asked, facts, facts.file, severities)
    if not facts.incomplete:
        return results
    return [_honest(result, checks[result.check], facts) for result in results]


def draft_checks(only: Collection[str] = ()) -> tuple[AnyCheck, ...]:
    """The checks to run: those named, or all that are on by default."""
    return tuple(check for check in checks_of("content") if (check.id in only if only else check.default))


def _honest(result: Result, check: AnyCheck, facts: DraftFacts) -> Result:
    headers_read = Trouble.HEADER_TOO_LONG not in facts.troubles
    if result.outcome not in (Outcome.PASS, Outcome.SKIPPED) or (headers_read and check.needs.__name__ in _HEADER_ONLY):
        return result
    troubles = ", ".join(sorted(facts.troubles))
    return unknown_result(check, facts.file, Unknown(Cause.TOO_COMPLEX, troubles))
