"""The opinion of another filter as a row of the report: shown beside ours, never weighed."""

from __future__ import annotations

from reputation.checks.causes import MEANING, REMEDY
from reputation.facts.second_filter import FilterOpinion
from reputation.model import Area, Cause, Found, Observed, Outcome, Remedy, Result, Unknown
from reputation.text import say


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
    cause = say("nothing listens there") if observed.cause is Cause.REFUSED else MEANING[observed.cause]
    message = say("{name} could not be asked: {cause}", name=name, cause=cause)
    start = Remedy(say("Start {name} on this machine, or leave --with away.", name=name))
    remedy = start if observed.cause.value in ("refused", "timeout") else REMEDY[observed.cause]
    return Result(
        check=check, area=Area.CONTENT, target=file, outcome=Outcome.UNKNOWN, message=message, cause=observed.cause,
        evidence=(observed.source,), remedy=remedy,
    )  # fmt: skip
