"""A second program reads the record differently.

Why: checkdmarc reads the same records beside us. Where it comes to another result, receivers may differ too, so both
 readings are shown and neither is hidden.
Bad: we count 11 look-ups, checkdmarc counts 10
Good: both read the record alike
Fix: Nothing must be done; write the record so plainly that there is only one way to read it.
Source: checkdmarc 6.0 (seen 2026-11-24)
"""

from collections.abc import Iterable, Iterator

from reputation.checks import Check
from reputation.facts.domain import Difference, DomainFacts
from reputation.model import Area, Confidence, Finding, Found, Known, Observed, Remedy, Severity
from reputation.text import say


def needs(facts: DomainFacts) -> Observed[tuple[Difference, ...]]:
    """The differences; Absent when the other program was not asked or had no opinion."""
    return facts.second_opinion


def judge(known: Known[tuple[Difference, ...]]) -> Iterable[Finding] | None:
    """Does not apply without a second opinion."""
    return _findings(known.value) if isinstance(known, Found) else None


def _findings(differences: tuple[Difference, ...]) -> Iterator[Finding]:
    for one in differences:
        yield Finding(
            severity=Severity.INFORMATIONAL,
            confidence=Confidence.LOW,
            message=say(
                "{record}: our reading is {ours}, checkdmarc's is {theirs}.",
                record=one.record,
                ours=one.ours,
                theirs=one.theirs,
            ),
            evidence=(one.why,) if one.why else (),
            remedy=Remedy(say("Nothing must be done; some receivers may read the record in the other way.")),
        )


CHECK = Check(
    id="second-opinion-differs",
    area=Area.AUTHENTICATION,
    severity=Severity.INFORMATIONAL,
    passed=say("A second program (checkdmarc) reads SPF and DMARC as we do."),
    needs=needs,
    judge=judge,
)
