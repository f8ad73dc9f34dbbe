"""MTA-STS, TLS-RPT, BIMI, DNSSEC and DANE: a few more questions and one fetch, only when the user asks for depth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from reputation.facts.domain import DomainFacts, is_null_mx
from reputation.facts.practice import BimiFacts, PracticeFacts, StsFacts
from reputation.gather.answers import answer_to
from reputation.gather.http import Fetched, fetch
from reputation.gather.lookup import Lookup
from reputation.model import Absent, Cause, Found, Observed, Unknown
from reputation.records.answer import Answer, MailExchange, Question
from reputation.records.bimi import bimi_records, parse_bimi
from reputation.records.bimi_logo import logo_problems
from reputation.records.mta_sts import StsPolicy, StsSyntaxError, parse_sts_policy, parse_sts_record, sts_records
from reputation.records.spf_evaluate import Answers
from reputation.records.tls_rpt import tls_rpt_records
from reputation.text import Text, say

Fetch = Callable[[str, Lookup], Observed[Fetched]]
_MOST_HOSTS = 5
MAX_LOGO = 32_768  # bytes; Gmail takes no larger picture


def with_practice(facts: DomainFacts, lookup: Lookup, fetching: Fetch = fetch) -> DomainFacts:
    """The facts with what good practice would publish, and the policy file when there is a record.

    What the facts do not hold the answer of costs one round trip.
    """
    exchanges = facts.mx.value if isinstance(facts.mx, Found) else ()
    named = _hosts(exchanges)
    hosts = Found(named, facts.mx.source) if isinstance(facts.mx, Found) and named else _none_of(facts.mx)
    wanted = practice_questions(facts.domain, exchanges)
    questions = [question for question in wanted if question not in facts.answers]
    asked = zip(questions, lookup.ask_many(questions), strict=True) if questions else ()
    answers = {**facts.answers, **dict(asked)}
    sts, reports, bimi, delegation = (answer_to(question, answers) for question in _names(facts.domain))
    practice = PracticeFacts(
        hosts=hosts,
        sts=_sts(facts.domain, sts, lookup, fetching),
        tls_reports=_selected(reports, tls_rpt_records),
        bimi=_bimi(_selected(bimi, bimi_records), lookup, fetching),
        signed=_signed(facts, delegation),
        tlsa=_tlsa(hosts, answers),
    )
    return replace(facts, practice=practice)


def practice_questions(domain: str, exchanges: tuple[MailExchange, ...]) -> tuple[Question, ...]:
    """All that is asked, as far as the mail hosts are known; so that it can travel with the domain's own questions."""
    return (*_names(domain), *(Question(f"_25._tcp.{host}", "TLSA") for host in _hosts(exchanges)))


def unfetched(url: str, _: Lookup) -> Observed[Fetched]:
    """In place of the fetch when a run may not ask, as in a replay."""
    return Unknown(Cause.OFFLINE, url)


def _names(domain: str) -> tuple[Question, ...]:
    return (
        Question(f"_mta-sts.{domain}", "TXT"),
        Question(f"_smtp._tls.{domain}", "TXT"),
        Question(f"default._bimi.{domain}", "TXT"),
        Question(domain, "DS"),
    )


def _hosts(exchanges: tuple[MailExchange, ...]) -> tuple[str, ...]:
    return () if is_null_mx(exchanges) else tuple(exchange.host for exchange in exchanges)[:_MOST_HOSTS]


def _selected(observed: Observed[Answer], select: Callable[[tuple[bytes, ...]], tuple[str, ...]]) -> Observed[tuple[str, ...]]:  # fmt: skip  # noqa: E501
    if not isinstance(observed, Found):
        return observed
    records = select(observed.value.texts())
    return Found(records, observed.source) if records else Absent(observed.source)


def _sts(domain: str, observed: Observed[Answer], lookup: Lookup, fetching: Fetch) -> Observed[StsFacts]:
    records = _selected(observed, sts_records)
    if not isinstance(records, Found):
        return records
    if len(records.value) > 1:
        return Found(StsFacts(records=records.value, policy=Absent()), records.source)
    try:
        parse_sts_record(records.value[0])
    except StsSyntaxError as error:
        return Found(StsFacts(records=records.value, policy=Absent(), problem=error.problem), records.source)
    page = fetching(f"https://mta-sts.{domain}/.well-known/mta-sts.txt", lookup)
    policy, problem = _policy(page)
    return Found(StsFacts(records=records.value, policy=policy, problem=problem), records.source)


def _policy(page: Observed[Fetched]) -> tuple[Observed[StsPolicy], Text | None]:
    if not isinstance(page, Found):
        return page, None
    if page.value.problem is not None:
        return Absent(page.source), page.value.problem
    try:
        return Found(parse_sts_policy(page.value.body.decode("utf-8", "replace")), page.source), None
    except StsSyntaxError as error:
        return Absent(page.source), error.problem


def _bimi(records: Observed[tuple[str, ...]], lookup: Lookup, fetching: Fetch) -> Observed[BimiFacts]:
    if not isinstance(records, Found):
        return records
    record = parse_bimi(records.value[0])
    logo: Observed[tuple[Text, ...]] = Absent()
    if len(records.value) == 1 and record.problem is None and record.logo:
        logo = _logo(fetching(record.logo, lookup))
    return Found(BimiFacts(records=records.value, logo=logo), records.source)


def _logo(page: Observed[Fetched]) -> Observed[tuple[Text, ...]]:
    if isinstance(page, Unknown):
        return page
    if isinstance(page, Absent):
        return Found((say("its host does not exist"),), page.source)
    if page.value.problem is None and len(page.value.body) > MAX_LOGO:
        return Found((say("the page is larger than {most} bytes", most=MAX_LOGO),), page.source)
    problem = page.value.problem
    return Found((problem,) if problem else logo_problems(page.value.body), page.source)


def _signed(facts: DomainFacts, delegation: Observed[Answer]) -> Observed[bool]:
    """Proved when the resolver set AD; signed but not proved when the parent has a DS; else not signed.

    AD on the DS itself proves the parent alone.
    """
    own = [a for q, a in facts.answers.items() if q.name == facts.domain and q.rdtype != "DS"]
    proved = any(isinstance(a, Found) and a.value.authenticated for a in own)
    if proved:
        return Found(True, "AD")
    return Found(False, delegation.source) if isinstance(delegation, Found) else delegation


def _none_of(mx: Observed[tuple[MailExchange, ...]]) -> Absent | Unknown:
    """No mail host, or nobody knows; a null MX names none."""
    return Absent(mx.source) if isinstance(mx, Found) else mx


def _tlsa(hosts: Observed[tuple[str, ...]], answers: Answers) -> Observed[tuple[tuple[str, bool], ...]]:
    if not isinstance(hosts, Found):
        return hosts
    observed = [(host, answer_to(Question(f"_25._tcp.{host}", "TLSA"), answers)) for host in hosts.value]
    found = tuple((host, answer.value.authenticated) for host, answer in observed if isinstance(answer, Found))
    unknown = next((answer for _, answer in observed if isinstance(answer, Unknown)), None)
    if unknown is not None and not found:
        return unknown
    return Found(found) if found else Absent()
