"""Runs checks over facts. Here, and only here, Unknown becomes a result."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from reputation.checks import AnyCheck
from reputation.checks.causes import MEANING, REMEDY
from reputation.checks.page import parse_page, source_in
from reputation.checks.registry import module_names
from reputation.log import log_of
from reputation.model import OUTCOME_OF_SEVERITY, Cause, Finding, Outcome, Result, Severity, Unknown
from reputation.text import Text, say

_SKIPPED = say("does not apply")


def run_checks(
    checks: Iterable[AnyCheck], facts: Any, target: str, severities: Mapping[str, Severity] | None = None
) -> list[Result]:
    """The results of `checks` on one bag of facts. `severities` are the overrides of the policy, by check id."""
    return [result for check in checks for result in run_check(check, facts, target, severities or {})]


def run_check(check: AnyCheck, facts: Any, target: str, severities: Mapping[str, Severity]) -> list[Result]:
    """One check: its findings, or one result that says passed, does not apply, or unknown and why."""
    try:
        observed = check.needs(facts)
        if isinstance(observed, Unknown):
            return [unknown_result(check, target, observed)]
        judged = check.judge(observed)
        findings = None if judged is None else list(judged)
    except Exception:  # the border: a fault of ours must never look like the user's
        log_of(__name__).exception("check %s failed", check.id)
        return [unknown_result(check, target, Unknown(Cause.INTERNAL_ERROR, check.id))]
    if findings is None:
        return [_plain(check, target, Outcome.SKIPPED, _SKIPPED)]
    if not findings:
        return [_plain(check, target, Outcome.PASS, check.passed)]
    return [_found(check, target, finding, severities.get(check.id)) for finding in findings]


def unknown_result(check: AnyCheck, target: str, unknown: Unknown) -> Result:
    """The third answer, with its cause in words and what to do."""
    message = say(
        "{title}: not checked, {cause}", title=say(title_of(check.id)), cause=unknown.detail or MEANING[unknown.cause]
    )
    return Result(
        check=check.id, area=check.area, target=target, outcome=Outcome.UNKNOWN, message=message,
        severity=check.severity, cause=unknown.cause, evidence=(unknown.source,) if unknown.source else (),
        remedy=REMEDY[unknown.cause], source=source_of(check.id),
        details={"critical": True} if check.critical else {},
    )  # fmt: skip


def _plain(check: AnyCheck, target: str, outcome: Outcome, message: Text) -> Result:
    """Most results are such; by position they are made in half the time."""
    return Result(check.id, check.area, target, outcome, message, check.severity, None, (), None, source_of(check.id))


def _found(check: AnyCheck, target: str, finding: Finding, override: Severity | None) -> Result:
    severity = override or finding.severity
    return Result(
        check=check.id, area=check.area, target=target, outcome=OUTCOME_OF_SEVERITY[severity],
        message=finding.message, severity=severity, evidence=finding.evidence, remedy=finding.remedy,
        source=source_of(check.id), confidence=finding.confidence, where=finding.where, details=finding.details,
    )  # fmt: skip


@lru_cache(maxsize=512)
def title_of(check_id: str) -> str:
    """The title on the check's page; an id that no file belongs to is its own title."""
    return _page_part(check_id, "title") or check_id


@lru_cache(maxsize=512)
def source_of(check_id: str) -> str:
    """The source on the check's page."""
    return source_in(_docstring(check_id))


def _page_part(check_id: str, part: str) -> str:
    docstring = _docstring(check_id)
    return str(getattr(parse_page(docstring), part)) if docstring else ""


def _docstring(check_id: str) -> str:
    module = module_names_cached().get(check_id)
    return importlib.import_module(module).__doc__ or "" if module else ""


@lru_cache(maxsize=1)
def module_names_cached() -> dict[str, str]:
    """`module_names`, read once a process."""
    return module_names()
