"""No MTA-STS.

Why: MTA-STS lets other servers insist on encryption when they write to you. It is good practice for the mail that you
 receive; no receiver asks it of a sender.
Bad: _mta-sts.example.com does not exist
Good: _mta-sts.example.com TXT "v=STSv1; id=20261124" and a policy file
Fix: Publish the policy file and the record, first with mode: testing.
Source: RFC 8461 section 3
"""

from collections.abc import Iterator

from reputation.checks.authentication._needs import PracticeCheck
from reputation.facts.practice import PracticeFacts, StsFacts
from reputation.model import Absent, Area, Finding, Known, Observed, Remedy, Severity
from reputation.text import say


def needs(facts: PracticeFacts) -> Observed[StsFacts]:
    """The record and the file behind it."""
    return facts.sts


def judge(known: Known[StsFacts]) -> Iterator[Finding]:
    """Good practice only."""
    if isinstance(known, Absent):
        yield Finding(
            severity=Severity.INFORMATIONAL,
            message=say(
                "MTA-STS is not set up. That is good practice for mail to you; no receiver asks it of a sender."
            ),
            evidence=(known.source,),
            remedy=Remedy(
                say("Publish a policy file first, then this record at _mta-sts with a new id at each change."),
                record="v=STSv1; id=1",
            ),
        )


CHECK = PracticeCheck(
    id="mta-sts-missing",
    area=Area.AUTHENTICATION,
    severity=Severity.INFORMATIONAL,
    passed=say("MTA-STS is set up."),
    needs=needs,
    judge=judge,
)
