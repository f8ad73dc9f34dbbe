"""Finds what a message is - bounce, delay, complaint, automatic reply, receipt or ordinary mail - and whom it names.

    found = find(raw)
    found.kind, found.failures, found.returned.subject

The most certain evidence first: feedback report, delivery status, X-Failed-Recipients, the words of the mail system;
an automatic reply is told from a bounce before the words are searched.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import Final

from reputation.bounces.failure import Failure
from reputation.bounces.find.frames import bare_subject, contains, frames, is_bounce_subject, is_system_sender
from reputation.bounces.find.mail import Mail, Returned, read_mail
from reputation.bounces.find.prose import failures_in_prose, hint_of, reply_in
from reputation.bounces.find.replies import is_automatic_reply, is_receipt, says_confirm, says_gone
from reputation.bounces.find.status import failures_in_status
from reputation.records.address import find_addresses
from reputation.records.arf import parse_feedback_report
from reputation.records.reply import parse_reply

GONE: Final = "left"  # the service_reason of an automatic reply that says so
CHALLENGE: Final = "challenge"  # and of one that asks the sender to confirm


class Kind(StrEnum):
    """What a message is."""

    BOUNCE = "bounce"
    COMPLAINT = "complaint"
    AUTO = "auto"
    RECEIPT = "receipt"
    ORDINARY = "ordinary"


@dataclass(frozen=True, slots=True)
class Found:
    """What was found. A bounce may name nobody; then `failures` is empty. `date` is its day (2026-11-24), or "".

    `partial` is set for a pasted piece that announces a bounce and ends before the reason.
    """

    kind: Kind
    failures: tuple[Failure, ...] = ()
    returned: Returned = field(default_factory=Returned)
    date: str = ""
    partial: bool = False


def find(raw: bytes) -> Found:
    """What the message in `raw` is. Never raises."""
    mail = read_mail(raw)
    for look in _LOOKS:
        found = look(mail)
        if found is not None:
            return replace(found, returned=_returned(mail, found.kind), date=_day(mail.header("Date")))
    return Found(Kind.ORDINARY, (), mail.returned)


def _returned(mail: Mail, kind: Kind) -> Returned:
    """The returned mail; where a bounce does not quote it, it came back to whoever had sent it."""
    if kind is not Kind.BOUNCE or mail.returned.sender:
        return mail.returned
    return replace(mail.returned, sender=mail.header("To"))


def _day(written: str) -> str:
    """The day of a Date header (RFC 5322 section 3.3) as the sender saw it; "" when it can not be read."""
    try:
        return parsedate_to_datetime(written[:100]).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def _complaint(mail: Mail) -> Found | None:
    report = parse_feedback_report(mail.feedback_text) if mail.feedback_text else None
    if report is None:
        return _microsoft_complaint(mail)
    if not report.is_complaint:
        return Found(Kind.RECEIPT)
    recipient = report.recipient or next(iter(mail.returned.recipients), "")
    return Found(Kind.COMPLAINT, (Failure(recipient=recipient, text=report.feedback_type),))


def _microsoft_complaint(mail: Mail) -> Found | None:
    """Microsoft's programme (JMRP) wraps the mail and names the recipient in a header of it."""
    about = mail.header("Subject").lower().startswith("complaint about message from")
    if not mail.returned.complainer and not (about and mail.returned.subject):
        return None
    recipient = mail.returned.complainer or next(iter(mail.returned.recipients), "")
    return Found(Kind.COMPLAINT, (Failure(recipient=recipient, text="abuse"),))


def _receipt(mail: Mail) -> Found | None:
    return Found(Kind.RECEIPT) if is_receipt(mail) else None


def _status(mail: Mail) -> Found | None:
    failures = failures_in_status(mail) if mail.status_text else ()
    return Found(Kind.BOUNCE, tuple(failures)) if failures else None


def _failed_header(mail: Mail) -> Found | None:
    """X-Failed-Recipients of Exim and Gmail (addresses, divided by commas)."""
    failed = find_addresses(", ".join(h.unfolded for h in mail.message.all_headers("X-Failed-Recipients"))[:20_000])
    if not failed:
        return None
    action = action_of(mail)
    told = {f.recipient.lower(): f for f in failures_in_prose(mail, action)}
    fallback = next(iter(told.values())) if len(told) == 1 else None
    return Found(Kind.BOUNCE, tuple(told.get(a.lower()) or _bare(mail, a, action, fallback) for a in failed))


def _bare(mail: Mail, address: str, action: str, told: Failure | None = None) -> Failure:
    """A failure whose address is known and whose words are all the words there are."""
    if told is not None:
        return replace(told, recipient=address, original=told.recipient)
    parsed = parse_reply(reply_in(mail.words) or hint_of(mail.words))
    return Failure(
        recipient=address, text=parsed.text, status=parsed.status, reply=parsed.code, host=parsed.host,
        command=parsed.command, action=action, hint=hint_of(mail.words),
    )  # fmt: skip


def _reply(mail: Mail) -> Found | None:
    if not is_automatic_reply(mail):
        return None
    said = GONE if says_gone(mail) else CHALLENGE if says_confirm(mail) else ""
    return Found(Kind.AUTO, (Failure(recipient=_sender(mail), action="", service_reason=said),))


def _sender(mail: Mail) -> str:
    return next(iter(find_addresses(mail.header("From")[:2_000])), "")


def _words(mail: Mail) -> Found | None:
    if not _is_framed(mail):
        return None
    action = action_of(mail)
    failures = failures_in_prose(mail, action)
    if not failures:
        failures = [_bare(mail, address, action) for address in _returned_to(mail)]
    return Found(Kind.BOUNCE, tuple(failures))


def _returned_to(mail: Mail) -> tuple[str, ...]:
    """The only recipient of the returned mail: where nobody is named, it can only be him."""
    return mail.returned.recipients if len(mail.returned.recipients) == 1 else ()


def _is_framed(mail: Mail) -> bool:
    """Whether two of three signs of a bounce are there: its sender, its subject, its words."""
    if mail.is_delivery_report:
        return True
    sender = is_system_sender(mail.header("From")) or mail.header("Return-Path").strip() == "<>"
    subject = is_bounce_subject(mail.header("Subject"))
    if sender and subject:
        return True
    words = "\n".join(mail.words[:80]).lower()
    signs = sum(contains(words, opening) for opening in frames().openings)
    return signs > 0 if sender or subject else signs > 1 and _is_first_mail(mail) and bool(reply_in(mail.words[:80]))


def _is_first_mail(mail: Mail) -> bool:
    """Whether a mail answers none and comes from no list: people quote bounces to each other, systems do not reply."""
    return not any(mail.message.all_headers(n) for n in ("In-Reply-To", "References", "List-Id", "List-Post"))


def action_of(mail: Mail) -> str:
    """Delayed when the subject or the words say that the system goes on trying."""
    if bare_subject(mail.header("Subject")).startswith(frames().warnings):
        return "delayed"
    words = "\n".join(mail.words[:60]).lower()
    return "delayed" if any(sign in words for sign in frames().still_trying) else "failed"


_LOOKS: Final[tuple[Callable[[Mail], Found | None], ...]] = (
    _complaint, _receipt, _status, _failed_header, _reply, _words,
)  # fmt: skip
