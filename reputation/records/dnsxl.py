"""DNS blocklists as RFC 5782 has them: the list, its codes, and the nine states an answer can mean."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from reputation.model import Severity


class Kind(StrEnum):
    """What a list holds. A list is never asked about a kind that it does not hold."""

    IP4 = "ip4"
    IP6 = "ip6"
    DOMAIN = "domain"  # asked with the registrable domain, unless the list says `full_name`
    URL_HOST = "url-host"  # asked in full, unless the list holds domains too


class State(StrEnum):
    """What one list says of one subject: nine answers, never two."""

    LISTED = "listed"
    LISTED_POLICY = "listed-policy"
    INFO = "info"
    GOOD = "good"
    CLEAN = "clean"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    UNTRUSTED = "untrusted"
    NOT_APPLICABLE = "not-applicable"


class CodeSense(StrEnum):
    """What a code stands for (contract 4: `as`)."""

    LISTED = "listed"
    POLICY = "policy"
    INFO = "info"
    GOOD = "good"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Code:
    """One line of a list's code table. `pattern` as in the file: exact, last-octet range, CIDR or "&n"."""

    pattern: str
    meaning: str
    sense: CodeSense = CodeSense.LISTED


@dataclass(frozen=True, slots=True)
class FairUse:
    """What the operator allows; None where nothing is stated."""

    queries_per_day: int | None = None
    queries_per_second: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocklist:
    """One zone of the catalogue. `file` names where it was read, for messages. Texts are English message ids."""

    zone: str
    name: str
    operator: str
    kinds: frozenset[Kind]
    severity: Severity
    default: bool = False
    full_name: bool = False  # a domain list that wants the host name as it is, not the registrable domain
    test_listed: tuple[str, ...] = ()
    test_unlisted: tuple[str, ...] = ()
    test_confirmed: bool = True  # False: a silent test_listed lowers the confidence, it does not make it untrusted
    codes: tuple[Code, ...] = ()
    delist: str = ""
    delist_how: str = ""
    why: str = ""  # who uses it and what a listing means, for the person who is listed
    key: str = ""  # label of the user's key that goes in front of the zone
    register: str = ""  # page where a key is given or the asking resolver is enrolled
    fair_use: FairUse = field(default_factory=FairUse)
    confirmed: bool = True  # False: facts from memory, weighs little
    collective: bool = False  # a network, a country or a neighbourhood is listed, not the sender
    contains: tuple[str, ...] = ()  # zones whose data this one already holds
    checked: date | None = None
    sources: tuple[str, ...] = ()
    file: str = ""


@dataclass(frozen=True, slots=True)
class ClosedList:
    """A zone that must not be asked any more, or a whole suffix when `zone` begins with "*."."""

    zone: str
    name: str
    closed: str
    reason: str
    source: str
