"""The opinion of another filter as a row of the report: shown beside ours, never weighed."""

from __future__ import annotations

from reputation.facts.second_filter import FilterOpinion
from reputation.model import Area, Cause, Found, Observed, Outcome, Remedy, Result, Unknown
from reputation.text import Text, say

_MEANING = {
    Cause.TIMEOUT: say("no answer came in time"),
    Cause.REFUSED: say("nothing listens there"),
    Cause.MALFORMED_ANSWER: say("it broke off, or its answer is no opinion"),
}


def filter_result(name: str, file: str, observed: Observed[FilterOpinion]) -> Result:
    """One row: its points and its rules; unknown when it could not be asked."""
    check = f"second-filter-{name}"
    if isinstance(observed, Found):
        opinion = observed.value
        message = say(
            "{name} gives it {points} points; it calls mail spam from {limit}", name=opinion.name,
            points=f"{opinion.points:.1f}", limit=f"{opinion.limit:.1f}",
        )  # fmt: skip
        return Result(
            check=check, area=Area.CONTENT, target=file, outcome=Outcome.INFO, message=message,
            evidence=opinion.symbols, details={"points": opinion.points, "limit": opinion.limit},
        )  # fmt: skip
    if not isinstance(observed, Unknown):
        return Result(
            check=check, area=Area.CONTENT, target=file, outcome=Outcome.SKIPPED, message=say("does not apply")
        )
    return Result(
        check=check, area=Area.CONTENT, target=file, outcome=Outcome.UNKNOWN, message=_why(name, observed),
        cause=observed.cause, evidence=(observed.source,), remedy=_remedy(name, observed.cause),
    )  # fmt: skip


def _why(name: str, unknown: Unknown) -> Text:
    cause = _MEANING[unknown.cause]
    if unknown.detail:
        cause = say("{cause}; {detail}", cause=cause, detail=unknown.detail)
    return say("{name} could not be asked: {cause}", name=name, cause=cause)


def _remedy(name: str, cause: Cause) -> Remedy:
    if cause is Cause.REFUSED:
        return Remedy(say("Start {name} on this machine, or leave --with away.", name=name))
    if cause is Cause.TIMEOUT:
        return Remedy(say("See whether {name} works, or give it more time with --timeout SECONDS.", name=name))
    return Remedy(say("See what the log of {name} says of this draft.", name=name))
