"""No reports on failed encryption.

Why: TLS-RPT has other servers tell you when encryption with your mail hosts fails. Good practice;
 no receiver demands it.
Bad: _smtp._tls.example.com does not exist
Good: _smtp._tls.example.com TXT "v=TLSRPTv1; rua=mailto:tls-reports@example.com"
Fix: Publish the record with a mailbox that somebody or some service reads.
Source: RFC 8460 section 3
"""

from collections.abc import Iterator

from reputation.checks.authentication._needs import PracticeCheck
from reputation.facts.practice import PracticeFacts
from reputation.model import Absent, Area, Finding, Known, Observed, Remedy, Severity
from reputation.records.tls_rpt import report_uris, suggested_record
from reputation.text import say


def needs(facts: PracticeFacts) -> Observed[tuple[str, ...]]:
    """The TLS-RPT records."""
    return facts.tls_reports


def judge(known: Known[tuple[str, ...]]) -> Iterator[Finding]:
    """One record with a usable destination is what it takes."""
    if isinstance(known, Absent):
        domain = known.source.rpartition("_smtp._tls.")[2]
        yield Finding(
            severity=Severity.INFORMATIONAL,
            message=say(
                "No reports on failed encryption are asked for (TLS-RPT). Good practice; no receiver demands it."
            ),
            evidence=(known.source,),
            remedy=Remedy(
                say("Publish this TXT record at {name}; the mailbox must exist.", name=f"_smtp._tls.{domain}"),
                record=suggested_record(domain),
            ),
        )
    elif len(known.value) > 1 or not report_uris(known.value[0]):
        yield Finding(
            severity=Severity.INFORMATIONAL,
            message=say("The TLS-RPT record cannot be used: there must be one, with rua=mailto: or rua=https:"),
            evidence=known.value,
            remedy=Remedy(say("Correct the record, and keep only one.")),
        )


CHECK = PracticeCheck(
    id="tls-rpt-missing",
    area=Area.AUTHENTICATION,
    severity=Severity.INFORMATIONAL,
    passed=say("Reports on failed encryption are asked for."),
    needs=needs,
    judge=judge,
)
