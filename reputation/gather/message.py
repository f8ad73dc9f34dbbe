"""One sent message: read from its file, every signature verified against DNS, the receiver's own verdicts beside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from email.utils import mktime_tz, parsedate_tz
from pathlib import Path
from typing import Final

from reputation.facts.domain import DomainFacts, IpOrigin
from reputation.facts.message import Decision, ForeignVerdict, MessageFacts, Signature
from reputation.gather.lookup import Lookup
from reputation.log import log_of
from reputation.model import BadInput, Cause, Found, Unknown
from reputation.records.answer import Question
from reputation.records.auth_results import connecting_address, parse_authentication_results
from reputation.records.dkim_signature import SignatureTags, parse_signature
from reputation.records.dns_name import is_below, normal
from reputation.records.dnsxl_names import registrable_domain
from reputation.records.mailbox import parse_mailbox
from reputation.records.message import Message, read_message
from reputation.records.spf_evaluate import Answers, SpfResult
from reputation.text import Text, say

log = log_of(__name__)
MAX_BYTES: Final = 25_000_000
MAX_SIGNATURES: Final = 10
SHORTEST_KEY: Final = 1024  # bits; RFC 8301 section 3.2: signatures of shorter keys are not valid
_SEAL: Final = ("ARC-Seal", "ARC-Message-Signature")
_LONGEST_DATE: Final = 200
_NEWLINE: Final = re.compile(rb"\r?\n")


@dataclass(frozen=True, slots=True)
class SentMessage:
    """A message as read: its bytes with CRLF, its headers, and the tags of its signatures in their order."""

    file: str
    raw: bytes
    message: Message
    signatures: tuple[SignatureTags, ...]

    @property
    def sender(self) -> str:
        """The domain of its From."""
        return parse_mailbox(self.message.header("From")).domain

    @property
    def envelope(self) -> str:
        """The address in its Return-Path, "" for a bounce or when there is none."""
        return parse_mailbox(self.message.header("Return-Path")).address

    @property
    def connecting_ip(self) -> str:
        """The address that handed it over, as its Received headers show it."""
        return connecting_address(header.value for header in self.message.all_headers("Received"))

    @property
    def received(self) -> int | None:
        """When the receiver took it, in Unix seconds, by its topmost Received header; None when that does not tell."""
        stamp = self.message.header("Received").rpartition(";")[2][:_LONGEST_DATE]
        try:
            date = parsedate_tz(stamp)
            return mktime_tz(date) if date else None
        except (ValueError, OverflowError):
            return None

    @property
    def selectors(self) -> tuple[tuple[str, str], ...]:
        """(selector, signing domain) of each readable signature."""
        return tuple((one.selector, one.domain) for one in self.signatures if one.problem is None)


def read_sent_message(name: str) -> SentMessage:
    """The message in a file; one without headers is read too. Raises BadInput when the file cannot be read."""
    path = Path(name)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise BadInput(say("{file} is larger than {most} MB", file=name, most=MAX_BYTES // 1_000_000))
        raw = path.read_bytes()
    except OSError as error:
        raise BadInput(say("{file}: {problem}", file=name, problem=error.strerror or type(error).__name__)) from None
    message = read_message(raw)
    tags = tuple(parse_signature(header.unfolded) for header in message.all_headers("DKIM-Signature")[:MAX_SIGNATURES])
    return SentMessage(name, _NEWLINE.sub(b"\r\n", raw), message, tags)


def notes_on(sent: SentMessage, ips: Sequence[str], facts: DomainFacts) -> tuple[Text, ...]:
    """What is to be said once about the message: where the address came from, and whose message it is."""
    if not sent.message.headers:
        return (
            say(
                "{file} has no headers; give a sent message as a whole (.eml). Nothing of it was judged.",
                file=sent.file,
            ),
        )
    notes = []
    if sent.connecting_ip and tuple(ips) == (sent.connecting_ip,):
        notes.append(
            say(
                "{ip} handed the message over, by its Received headers; name another address with --ip.",
                ip=sent.connecting_ip,
            )
        )
    if sent.sender and not is_below(sent.sender, facts.domain):
        notes.append(
            say("The From of the message is at {sender}, not at {domain}.", sender=sent.sender, domain=facts.domain)
        )
    return tuple(notes)


def with_message(facts: DomainFacts, sent: SentMessage, lookup: Lookup, now: int) -> DomainFacts:
    """The facts with what the message shows. One round trip for all keys, those of the ARC chain included."""
    answers = _keys(sent, lookup)
    seen = tuple(_signature(at, tags, sent, answers) for at, tags in enumerate(sent.signatures))
    taken = min(now, sent.received or now)
    timed = (_timed(one, tags, taken) for one, tags in zip(seen, sent.signatures, strict=True))
    signatures = tuple(replace(one, aligned=_is_aligned(one.domain, sent.sender, facts)) for one in timed)
    envelope = normal(sent.envelope.rpartition("@")[2])
    message = MessageFacts(
        file=sent.file,
        sender=sent.sender,
        envelope=envelope,
        signatures=signatures,
        spf_aligned=_spf_aligned(envelope, sent.sender, facts),
        chain=_chain(sent, answers),
        theirs=_theirs(sent),
        headers=frozenset(header.name.lower() for header in sent.message.headers),
    )
    return replace(facts, message=message)


def _keys(sent: SentMessage, lookup: Lookup) -> Answers:
    sealed = [parse_signature(h.unfolded) for name in _SEAL for h in sent.message.all_headers(name)[:MAX_SIGNATURES]]
    usable = [tags for tags in (*sent.signatures, *sealed) if tags.problem is None]
    questions = list(dict.fromkeys(Question(f"{tags.selector}._domainkey.{tags.domain}", "TXT") for tags in usable))
    return dict(zip(questions, lookup.ask_many(questions), strict=True))


class _Silent(Exception):
    """A key was asked for whose question was not answered."""

    def __init__(self, unknown: Unknown) -> None:
        super().__init__()
        self.unknown = unknown


def _reader(answers: Answers) -> Callable[..., bytes | None]:
    """What the library calls in place of DNS; it knows only the answers of this run."""

    def read(name: bytes | str, **_: object) -> bytes | None:
        text = name.decode("latin-1") if isinstance(name, bytes) else name
        observed = answers.get(Question(normal(text), "TXT"))
        if isinstance(observed, Unknown):
            raise _Silent(observed)
        return next(iter(observed.value.texts()), None) if isinstance(observed, Found) else None

    return read


def _signature(at: int, tags: SignatureTags, sent: SentMessage, answers: Answers) -> Signature:
    plain = Signature(
        domain=tags.domain, selector=tags.selector, verdict="fail", covered=tags.covered, body_length=tags.body_length
    )
    if tags.problem is not None:
        return replace(plain, problem=tags.problem)
    try:
        verdict = _verify(sent.raw, at, answers)
    except _Silent as silent:
        return replace(plain, verdict="unknown", cause=silent.unknown.cause)
    return replace(plain, verdict="pass") if verdict is None else replace(plain, problem=verdict)


def _verify(raw: bytes, at: int, answers: Answers) -> Text | None:
    """None when the signature is valid, else what is wrong with it."""
    import dkim

    try:
        valid = dkim.DKIM(raw, minkey=SHORTEST_KEY).verify(idx=at, dnsfunc=_reader(answers))
    except dkim.NaClNotFoundError:
        raise _Silent(Unknown(Cause.TOO_COMPLEX, "ed25519-sha256")) from None
    except dkim.ValidationError as error:
        if "body hash" in str(error):
            return say("the body was changed after signing")
        return say("it is not valid ({problem})", problem=str(error)[:120])
    except dkim.DKIMException as error:
        return say("it is not valid ({problem})", problem=str(error)[:120])
    except _Silent:
        raise
    except Exception as error:  # a stranger's parser on hostile text
        log.debug("the signature could not be verified", exc_info=True)
        return say("it could not be read ({problem})", problem=type(error).__name__)
    if valid:
        return None
    return say("it does not fit the headers or the published key, or there is no key")


def _chain(sent: SentMessage, answers: Answers) -> str:
    """pass, fail, or unknown; "" without a chain."""
    import dkim

    if not sent.message.all_headers("ARC-Seal"):
        return ""
    try:
        verdict, _, _ = dkim.ARC(sent.raw).verify(dnsfunc=_reader(answers))
    except _Silent:
        return "unknown"
    except Exception:  # a stranger's parser on hostile text
        log.debug("the ARC chain could not be verified", exc_info=True)
        return "fail"
    return "pass" if verdict == dkim.CV_Pass else "fail"


def _timed(signature: Signature, tags: SignatureTags, taken: int) -> Signature:
    """A signature that had expired when the message was taken counts for nothing (RFC 6376 section 3.5)."""
    if tags.expires is None or tags.expires >= taken:
        return signature
    return replace(signature, expired=True, verdict="fail", cause=None)


def _is_aligned(domain: str, sender: str, facts: DomainFacts) -> bool:
    """Relaxed: within the same organizational domain (RFC 9989 section 4.4); strict: the very same name."""
    policy = facts.dmarc.value.policy if isinstance(facts.dmarc, Found) else None
    if not domain or not sender:
        return False
    if policy is not None and policy.record.strict_dkim:
        return normal(domain) == normal(sender)
    return _same_organization(domain, sender, facts)


def _same_organization(name: str, sender: str, facts: DomainFacts) -> bool:
    known = facts.dmarc.value.organizational_domain if isinstance(facts.dmarc, Found) else ""
    house = known if known and is_below(sender, known) else sender
    return is_below(name, house) or registrable_domain(name) == registrable_domain(sender)


def _spf_aligned(envelope: str, sender: str, facts: DomainFacts) -> Decision:
    """Whether SPF passed for an aligned envelope sender, as far as the sending address is known."""
    policy = facts.dmarc.value.policy if isinstance(facts.dmarc, Found) else None
    if not envelope or not sender:
        return False
    strict = policy is not None and policy.record.strict_spf
    if not (envelope == normal(sender) if strict else _same_organization(envelope, sender, facts)):
        return False
    given = [ip.spf for ip in facts.ips if ip.sending.origin is IpOrigin.GIVEN and ip.spf_domain == envelope]
    if not given:
        return "needs --ip"
    if any(not isinstance(spf, Found) for spf in given):
        return "unanswered"
    return all(isinstance(spf, Found) and spf.value.result is SpfResult.PASS for spf in given)


def _theirs(sent: SentMessage) -> tuple[ForeignVerdict, ...]:
    """Only the topmost header: the receiver itself wrote it; those below may be a stranger's."""
    headers: Sequence[str] = [h.value for h in sent.message.all_headers("Authentication-Results")[:1]]
    found = parse_authentication_results(headers[0]) if headers else ()
    return tuple(ForeignVerdict(method=one.method, result=one.result, about=one.about) for one in found)
