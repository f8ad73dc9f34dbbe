"""The whole tree of an SPF record over answers that are already there: what each include costs, and what is still open.

Unlike `check_host` it follows every term whether or not it would match, because that is what the owner has to know, and
because every question of a wave can then be asked at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from reputation.model import Absent, Cause, Found, Observed, Unknown
from reputation.records.answer import Answer, Question
from reputation.records.dns_name import may_be_asked, normal
from reputation.records.spf import ASKING, Mechanism, SpfRecord, SpfSyntaxError, parse_spf, spf_records
from reputation.records.spf_evaluate import MAX_NAMES, Answers, SpfClient
from reputation.records.spf_macro import MacroString, MacroValues, expand_name, letters_of

MAX_NODES: Final = 64  # records followed in one tree; far above what RFC 7208 allows


@dataclass(frozen=True, slots=True, kw_only=True)
class SpfNode:
    """One record of the tree. `term` led here (empty at the root); `observed` are the SPF records of `domain`.

    `record` is the parsed record when there is exactly one and it fits the grammar, `error` why it does not. `costs`
    are the look-ups of this record and of everything below it, `voids` those of them that find nothing. `loops` says
    that the domain already stands above itself.
    """

    domain: str
    term: str = ""
    observed: Observed[tuple[str, ...]]
    record: SpfRecord | None = None
    error: SpfSyntaxError | None = None
    children: tuple[SpfNode, ...] = ()
    own_costs: int = 0
    own_voids: int = 0
    loops: bool = False

    @property
    def costs(self) -> int:
        """Look-ups here and below, by section 4.6.4."""
        return self.own_costs + sum(child.costs for child in self.children)

    @property
    def voids(self) -> int:
        """Void look-ups here and below."""
        return self.own_voids + sum(child.voids for child in self.children)

    def walk(self) -> Iterator[SpfNode]:
        """This node and all below it, in the order of the record."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class SpfTree:
    """The tree, the questions that are open, and those that were answered with nothing useful."""

    root: SpfNode
    open_questions: tuple[Question, ...]
    unknown: tuple[Unknown, ...]
    cut: bool = False


def build_tree(domain: str, answers: Answers, client: SpfClient | None = None) -> SpfTree:
    """The tree of `domain`. Names with macros are followed when a `client` fills them; otherwise they only count."""
    walker = _Walker(answers, client)
    root = walker.visit(domain, "", ())
    return SpfTree(root, tuple(dict.fromkeys(walker.open_questions)), tuple(dict.fromkeys(walker.unknown)), walker.cut)


@dataclass(slots=True)
class _Walker:
    answers: Answers
    client: SpfClient | None
    open_questions: list[Question] = field(default_factory=list)
    unknown: list[Unknown] = field(default_factory=list)
    nodes: int = 0
    cut: bool = False

    def visit(self, domain: str, term: str, above: tuple[str, ...]) -> SpfNode:
        domain = normal(domain)
        self.nodes += 1
        if domain in above or self.nodes > MAX_NODES:
            self.cut = self.cut or self.nodes > MAX_NODES
            return SpfNode(domain=domain, term=term, observed=Absent(), loops=domain in above)
        texts = self.records_of(domain)
        record, error = _parsed(texts)
        if record is None:
            return SpfNode(domain=domain, term=term, observed=texts, error=error)
        return self.followed(SpfNode(domain=domain, term=term, observed=texts, record=record), (*above, domain))

    def records_of(self, domain: str) -> Observed[tuple[str, ...]]:
        observed = self.ask(Question(domain, "TXT"))
        if not isinstance(observed, Found):
            return observed
        records = spf_records(observed.value.texts())
        if not records and observed.value.cut:
            cut = Unknown(Cause.TOO_COMPLEX, observed.source)
            self.unknown.append(cut)
            return cut
        return Found(records, observed.source) if records else Absent(observed.source)

    def followed(self, node: SpfNode, above: tuple[str, ...]) -> SpfNode:
        record = node.record
        assert record is not None
        children: list[SpfNode] = []
        voids = 0
        terms = [(m, m.text, m.domain) for m in record.effective if m.name in ASKING]
        for mechanism, text, spec in terms:
            target = self.target(spec, node.domain)
            if target and mechanism.name == "include":
                children.append(self.visit(target, text, above))
                voids += isinstance(self.answers.get(Question(normal(target), "TXT")), Absent)
            elif target and mechanism.name != "ptr":
                voids += self.void(mechanism, target, len(above) == 1)
        redirect = self.target(record.redirect, node.domain) if record.follows_redirect else ""
        if redirect:
            children.append(self.visit(redirect, record.redirect_text, above))
        return SpfNode(
            domain=node.domain,
            term=node.term,
            observed=node.observed,
            record=record,
            children=tuple(children),
            own_costs=len(terms) + record.follows_redirect,
            own_voids=voids,
        )

    def target(self, spec: MacroString, domain: str) -> str:
        """The name of a term, or "" when macros stand in it that nobody can fill here, or it is no name."""
        letters = letters_of(spec)
        if not spec:
            return domain
        if "p" in letters or (self.client is None and letters - {"d"}):
            return ""
        name = expand_name(spec, _values(self.client, domain))
        return name if may_be_asked(name) else ""

    def void(self, mechanism: Mechanism, target: str, own: bool) -> bool:
        """Asks what the term needs; True when it finds nothing. `own`: the domain's own record, whose hosts we want."""
        if mechanism.name == "exists":
            return isinstance(self.ask(Question(normal(target), "A")), Absent)
        if mechanism.name == "a":
            found = [self.ask(Question(normal(target), rdtype)) for rdtype in self.types(own)]
            return all(isinstance(observed, Absent) for observed in found)
        exchanges = self.ask(Question(normal(target), "MX"))
        hosts = exchanges.value.exchanges() if isinstance(exchanges, Found) else ()
        for exchange in hosts[:MAX_NAMES]:
            if may_be_asked(exchange.host):
                for rdtype in self.types(own):
                    self.ask(Question(normal(exchange.host), rdtype))
        return isinstance(exchanges, Absent)

    def types(self, own: bool) -> tuple[str, ...]:
        if own:
            return ("A", "AAAA")
        return ("A",) if self.client is None or self.client.ip.version == 4 else ("AAAA",)

    def ask(self, question: Question) -> Observed[Answer]:
        observed = self.answers.get(question)
        if observed is None:
            self.open_questions.append(question)
            return Found(Answer(()), question.source)
        if isinstance(observed, Unknown):
            self.unknown.append(observed)
        return observed


def _parsed(texts: Observed[tuple[str, ...]]) -> tuple[SpfRecord | None, SpfSyntaxError | None]:
    if not isinstance(texts, Found) or len(texts.value) != 1:
        return None, None
    try:
        return parse_spf(texts.value[0]), None
    except SpfSyntaxError as error:
        return None, error


def _values(client: SpfClient | None, domain: str) -> MacroValues:
    if client is None:
        from ipaddress import IPv4Address

        return MacroValues(sender="", domain=domain, helo="", ip=IPv4Address(0), validated_name=str)
    return MacroValues(
        sender=client.sender, domain=domain, helo=client.helo, ip=client.ip, validated_name=lambda: "unknown"
    )
