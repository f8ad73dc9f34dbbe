"""The content checks on one draft. What a bound kept from being read makes a "passed" unknown, never a good mark."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final, NamedTuple

from reputation.checks import AnyCheck
from reputation.checks.registry import checks_of
from reputation.checks.runner import run_checks, unknown_result
from reputation.facts.draft import DraftFacts
from reputation.model import OUTCOME_OF_SEVERITY, Cause, Json, Outcome, Remedy, Result, Severity, Unknown
from reputation.records.trouble import Trouble
from reputation.text import Text, say


class _Unread(NamedTuple):
    what: Text
    remedy: Remedy


_UNREAD: Final = {
    Trouble.SEALED: _Unread(
        say("its text is encrypted, or wrapped in a signature or in winmail.dat"),
        Remedy(say("Check the text as it is before it is encrypted, signed or wrapped.")),
    ),
    Trouble.UNKNOWN_ENCODING: _Unread(
        say("a text is in a transfer encoding that mail programs do not know"),
        Remedy(say("Send the text in quoted-printable or base64.")),
    ),
}
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
    why = next((said for trouble, said in _UNREAD.items() if trouble in facts.troubles), None)
    unknown = unknown_result(check, facts.file, Unknown(Cause.TOO_COMPLEX, troubles, why.what if why else None))
    open_question: dict[str, Json] = {"critical": True} if OUTCOME_OF_SEVERITY[check.severity] is Outcome.FAIL else {}
    return unknown._replace(remedy=why.remedy if why else unknown.remedy, details=open_question)
