"""The DMARC record is ignored because of an error.

Why: The record must begin with v=DMARC1 spelt exactly so, and needs a valid p=. Otherwise receivers act as if there
 were none, or only send reports.
Bad: _dmarc.example.com TXT "v=dmarc1; p=rejct"
Good: _dmarc.example.com TXT "v=DMARC1; p=reject"
Fix: Correct the record as shown.
Source: RFC 9989 sections 4.7 and 4.10.1
"""

from collections.abc import Iterable, Iterator

from reputation.checks import Check
from reputation.checks.authentication._needs import value_of, with_facts
from reputation.facts.domain import DmarcFacts, DomainFacts
from reputation.model import Area, Finding, Found, Known, Observed, Remedy, Severity
from reputation.records.dmarc import DmarcRecord
from reputation.records.dmarc_suggestion import first_policy
from reputation.text import Text, say


def needs(facts: DomainFacts) -> Observed[DomainFacts]:
    """The records at the domain's own _dmarc name; the domain is needed for the remedy."""
    return with_facts(facts, facts.dmarc)


def judge(known: Known[DomainFacts]) -> Iterable[Finding] | None:
    """Does not apply without any record."""
    facts = value_of(known)
    if facts is None or not isinstance(facts.dmarc, Found):
        return None
    return _findings(facts.domain, facts.dmarc.value)


def _findings(domain: str, dmarc: DmarcFacts) -> Iterator[Finding]:
    own = dmarc.own
    if own is not None and not own.policy_given:
        yield _finding(domain, _problem(own), own.text)
    if not dmarc.published:
        for text in dmarc.almost:
            problem = say(
                "The record at {name} does not begin with v=DMARC1 exactly, so receivers ignore it.",
                name=f"_dmarc.{domain}",
            )
            yield _finding(domain, problem, text)


def _finding(domain: str, problem: Text, text: str) -> Finding:
    remedy = Remedy(say("Publish this instead, with the policy that you want."), record=first_policy(domain))
    return Finding(severity=Severity.MAJOR, message=problem, evidence=(text,), remedy=remedy)


def _problem(own: DmarcRecord) -> Text:
    spoilt = next((f"{name}={value}" for name, value in own.faults if name in ("p", "sp", "np")), "")
    if spoilt:
        return say('"{fault}" is no DMARC policy; receivers treat the record as none or ignore it.', fault=spoilt)
    return say("The DMARC record has no p=, so it protects nothing.")


CHECK = Check(
    id="dmarc-permerror",
    area=Area.AUTHENTICATION,
    severity=Severity.MAJOR,
    passed=say("The DMARC record can be read."),
    needs=needs,
    judge=judge,
)
