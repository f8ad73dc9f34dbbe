"""What an answer says: the plain ones by hand, everything else through dnspython, which is imported only then."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, NamedTuple

from reputation.gather.dns.scrub import record_without_secret, secret_labels, without_secret
from reputation.model import Absent, Cause, Found, Observed, Unknown
from reputation.records.answer import Answer, MailExchange, Question, RecordData
from reputation.records.wire import (
    MAX_ADDRESSES,
    NOTIMP,
    NXDOMAIN,
    RCODE_NAMES,
    REFUSED,
    SERVFAIL,
    BrokenMessage,
    read_addresses,
)
from reputation.text import Text, say

if TYPE_CHECKING:
    from dns.message import Message
    from dns.name import Name
    from dns.rdata import Rdata
    from dns.rrset import RRset

MAX_ALIASES: Final = 8
MAX_RECORDS: Final = 64
MAX_RECORD_BYTES: Final = 16_384  # all records of one answer together
_MAX_REASON: Final = 120
_DNSSEC_REASONS: Final = range(6, 13)  # RFC 8914 section 4: from "DNSSEC Bogus" to "NSEC Missing"
_BROKEN: Final = say("the answer could not be read")
_OTHER_RECORDS: Final = say("the answer holds only records that were not asked for")


class Follow(NamedTuple):
    """The answer ended at an alias: its target has to be asked. `seen` are the names passed so far."""

    target: str
    seen: tuple[str, ...]


def read(question: Question, packed: bytes, data: bytes, seen: tuple[str, ...] = ()) -> Observed[Answer] | Follow:
    """What `data` answers to `question`, whose packed form it echoes. Never raises."""
    code = data[3] & 15
    records = data[6] << 8 | data[7]
    if code == NXDOMAIN and not records:
        return Absent(question.source, True, bool(seen))
    if code not in (0, NXDOMAIN) and data[10:12] == b"\x00\x00":  # no room for a reason
        return failed(question, code)
    try:
        if code == 0 and not seen and question.rdtype == "A":
            if not records and (data[2] & 0x04 or data[3] & 0x80):
                return Absent(question.source)
            plain = read_addresses(data, packed) if records else None
            if plain:
                addresses, ttl, cut = plain
                return Found(Answer(addresses, _shown(question), ttl, bool(data[3] & 0x20), cut), question.source)
        return _read_fully(question, data, seen)
    except BrokenMessage:
        return Unknown(Cause.MALFORMED_ANSWER, question.source, _BROKEN)


def _shown(question: Question) -> str:
    return (question.shown or question.name).lower().rstrip(".")


def _read_fully(question: Question, data: bytes, seen: tuple[str, ...]) -> Observed[Answer] | Follow:
    from dns.message import from_wire

    header_code = data[3] & 15
    try:
        message = from_wire(data)
        code = int(message.rcode())
        if code not in (0, NXDOMAIN):
            return failed(question, code, _reason(message, secret_labels(question)))
        return _follow(question, message, seen)
    except Exception:  # dnspython's own classes and whatever hostile bytes reach in it
        if header_code not in (0, NXDOMAIN):
            return failed(question, header_code)
        return Unknown(Cause.MALFORMED_ANSWER, question.source, _BROKEN)


def failed(question: Question, code: int, reason: Text | None = None) -> Unknown:
    """The Unknown of an error code. The code is said where the cause alone does not say it."""
    cause = Cause.REFUSED if code in (REFUSED, NOTIMP) else Cause.SERVFAIL
    if reason is None and code not in (REFUSED, SERVFAIL):
        reason = say("the name server answered {code}", code=RCODE_NAMES.get(code, f"RCODE {code}"))
    return Unknown(cause, question.source, reason)


def _reason(message: Message, secret: frozenset[str]) -> Text | None:
    """The Extended DNS Error (RFC 8914), its text cleaned: printable ASCII, one line, short."""
    from dns.edns import EDECode, EDEOption

    for option in message.options:
        if isinstance(option, EDEOption):
            name = EDECode.to_text(option.code).replace("_", " ") if option.code in set(EDECode) else str(option.code)
            words = f"{name}: {option.text}" if option.text else name
            clean = "".join(c if " " <= c <= "~" else "?" for c in without_secret(words, secret))[:_MAX_REASON]
            if option.code in _DNSSEC_REASONS:
                return say("DNSSEC validation failed ({reason})", reason=clean)
            return say("the resolver gave a reason: {reason}", reason=clean)
    return None


def _follow(question: Question, message: Message, seen: tuple[str, ...]) -> Observed[Answer] | Follow:
    sets = {(rrset.name, rrset.rdtype.name): rrset for rrset in message.answer if rrset.rdclass == 1}
    name = message.question[0].name
    passed = [*seen, _text(name)]
    while (name, question.rdtype) not in sets and (name, "CNAME") in sets:
        name = sets[name, "CNAME"][0].target
        if _text(name) in passed:
            return Unknown(Cause.SERVFAIL, question.source, say("the name is an alias that leads back to itself"))
        passed.append(_text(name))
        if len(passed) > MAX_ALIASES + 1:
            detail = say("the name is an alias of an alias, more than {limit} times", limit=MAX_ALIASES)
            return Unknown(Cause.SERVFAIL, question.source, detail)
    found = sets.get((name, question.rdtype))
    if found is not None:
        return Found(_answer(question, message, found), question.source)
    return _without_records(question, message, passed, len(seen) + 1)


def _without_records(question: Question, message: Message, passed: list[str], before: int) -> Observed[Answer] | Follow:
    if int(message.rcode()) == NXDOMAIN:
        return Absent(question.source, nxdomain=True, alias=len(passed) > 1)
    if message.answer and len(passed) == before:
        return Unknown(Cause.MALFORMED_ANSWER, question.source, _OTHER_RECORDS)
    has_soa = any(rrset.rdtype.name == "SOA" for rrset in message.authority)
    if len(passed) > before and not has_soa:
        return Follow(passed[-1], tuple(passed[:-1]))
    if message.authority and not has_soa and not message.flags & 0x0480:  # neither AA nor RA: a referral
        return Unknown(Cause.REFUSED, question.source, say("this name server does not look names up for others"))
    return Absent(question.source, alias=len(passed) > 1)


def _answer(question: Question, message: Message, found: RRset) -> Answer:
    records, cut = _bounded(question.rdtype, found)
    secret = secret_labels(question)
    if secret:
        records = tuple(record_without_secret(record, secret) for record in records)
    name = _shown(question) if secret else _text(found.name)
    return Answer(records, name, found.ttl, bool(message.flags & 0x0020), cut)


def _bounded(rdtype: str, found: Iterable[Rdata]) -> tuple[tuple[RecordData, ...], bool]:
    limit = MAX_ADDRESSES if rdtype in ("A", "AAAA") else MAX_RECORDS
    out: list[RecordData] = []
    left = MAX_RECORD_BYTES
    for rdata in found:
        record = _record(rdtype, rdata)
        if len(out) == limit or left <= 0:
            return tuple(out), True
        size = len(record.host) if isinstance(record, MailExchange) else len(record)
        out.append(record if size <= left or isinstance(record, MailExchange) else record[:left])
        left -= size
    return tuple(out), left < 0


def _record(rdtype: str, rdata: Rdata) -> RecordData:
    from dns.rdtypes.ANY.MX import MX
    from dns.rdtypes.ANY.TXT import TXT

    if isinstance(rdata, TXT):
        return b"".join(rdata.strings)
    if isinstance(rdata, MX):
        return MailExchange(rdata.preference, _text(rdata.exchange))
    if rdtype in ("CNAME", "PTR", "NS"):
        return rdata.to_text().lower().rstrip(".")
    return rdata.to_text()


def _text(name: Name) -> str:
    return name.to_text().lower().rstrip(".")
