"""MTA-STS does not work.

Why: A record without a readable policy file protects nothing, and a file that does not name your mail hosts keeps mail
 away from you as soon as its mode is enforce.
Bad: mx: mail.example.com in the file, while MX is mx.example.com
Good: mx: mx.example.com in the file, as in MX
Fix: Correct the file or the record, then give the record a new id.
Source: RFC 8461 sections 3.2, 3.3 and 4.1
"""

from collections.abc import Iterable, Iterator

from reputation.checks.authentication._needs import PracticeCheck
from reputation.facts.practice import PracticeFacts, StsFacts
from reputation.model import Absent, Area, Finding, Found, Known, Observed, Remedy, Severity, Unknown
from reputation.records.mta_sts import suggested_policy
from reputation.text import Text, say


def needs(facts: PracticeFacts) -> Observed[PracticeFacts]:
    """The file and the mail hosts; unknown when the one could not be fetched or the others were not answered."""
    if isinstance(facts.sts, Found) and isinstance(facts.sts.value.policy, Unknown):
        return facts.sts.value.policy
    if isinstance(facts.sts, Found) and isinstance(facts.sts.value.policy, Found) and isinstance(facts.hosts, Unknown):
        return facts.hosts
    return facts.sts if isinstance(facts.sts, Unknown) else Found(facts)


def judge(known: Known[PracticeFacts]) -> Iterable[Finding] | None:
    """Does not apply without a record."""
    if not isinstance(known, Found) or not isinstance(known.value.sts, Found):
        return None
    return _findings(known.value, known.value.sts.value)


def _findings(facts: PracticeFacts, sts: StsFacts) -> Iterator[Finding]:
    policy = sts.policy
    if len(sts.records) > 1:
        yield _finding(say("There is more than one MTA-STS record, so all of them are ignored."), sts.records)
    elif isinstance(policy, Absent):
        missing = say("the file was not found")
        problem = say("The MTA-STS policy cannot be used: {problem}.", problem=sts.problem or missing)
        yield _finding(problem, (policy.source or sts.records[0],))
    elif isinstance(policy, Found) and policy.value.mode != "none":
        hosts = facts.hosts.value if isinstance(facts.hosts, Found) else ()
        left_out = tuple(host for host in hosts if not policy.value.covers(host))
        if left_out:
            problem = say("The MTA-STS policy does not name these mail hosts: {hosts}.", hosts=left_out)
            yield _finding(problem, policy.value.mx, suggested_policy(hosts))


def _finding(problem: Text, evidence: tuple[str, ...], file: str = "") -> Finding:
    remedy = Remedy(say("Correct the policy file or the record, then give the record a new id."), record=file)
    return Finding(severity=Severity.INFORMATIONAL, message=problem, evidence=evidence, remedy=remedy)


CHECK = PracticeCheck(
    id="mta-sts-invalid",
    area=Area.AUTHENTICATION,
    severity=Severity.INFORMATIONAL,
    passed=say("The MTA-STS policy fits the mail hosts."),
    needs=needs,
    judge=judge,
)
