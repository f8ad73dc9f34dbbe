"""One domain, asked in waves: it costs the depth of the longest dependency in round trips, not a trip a question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from ipaddress import ip_address
from typing import Final

from reputation.facts.domain import DomainFacts, IpFacts, IpOrigin, SelectorKey, SelectorOrigin, SendingIp
from reputation.gather.answers import all_strings, answer_to
from reputation.gather.dkim_questions import (
    alias_questions,
    guessed_selectors,
    key_question,
    node_questions,
    observed_dangling,
    observed_dkim,
    observed_key,
)
from reputation.gather.dmarc_questions import destination_questions, observed_dmarc, walk_questions
from reputation.gather.ip_questions import forward_questions, observed_ptr, observed_reverse, ptr_question
from reputation.gather.lookup import Lookup
from reputation.gather.practice import practice_questions
from reputation.gather.spf_questions import SpfQuestions, observed_outcome, observed_records, observed_tree
from reputation.model import Absent, Found, Observed, Unknown
from reputation.records.answer import Answer, MailExchange, Question
from reputation.records.dns_name import normal
from reputation.records.providers import provider_name
from reputation.records.spf_addresses import belongs_to, named_addresses
from reputation.records.spf_evaluate import SpfClient, SpfOutcome
from reputation.records.spf_tree import build_tree
from reputation.records.target import BadTarget, display_name, parse_ip
from reputation.text import Text, say, say_plural

MAX_WAVES: Final = 16  # more than the longest chain that RFC 7208 allows
MAX_SPF_ADDRESSES: Final = 16
MAX_GIVEN_ADDRESSES: Final = 64  # of a block that somebody names, the first few stand for the rest
_ENDINGS_THAT_EXIST: Final = frozenset(
    "com net org info biz cn hk tw jp kr in sg de uk fr it es nl eu us ca br ru au io co".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainRequest:
    """What to find out. `domain` is an A-label; `ips` are the sending addresses the user named.

    `selectors` come from the user, `draft_selectors` from the DKIM-Signature of a draft. `helo` and `mail_from` are for
    the SPF evaluation; `now` is in Unix seconds. `practice`: the questions of `with_practice` travel with them.
    """

    domain: str
    ips: tuple[str, ...] = ()
    selectors: tuple[str, ...] = ()
    draft_selectors: tuple[str, ...] = ()
    helo: str = ""
    mail_from: str = ""
    now: int = 0
    practice: bool = False


def gather_domain(lookup: Lookup, request: DomainRequest) -> DomainFacts:
    """Everything that DNS says of the domain and its sending addresses. Never raises: what fails is Unknown."""
    return gather_domains(lookup, [request])[0]


def gather_domains(lookup: Lookup, requests: Sequence[DomainRequest]) -> list[DomainFacts]:
    """The same for many domains at once: together they cost the round trips of the deepest, not the sum of all."""
    gatherings = [_Gathering(request) for request in requests]
    for _ in range(MAX_WAVES):
        wanted = [(gathering, gathering.next_wave()) for gathering in gatherings]
        questions = list(dict.fromkeys(question for _, wave in wanted for question in wave))
        if not questions:
            break
        answers = dict(zip(questions, lookup.ask_many(questions), strict=True))
        for gathering, wave in wanted:
            gathering.answers.update((question, answers[question]) for question in wave)
    return [gathering.facts() for gathering in gatherings]


def sending_ips(facts: DomainFacts) -> tuple[SendingIp, ...]:
    """The addresses that send for the domain: those the user named, else those its SPF record names."""
    return tuple(ip.sending for ip in facts.ips)


@dataclass(slots=True)
class _Gathering:
    request: DomainRequest
    answers: dict[Question, Observed[Answer]] = field(default_factory=dict)
    spf: SpfQuestions = field(init=False)
    left_out: int = field(init=False)

    def __post_init__(self) -> None:
        given = self.request
        self.left_out = len(given.ips[MAX_GIVEN_ADDRESSES:])
        self.request = replace(given, domain=normal(given.domain), ips=given.ips[:MAX_GIVEN_ADDRESSES])
        domain = self.request.domain
        clients = tuple(self.client(ip) for ip in self.request.ips)
        self.spf = SpfQuestions(domain, clients)

    def client(self, ip: str) -> SpfClient:
        request = self.request
        mail_domain = request.mail_from.rpartition("@")[2] or request.domain
        return SpfClient(
            ip=ip_address(ip),
            domain=mail_domain,
            sender=request.mail_from or f"postmaster@{request.domain}",
            helo=request.helo or request.domain,
            now=request.now,
        )

    def next_wave(self) -> list[Question]:
        """Every question that can be asked now and was not asked yet."""
        wanted = [*self.first_questions(), *self.later_questions()]
        fresh = [question for question in dict.fromkeys(wanted) if question not in self.answers]
        return list(dict.fromkeys([*fresh, *self.spf.next_wave(self.answers)]))

    def first_questions(self) -> list[Question]:
        domain = self.request.domain
        apex = [Question(domain, rdtype) for rdtype in ("TXT", "MX", "A", "AAAA", "SPF")]
        keys = [key_question(selector, domain) for selector in (*self.named(), *guessed_selectors(None, ()))]
        if self.request.helo:
            apex += [Question(normal(self.request.helo), rdtype) for rdtype in ("A", "AAAA")]
        return [*apex, *walk_questions(domain), *node_questions(domain), *keys, *map(ptr_question, self.request.ips)]

    def later_questions(self) -> list[Question]:
        domain = self.request.domain
        keys = [key_question(selector, domain) for selector in self.guesses()]
        addresses = [sending.ip for sending in self.sending()]
        forward = [question for ip in addresses for question in forward_questions(ip, self.answers)]
        hosts = [exchange.host for exchange in self.exchanges()]
        aliases = alias_questions(domain, self.named(), build_tree(domain, self.answers).root, hosts)
        more = practice_questions(domain, self.exchanges()) if self.request.practice else ()
        return [
            *more, *keys, *aliases, *self.ending(), *destination_questions(domain, self.answers),
            *map(ptr_question, addresses), *forward,
        ]  # fmt: skip

    def named(self) -> dict[str, SelectorOrigin]:
        """Selectors that somebody named; the user's word goes before the draft's."""
        named = {normal(selector): SelectorOrigin.DRAFT for selector in self.request.draft_selectors}
        return named | {normal(selector): SelectorOrigin.USER for selector in self.request.selectors}

    def ending(self) -> list[Question]:
        """Of a domain that is said not to exist, its ending: a resolver that denies .com too lies, or is cut off."""
        ending = self.request.domain.rpartition(".")[2]
        apex = self.answers.get(Question(self.request.domain, "TXT"))
        denied = isinstance(apex, Absent) and apex.nxdomain
        return [Question(ending, "SOA")] if denied and ending in _ENDINGS_THAT_EXIST else []

    def guesses(self) -> tuple[str, ...]:
        tree = build_tree(self.request.domain, self.answers).root
        hosts = [exchange.host for exchange in self.exchanges()]
        return tuple(s for s in guessed_selectors(tree, hosts) if s not in self.named())

    def exchanges(self) -> tuple[MailExchange, ...]:
        observed = self.answers.get(Question(self.request.domain, "MX"))
        return observed.value.exchanges() if isinstance(observed, Found) else ()

    def sending(self) -> tuple[SendingIp, ...]:
        """The named addresses, or the first few that the SPF tree names."""
        if self.request.ips:
            return tuple(SendingIp(ip=ip, origin=IpOrigin.GIVEN) for ip in self.request.ips)
        domain, root = self.request.domain, build_tree(self.request.domain, self.answers).root
        sending = [
            SendingIp(
                ip=named.ip,
                origin=IpOrigin.SPF_OWN if belongs_to(domain, named.record) else IpOrigin.SPF_POOL,
                provider=provider_name("spf", named.record),
                in_block=named.in_block,
            )
            for named in named_addresses(root, self.answers)
            if _may_send(named.ip)
        ]
        return tuple(sorted(sending, key=lambda one: one.origin is IpOrigin.SPF_POOL)[:MAX_SPF_ADDRESSES])

    def selectors(self) -> tuple[tuple[str, Observed[SelectorKey]], ...]:
        origins = self.named() | dict.fromkeys(self.guesses(), SelectorOrigin.GUESS)
        return tuple((s, observed_key(s, origin, self.request.domain, self.answers)) for s, origin in origins.items())

    def facts(self) -> DomainFacts:
        domain, answers = self.request.domain, self.answers
        apex = answer_to(Question(domain, "TXT"), answers)
        mx = answer_to(Question(domain, "MX"), answers)
        selectors = self.selectors()
        return DomainFacts(
            domain=domain,
            exists=_exists(apex, mx),
            spf=observed_records(domain, answers),
            spf_tree=observed_tree(domain, answers),
            dmarc=observed_dmarc(domain, answers),
            dkim=observed_dkim(domain, [observed for _, observed in selectors], answers),
            selectors=selectors,
            named_selectors=tuple(self.named()),
            dangling=observed_dangling(selectors, self.named(), domain, answers),
            obsolete_spf=all_strings((Question(domain, "SPF"),), answers),
            mx=Found(mx.value.exchanges(), mx.source) if isinstance(mx, Found) else mx,
            addresses=all_strings((Question(domain, "A"), Question(domain, "AAAA")), answers),
            helo=self.request.helo,
            helo_addresses=self.helo_addresses(),
            ips=tuple(self.ip_facts(sending) for sending in self.sending()),
            answers=answers,
            notes=self.notes(),
        )

    def ip_facts(self, sending: SendingIp) -> IpFacts:
        return IpFacts(
            sending=sending,
            ptr=observed_ptr(sending.ip, self.answers),
            reverse=observed_reverse(sending.ip, self.answers),
            spf_domain=self.client(sending.ip).domain,
            spf=self.outcome(sending),
        )

    def helo_addresses(self) -> Observed[tuple[str, ...]]:
        helo = normal(self.request.helo)
        return all_strings((Question(helo, "A"), Question(helo, "AAAA")), self.answers) if helo else Absent()

    def outcome(self, sending: SendingIp) -> Observed[SpfOutcome]:
        """Only for addresses that somebody named: those from SPF are in SPF by their nature."""
        if sending.origin is not IpOrigin.GIVEN:
            return Absent()
        return observed_outcome(self.client(sending.ip), self.answers)

    def notes(self) -> tuple[Text, ...]:
        return (*self.resolver_notes(), *self.address_notes())

    def resolver_notes(self) -> Iterator[Text]:
        for question in self.ending():
            answer = self.answers.get(question)
            if isinstance(answer, Absent) and answer.nxdomain:
                yield say(
                    "Your DNS resolver says that not even .{ending} exists, so it is to blame, or the network, and "
                    "{domain} may exist all the same. Name another resolver with --resolver.",
                    ending=question.name, domain=display_name(self.request.domain),
                )  # fmt: skip

    def address_notes(self) -> tuple[Text, ...]:
        found = self.sending()
        if self.left_out:
            looked, more = len(self.request.ips), self.left_out
            return (
                say(
                    "SPF and reverse DNS were looked at for the first {looked} addresses, not for {more} more.",
                    looked=looked,
                    more=more,
                ),
            )
        if self.request.ips or not found:
            return ()
        pool = sum(sending.origin is IpOrigin.SPF_POOL for sending in found)
        notes = [
            say_plural(
                "{n} sending address was taken from SPF; name yours with --ip.",
                "{n} sending addresses were taken from SPF; name yours with --ip.",
                len(found),
            )
        ]
        if pool:
            notes.append(
                say(
                    "{count} of them belong to services that many senders share; "
                    "what lists say of those is no blame for you.",
                    count=pool,
                )
            )
        return tuple(notes)


def _may_send(ip: str) -> bool:
    try:
        parse_ip(ip)
    except BadTarget:
        return False
    return True


def _exists(*observed: Observed[Answer]) -> Observed[bool]:
    """One NXDOMAIN or one answer settles it; only silence leaves it open."""
    known = [answer for answer in observed if not isinstance(answer, Unknown)]
    if not known:
        return next(answer for answer in observed if isinstance(answer, Unknown))
    return known[0] if isinstance(known[0], Absent) and known[0].nxdomain else Found(True, known[0].source)
