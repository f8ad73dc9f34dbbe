"""SPF allows a huge block of addresses.

Why: Every customer of such a network passes SPF in your name. A block of more than 65,536 addresses is wider than any
 sender needs; a block of everything is the same as +all.
Bad: v=spf1 ip4:203.0.0.0/8 ~all
Good: v=spf1 ip4:203.0.113.0/28 ~all
Fix: Name only the addresses that really send.
Source: RFC 7208 sections 5.6 and 11.4
"""

from collections.abc import Iterable, Iterator

from reputation.checks import Check
from reputation.checks.authentication._needs import own_record, value_of
from reputation.facts.domain import DomainFacts
from reputation.model import Area, Finding, Known, Observed, Remedy, Severity
from reputation.records.spf import Mechanism, SpfRecord
from reputation.text import say

_WIDEST = {4: 16, 6: 32}  # shorter prefixes are wider than one sender needs
_ABSURD = {4: 2, 6: 4}  # a quarter of all addresses or more


def needs(facts: DomainFacts) -> Observed[SpfRecord]:
    """The domain's own record."""
    return own_record(facts)


def judge(known: Known[SpfRecord]) -> Iterable[Finding] | None:
    """Does not apply without a readable record."""
    record = value_of(known)
    return None if record is None else _findings(record)


def _findings(record: SpfRecord) -> Iterator[Finding]:
    for mechanism in record.effective:
        version, length = _block(mechanism)
        if mechanism.qualifier == "+" and length < _WIDEST[version]:
            yield Finding(
                severity=Severity.MAJOR if length <= _ABSURD[version] else Severity.MINOR,
                message=say(
                    '"{term}" in the SPF record allows a huge block of addresses to send in your name.',
                    term=mechanism.text,
                ),
                evidence=(record.text,),
                remedy=Remedy(say("Name only the addresses that really send.")),
            )


def _block(mechanism: Mechanism) -> tuple[int, int]:
    if mechanism.network is not None:
        return mechanism.network.version, mechanism.network.prefixlen
    if mechanism.name in ("a", "mx"):
        return 4, mechanism.prefix4
    return 4, 32


CHECK = Check(
    id="spf-wide-range",
    area=Area.AUTHENTICATION,
    severity=Severity.MAJOR,
    passed=say("SPF names no huge block of addresses."),
    needs=needs,
    judge=judge,
)
