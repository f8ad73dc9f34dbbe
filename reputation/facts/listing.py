"""What the blocklists said: one fact per list and subject, its state decided where the network was read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from reputation.model import Confidence, Found, Observed, Unknown
from reputation.records.dnsxl import Blocklist, Kind, State
from reputation.records.dnsxl_codes import CodeHit
from reputation.text import Text


class Role(StrEnum):
    """Why a subject is asked about: it decides whose fault a listing is, and what to do."""

    GIVEN_IP = "given-ip"
    SPF_IP = "spf-ip"
    POOL_IP = "pool-ip"  # shared by the customers of an e-mail service
    DOMAIN = "domain"
    FROM_DOMAIN = "from-domain"
    LINK_HOST = "link-host"


@dataclass(frozen=True, slots=True)
class ListingSubject:
    """One address, domain or link host. `text` is canonical: an A-label, or an address as ipaddress writes it."""

    text: str
    kind: Kind
    role: Role

    @property
    def asked_as(self) -> tuple[Kind, bool]:
        """The kind by which lists are chosen, and whether it stands in a link: a name in a link is a link host."""
        of_link = self.role is Role.LINK_HOST
        return (Kind.URL_HOST if of_link and self.kind is Kind.DOMAIN else self.kind), of_link


@dataclass(frozen=True, slots=True, eq=False)
class ListAnswer:
    """What one list said of one subject; the same object serves every subject that got the same answer.

    `unknown` is set exactly when `state` is refused, unreachable or untrusted. `codes` are all addresses of the
    answer; `reason` is the list's TXT, cleaned; `cut` says that the answer had more addresses than are read.
    """

    blocklist: Blocklist
    kind: Kind
    state: State
    codes: tuple[CodeHit, ...] = ()
    reason: str = ""
    confidence: Confidence = Confidence.HIGH
    unknown: Unknown | None = None
    cut: bool = False


@dataclass(frozen=True, slots=True)
class ListingFacts:
    """One subject and what each list said of it, in the order of the lists."""

    subject: ListingSubject
    answers: tuple[ListAnswer, ...]


@dataclass(frozen=True, slots=True)
class ListedFact:
    """What a check judges: one answer, in the role of its subject."""

    answer: ListAnswer
    role: Role

    @property
    def observed(self) -> Observed[ListedFact]:
        """Unknown as gather decided it, or this very fact."""
        return self.answer.unknown or Found(self)


@dataclass(frozen=True, slots=True)
class Listings:
    """All that was gathered, and what is to be said once about the run."""

    facts: tuple[ListingFacts, ...]
    notes: tuple[Text, ...] = ()
