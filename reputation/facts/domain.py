"""What was observed of one sending domain and of the addresses that send for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from reputation.facts.message import MessageFacts
from reputation.facts.practice import PracticeFacts
from reputation.model import Absent, Found, Observed
from reputation.records.answer import Answer, MailExchange, Question
from reputation.records.dkim_key import DkimKey
from reputation.records.dmarc import DmarcPolicy, DmarcRecord
from reputation.records.spf_evaluate import SpfOutcome
from reputation.records.spf_tree import SpfNode
from reputation.text import Text

ABSENT: Final = Absent()


class SelectorOrigin(StrEnum):
    """Who named a DKIM selector."""

    USER = "user"
    DRAFT = "draft"
    GUESS = "guess"


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectorKey:
    """What stands at one selector. `records` are the TXT records that look like keys, `key` the only one, parsed.

    `target` is where a CNAME led, "" without one; `provider` the service that runs the target or uses such a selector.
    """

    selector: str
    origin: SelectorOrigin
    records: tuple[str, ...] = ()
    key: DkimKey | None = None
    target: str = ""
    provider: str = ""

    @property
    def named(self) -> bool:
        """Somebody named it, so it is in use."""
        return self.origin is not SelectorOrigin.GUESS


@dataclass(frozen=True, slots=True, kw_only=True)
class DanglingSelector:
    """A selector whose CNAME leads to a name that holds no key. `provider` runs the name, "" when none is known."""

    selector: str
    target: str
    named: bool
    provider: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DkimFacts:
    """DKIM of a domain: `keys` that were found; empty when keys exist under selectors that nobody could name."""

    keys: tuple[SelectorKey, ...] = ()

    @property
    def selector_unknown(self) -> bool:
        """True when _domainkey exists, but no selector that was tried does."""
        return not self.keys


@dataclass(frozen=True, slots=True, kw_only=True)
class DmarcFacts:
    """DMARC of a domain. `published` are the records at its own _dmarc name, `almost` texts there that resemble one.

    `policy` is what applies to its mail; None when no record in the tree gives one. `records` are the valid records of
    the tree walk by domain. `destinations` are the foreign domains that reports go to: Found when the destination
    agrees to take them, Absent when it does not say so.
    """

    published: tuple[str, ...] = ()
    almost: tuple[str, ...] = ()
    policy: DmarcPolicy | None = None
    organizational_domain: str = ""
    destinations: tuple[tuple[str, Observed[bool]], ...] = ()
    records: Mapping[str, DmarcRecord] = field(default_factory=dict)

    @property
    def own(self) -> DmarcRecord | None:
        """The record at the domain's own _dmarc name, when there is exactly one."""
        return next(iter(self.records.values()), None) if len(self.published) == 1 else None


class IpOrigin(StrEnum):
    """Where a sending address comes from."""

    GIVEN = "given"
    SPF_OWN = "spf-own"
    SPF_POOL = "spf-pool"  # belongs to a service that many senders share


@dataclass(frozen=True, slots=True, kw_only=True)
class SendingIp:
    """An address that may send for the domain. `provider` is the service it belongs to, "" when none is known.

    `in_block`: SPF names a whole block around it, so it need not be in use.
    """

    ip: str
    origin: IpOrigin
    provider: str = ""
    in_block: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReverseNames:
    """The PTR names of an address, and those of them that point back to it. `unsettled` names were not answered."""

    names: tuple[str, ...]
    confirmed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IpFacts:
    """One sending address: its reverse names (forward-confirmed or not), and what SPF says of it.

    `spf` is Absent for an address that was taken from SPF; `spf_domain` is the domain whose record was evaluated.
    """

    sending: SendingIp
    ptr: Observed[tuple[str, ...]]
    reverse: Observed[ReverseNames]
    spf: Observed[SpfOutcome]
    spf_domain: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Where a second program reads a record ("SPF", "DMARC") otherwise than we do; `why` is its own complaint."""

    record: str
    ours: str
    theirs: str
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainFacts:
    """Everything that DNS says of one domain. `sender` is the one address that a round of checks looks at.

    `exists` is Absent when the name does not exist at all. `spf` holds the SPF records of the domain as published,
    `spf_tree` the parsed tree (Unknown when a part of it was not answered). `mx` is Absent without MX records;
    `null_mx` is a single MX of "." (RFC 7505). `addresses` are A and AAAA of the domain itself.
    `dangling` are selectors whose CNAME leads nowhere; `obsolete_spf` are records of the retired type SPF.
    `answers` are the raw answers behind all this; `second_opinion` is Absent when nobody was asked for one.
    `message` is None when nobody gave a sent one, `practice` is None when nobody asked for more than receivers demand.
    `helo_addresses` are those of the name `helo`, when somebody named one.
    `named_selectors` came from the user or a draft.
    """

    domain: str
    exists: Observed[bool]
    spf: Observed[tuple[str, ...]]
    spf_tree: Observed[SpfNode]
    dmarc: Observed[DmarcFacts]
    dkim: Observed[DkimFacts]
    mx: Observed[tuple[MailExchange, ...]]
    addresses: Observed[tuple[str, ...]]
    selectors: tuple[tuple[str, Observed[SelectorKey]], ...] = ()
    named_selectors: tuple[str, ...] = ()
    dangling: Observed[tuple[DanglingSelector, ...]] = ABSENT
    obsolete_spf: Observed[tuple[str, ...]] = ABSENT
    ips: tuple[IpFacts, ...] = ()
    helo: str = ""
    helo_addresses: Observed[tuple[str, ...]] = ABSENT
    sender: IpFacts | None = None
    practice: PracticeFacts | None = None
    message: MessageFacts | None = None
    second_opinion: Observed[tuple[Difference, ...]] = ABSENT
    answers: Mapping[Question, Observed[Answer]] = field(default_factory=dict, repr=False, compare=False)
    notes: tuple[Text, ...] = ()

    @property
    def null_mx(self) -> bool:
        """The domain says that it takes no mail (RFC 7505)."""
        return isinstance(self.mx, Found) and is_null_mx(self.mx.value)


def is_null_mx(exchanges: tuple[MailExchange, ...]) -> bool:
    """A single MX whose host is the root (RFC 7505)."""
    return [exchange.host for exchange in exchanges] in ([""], ["."])
