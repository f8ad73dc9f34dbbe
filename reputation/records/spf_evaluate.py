"""check_host() of RFC 7208 section 4 over answers that are already there: pure, and without a limit of its own kind.

The caller brings the answers it has; `evaluate` gives the outcome or the questions that are still open, so that whoever
asks DNS can ask many at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv6Address, ip_address
from typing import Final, TypeAlias

from reputation.model import Absent, Cause, Found, Observed, Unknown
from reputation.records.answer import Answer, Question
from reputation.records.dns_name import is_below, may_be_asked, normal
from reputation.records.spf import ASKING, Mechanism, SpfRecord, SpfSyntaxError, parse_spf, spf_records
from reputation.records.spf_macro import (
    IPAddress,
    MacroString,
    MacroSyntaxError,
    MacroValues,
    expand,
    expand_name,
    parse_macro_string,
)
from reputation.text import Text, say

Answers: TypeAlias = Mapping[Question, Observed[Answer]]
MAX_LOOKUPS: Final = 10
MAX_VOID_LOOKUPS: Final = 2
MAX_NAMES: Final = 10  # host names of one MX or PTR answer (section 4.6.4)


class SpfResult(StrEnum):
    """The seven results (section 2.6)."""

    NONE = "none"
    NEUTRAL = "neutral"
    PASS = "pass"  # noqa: S105 - a result, no password
    FAIL = "fail"
    SOFTFAIL = "softfail"
    TEMPERROR = "temperror"
    PERMERROR = "permerror"


_OF_QUALIFIER: Final = {"+": SpfResult.PASS, "-": SpfResult.FAIL, "~": SpfResult.SOFTFAIL, "?": SpfResult.NEUTRAL}


@dataclass(frozen=True, slots=True, kw_only=True)
class SpfClient:
    """Who connects: its address, the domain to be checked, MAIL FROM and HELO. `now` is in Unix seconds."""

    ip: IPAddress
    domain: str
    sender: str = ""
    helo: str = ""
    receiver: str = "unknown"
    now: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SpfOutcome:
    """The result and why. `matched` is the term that decided, `matched_in` the domain whose record holds it.

    `explanation` is the owner's own text for a refused client. `problem` says what a permanent or temporary error is,
    `cause` why a temporary one happened.
    """

    result: SpfResult
    lookups: int = 0
    void_lookups: int = 0
    matched: str = ""
    matched_in: str = ""
    explanation: str = ""
    problem: Text | None = None
    cause: Cause | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class NeedsMore:
    """The questions without whose answers there is no outcome yet."""

    questions: tuple[Question, ...]


def evaluate(client: SpfClient, answers: Answers) -> SpfOutcome | NeedsMore:
    """The outcome for `client`, or the questions that stand in the way."""
    evaluation = _Evaluation(_prepared(client), answers)
    try:
        return evaluation.outcome()
    except _Missing as missing:
        return NeedsMore(missing.questions)


def _prepared(client: SpfClient) -> SpfClient:
    ip = ip_address(client.ip)
    mapped = ip.ipv4_mapped if isinstance(ip, IPv6Address) else None
    local, _, domain = client.sender.rpartition("@")
    sender = f"{local or 'postmaster'}@{domain or client.helo or client.domain}"
    return SpfClient(
        ip=mapped or ip, domain=client.domain, sender=sender, helo=client.helo, receiver=client.receiver, now=client.now
    )


class _Missing(Exception):
    def __init__(self, questions: tuple[Question, ...]) -> None:
        super().__init__()
        self.questions = questions


class _Error(Exception):
    """A permanent or temporary error: evaluation ends at once."""

    def __init__(self, result: SpfResult, problem: Text, where: str, unknown: Unknown | None = None) -> None:
        super().__init__()
        self.result, self.problem, self.where, self.unknown = result, problem, where, unknown


@dataclass(slots=True)
class _Evaluation:
    client: SpfClient
    answers: Answers
    lookups: int = 0
    void_lookups: int = 0
    depth: int = 0

    def outcome(self) -> SpfOutcome:
        try:
            result, matched, where, explanation = self.check_host(self.client.domain)
        except _Error as error:
            unknown = error.unknown
            return SpfOutcome(
                result=error.result,
                lookups=self.lookups,
                void_lookups=self.void_lookups,
                problem=error.problem,
                matched_in=error.where,
                cause=unknown.cause if unknown else None,
                source=unknown.source if unknown else "",
            )
        return SpfOutcome(
            result=result,
            lookups=self.lookups,
            void_lookups=self.void_lookups,
            matched=matched,
            matched_in=where,
            explanation=explanation,
        )

    def check_host(self, domain: str) -> tuple[SpfResult, str, str, str]:
        """(result, term that decided, domain of that term, explanation) for one domain's record."""
        record = self.record_of(domain)
        if record is None:
            return SpfResult.NONE, "", domain, ""
        for mechanism in record.effective:
            if self.matches(mechanism, domain):
                result = _OF_QUALIFIER[mechanism.qualifier]
                told = self.explanation(record, domain) if result is SpfResult.FAIL and not self.depth else ""
                return result, mechanism.text, domain, told
        if not record.follows_redirect:
            return SpfResult.NEUTRAL, "", domain, ""
        self.count_lookup(record.redirect_text, domain)
        target = self.name(record.redirect, domain)
        found = self.check_host(target)
        if found[0] is SpfResult.NONE:
            raise _Error(
                SpfResult.PERMERROR,
                say("{domain} has no SPF record, yet redirect= points there", domain=target),
                domain,
            )
        return found

    def record_of(self, domain: str) -> SpfRecord | None:
        """The one SPF record of a domain (sections 4.3 to 4.6)."""
        if not may_be_asked(domain) or "." not in normal(domain):
            return None
        observed = self.ask(Question(normal(domain), "TXT"))
        if isinstance(observed, Unknown):
            raise self.temporary(observed, domain)
        records = spf_records(observed.value.texts()) if isinstance(observed, Found) else ()
        if not records:
            self.refuse_cut(observed, domain)
            return None
        if len(records) > 1:
            raise _Error(
                SpfResult.PERMERROR,
                say("{domain} has {count} SPF records; only one is allowed", domain=domain, count=len(records)),
                domain,
            )
        try:
            return parse_spf(records[0])
        except SpfSyntaxError as error:
            raise _Error(
                SpfResult.PERMERROR,
                say(
                    'the record of {domain} has an error at "{term}": {problem}',
                    domain=domain,
                    term=error.term,
                    problem=error.problem,
                ),
                domain,
            ) from None

    def matches(self, mechanism: Mechanism, domain: str) -> bool:
        if mechanism.name in ASKING:
            self.count_lookup(mechanism.text, domain)
        if mechanism.name == "all":
            return True
        if mechanism.network is not None:
            network = mechanism.network
            return network.version == self.client.ip.version and self.client.ip in network
        target = self.name(mechanism.domain, domain) if mechanism.domain else domain
        if mechanism.name == "include":
            return self.included(target, domain)
        if mechanism.name == "exists":
            return bool(self.addresses(target, "A", domain, counted=True))
        if mechanism.name == "ptr":
            return any(is_below(name, target) for name in self.validated_names())
        hosts = (target,) if mechanism.name == "a" else self.exchanges(target, domain)
        return any(self.holds(mechanism, host, domain, counted=mechanism.name == "a") for host in hosts)

    def included(self, target: str, domain: str) -> bool:
        """Section 5.2: only a pass matches; a missing record is a permanent error."""
        self.depth += 1
        result = self.check_host(target)[0]
        self.depth -= 1
        if result is SpfResult.NONE:
            self.count_void(Question(normal(target), "TXT"), domain)
            raise _Error(
                SpfResult.PERMERROR,
                say("{domain} includes {target}, which has no SPF record", domain=domain, target=target),
                domain,
            )
        return result is SpfResult.PASS

    def exchanges(self, target: str, domain: str) -> tuple[str, ...]:
        found = self.counted(Question(normal(target), "MX"), domain)
        hosts = tuple(exchange.host for exchange in found.value.exchanges()) if isinstance(found, Found) else ()
        if len(hosts) > MAX_NAMES:
            raise _Error(
                SpfResult.PERMERROR,
                say("{target} has more than {most} MX hosts", target=target, most=MAX_NAMES),
                domain,
            )
        self.need(tuple(Question(normal(h), self.address_type) for h in hosts if may_be_asked(h)))
        return hosts

    def holds(self, mechanism: Mechanism, host: str, domain: str, *, counted: bool) -> bool:
        length = mechanism.prefix4 if self.client.ip.version == 4 else mechanism.prefix6
        shift = self.client.ip.max_prefixlen - length
        found = self.addresses(host, self.address_type, domain, counted=counted)
        if any(int(address) >> shift == int(self.client.ip) >> shift for address in found):
            return True
        self.refuse_cut(self.answers.get(Question(normal(host), self.address_type)), domain)
        return False

    def refuse_cut(self, observed: Observed[Answer] | None, domain: str) -> None:
        """What was sought may be in the part of an answer that was not read: nobody can tell."""
        if isinstance(observed, Found) and observed.value.cut:
            raise self.temporary(Unknown(Cause.TOO_COMPLEX, observed.source), domain)

    @property
    def address_type(self) -> str:
        return "A" if self.client.ip.version == 4 else "AAAA"

    def addresses(self, host: str, rdtype: str, domain: str, *, counted: bool) -> list[IPAddress]:
        if not may_be_asked(host):
            return []
        question = Question(normal(host), rdtype)
        observed = self.counted(question, domain) if counted else self.ask(question)
        if isinstance(observed, Unknown):
            raise self.temporary(observed, domain)
        return [ip_address(text) for text in observed.value.strings()] if isinstance(observed, Found) else []

    def validated_names(self) -> list[str]:
        """The client's host names that point back to it (section 5.5); a failing look-up is no match."""
        observed = self.ask(Question(self.client.ip.reverse_pointer, "PTR"))
        if not isinstance(observed, Found):
            return []
        names = [normal(name) for name in observed.value.strings() if may_be_asked(name)][:MAX_NAMES]
        self.need(tuple(Question(name, self.address_type) for name in names))
        return [name for name in names if self.points_back(name)]

    def points_back(self, name: str) -> bool:
        observed = self.ask(Question(name, self.address_type))
        texts = observed.value.strings() if isinstance(observed, Found) else ()
        return any(ip_address(text) == self.client.ip for text in texts)

    def validated_name(self, domain: str) -> str:
        """%{p}: the domain itself, else a name below it, else any (section 7.3)."""
        names = self.validated_names()
        ranked = sorted(names, key=lambda name: (name != normal(domain), not is_below(name, domain)))
        return ranked[0] if ranked else "unknown"

    def name(self, parts: MacroString, domain: str) -> str:
        return expand_name(parts, self.values(domain))

    def values(self, domain: str) -> MacroValues:
        client = self.client
        return MacroValues(
            sender=client.sender,
            domain=domain,
            helo=client.helo,
            ip=client.ip,
            receiver=client.receiver,
            now=client.now,
            validated_name=lambda: self.validated_name(domain),
        )

    def explanation(self, record: SpfRecord, domain: str) -> str:
        """Section 6.2: whatever goes wrong, there is simply no explanation."""
        if not record.exp:
            return ""
        target = self.name(record.exp, domain)
        observed = self.ask(Question(normal(target), "TXT")) if may_be_asked(target) else Absent()
        texts = observed.value.texts() if isinstance(observed, Found) else ()
        if len(texts) != 1:
            return ""
        try:
            return expand(parse_macro_string(texts[0].decode("ascii"), explanation=True), self.values(domain))
        except (UnicodeDecodeError, MacroSyntaxError):
            return ""

    def count_lookup(self, term: str, domain: str) -> None:
        if self.lookups == MAX_LOOKUPS:
            raise _Error(
                SpfResult.PERMERROR,
                say(
                    '"{term}" of {domain} is one look-up more than the {most} allowed',
                    term=term,
                    domain=domain,
                    most=MAX_LOOKUPS,
                ),
                domain,
            )
        self.lookups += 1

    def counted(self, question: Question, domain: str) -> Observed[Answer]:
        """The answer to a term's own question: an empty one is a void look-up, an unknown one a temporary error."""
        if not may_be_asked(question.name):
            return Absent(question.source, nxdomain=True)
        observed = self.ask(question)
        if isinstance(observed, Unknown):
            raise self.temporary(observed, domain)
        if isinstance(observed, Absent):
            self.count_void(question, domain)
        return observed

    def count_void(self, question: Question, domain: str) -> None:
        if isinstance(self.answers.get(question), Absent):
            self.void_lookups += 1
        if self.void_lookups > MAX_VOID_LOOKUPS:
            raise _Error(
                SpfResult.PERMERROR,
                say("more than {most} look-ups of the record find nothing", most=MAX_VOID_LOOKUPS),
                domain,
            )

    def temporary(self, unknown: Unknown, domain: str) -> _Error:
        return _Error(
            SpfResult.TEMPERROR, say("the question {source} was not answered", source=unknown.source), domain, unknown
        )

    def need(self, questions: tuple[Question, ...]) -> None:
        open_ones = tuple(question for question in questions if question not in self.answers)
        if open_ones:
            raise _Missing(open_ones)

    def ask(self, question: Question) -> Observed[Answer]:
        self.need((question,))
        return self.answers[question]
