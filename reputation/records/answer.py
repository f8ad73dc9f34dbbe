"""What one DNS question was answered with, as types that the other rooms can read without a DNS library."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, TypeAlias


class Question(NamedTuple):
    """One question. `shown` is the name as people may see it: without the user's key; empty means `name` itself."""

    name: str
    rdtype: str = "A"
    shown: str = ""

    @property
    def source(self) -> str:
        """How the question is named in reports: "TXT _dmarc.example.com"."""
        return f"{self.rdtype} {self.shown or self.name}"


class MailExchange(NamedTuple):
    """One MX record (RFC 5321 section 5.1)."""

    preference: int
    host: str


RecordData: TypeAlias = "str | bytes | MailExchange"


@dataclass(frozen=True, slots=True)
class Answer:
    """The records of the asked type, in the order received and bounded in number and size.

    `records` holds str for A, AAAA, CNAME, PTR, NS (names without the final dot, lower case), bytes for TXT (the
    strings joined, RFC 7208 section 3.3) and MailExchange for MX; any other type is its presentation text.
    `canonical_name` is the owner of the records after CNAMEs. `ttl` is in seconds. `authenticated` is the AD bit.
    `cut` says that there was more than the bounds allow.
    """

    records: tuple[RecordData, ...]
    canonical_name: str = ""
    ttl: int = 0
    authenticated: bool = False
    cut: bool = False

    def strings(self) -> tuple[str, ...]:
        """The records that are names or addresses."""
        return tuple(r for r in self.records if isinstance(r, str))

    def texts(self) -> tuple[bytes, ...]:
        """The TXT records."""
        return tuple(r for r in self.records if isinstance(r, bytes))

    def exchanges(self) -> tuple[MailExchange, ...]:
        """The MX records, best preference first."""
        return tuple(sorted(r for r in self.records if isinstance(r, MailExchange)))
