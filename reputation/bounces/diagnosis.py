"""The public face of this room: bytes or text in, a Diagnosis out. No I/O, never an exception from what is inside.

from reputation import diagnose

diagnosis = diagnose(raw)
for recipient in diagnosis.recipients:
    print(recipient.recipient, recipient.verdict, recipient.reason)
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from reputation.bounces.decide import Decision, decide
from reputation.bounces.drafts import NO_DRAFT, OUR_SIDE, Draft, draft
from reputation.bounces.failure import Failure
from reputation.bounces.find import CHALLENGE, GONE, Found, Kind, find
from reputation.bounces.find.events import events_in
from reputation.bounces.find.logs import failure_in_line, looks_like_log
from reputation.bounces.find.mail import Returned
from reputation.bounces.find.pasted import find_in_text, looks_like_message
from reputation.bounces.knowledge import knowledge, provider_of
from reputation.model import Confidence
from reputation.records.address import domain_of, find_addresses
from reputation.records.address_typos import Suggestion, suggest
from reputation.records.charset import decode
from reputation.records.status import find_status
from reputation.text import Text, say

_REFUSED_IP: Final = re.compile(
    r"(?:client host|messages from|mail from|with ip:?|(?:your|sending|the) ip(?: address)?:?|\bip:)\s{0,3}[\[(]?"
    r"((?:\d{1,3}\.){3}\d{1,3})\b",
    re.I,
)
_OWN_DOMAIN: Final = re.compile(
    r"(?:sending domain|unauthenticated e-?mail from|spf \[)\s{0,3}<?((?:[a-z0-9_-]{1,63}\.)+[a-z][a-z0-9-]{1,62})",
    re.I,
)
_ORDER = ("complaint", "hard", "block", "soft", "unknown", "auto", "none")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientDiagnosis:
    """What one recipient's failure means.

    `verdict` is hard, soft, block, auto, complaint, none or unknown; `reason` one of the reasons of the contract and
    `detail` the finer one. `status` is the enhanced code, `reply` the three digits, both "" when not given; `text` is
    what the other side said. `what`, `whose` and `next` are sentences for a person; `meaning` is the row of the table
    that matched, when one did. `suggestion` is set when the address looks mistyped.
    """

    recipient: str
    verdict: str
    reason: str
    detail: str
    status: str
    reply: str
    permanent: bool
    text: str
    confidence: Confidence
    title: Text
    what: Text
    whose: Text
    next: Text
    advice: Text
    meaning: Text | None = None
    source: str = ""
    template: str = "none"
    retry_after_hours: int = 0
    host: str = ""
    provider: str = ""
    suggestion: Suggestion | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """What one message, reply line, event or log line says. `verdict` is the gravest of the recipients'.

    `date` is the day of the message (2026-11-24), "" when it has none.
    """

    verdict: str
    why: Text
    recipients: tuple[RecipientDiagnosis, ...] = ()
    returned: Returned = field(default_factory=Returned)
    date: str = ""

    def draft_for(self, recipient: RecipientDiagnosis, language: str = "en") -> Draft | None:
        """The text to send after this failure, the subject of the lost mail filled in; None when none is useful."""
        return draft(recipient.template, self._values(recipient), language)

    def drafts_for(self, recipient: RecipientDiagnosis, language: str = "en") -> tuple[Draft, ...]:
        """All texts: where the colleague gets one, the contact gets one too. Empty when there is nothing to send."""
        first = self.draft_for(recipient, language)
        if first is None or first.audience != "colleague":
            return (first,) if first else ()
        second = draft(OUR_SIDE, self._values(recipient), language)
        return (first, second) if second else (first,)

    def _values(self, recipient: RecipientDiagnosis) -> dict[str, str]:
        sender = next(iter(find_addresses(self.returned.sender[:2_000])), "")
        refused = _REFUSED_IP.search(recipient.text)
        return {
            "recipient": recipient.recipient, "subject": self.returned.subject, "reply": recipient.text,
            "domain": domain_of(recipient.recipient),
            "sender_domain": domain_of(sender) or _named_domain(recipient.text),
            "sender_ip": refused[1] if refused else "",
        }  # fmt: skip


def diagnose(source: bytes | str) -> Diagnosis:
    """The meaning of one bounce: a whole message, a pasted text such as a single SMTP reply, a log line, JSON events.

    Reads at most the first megabyte. Ordinary mail gives the verdict "none" and no recipients. Never raises.
    """
    raw = source.encode("utf-8", "surrogateescape") if isinstance(source, str) else source
    if looks_like_message(raw):
        return diagnosed(find(raw))
    text = source if isinstance(source, str) else decode(raw[: 256 * 1024]).text
    return diagnosed(_of_machine(text) or find_in_text(text))


def _of_machine(text: str) -> Found | None:
    """The recipients of JSON events or of one log line, all together; None for anything else."""
    events = events_in(text)
    if events is not None:
        named = [found for found in events if found.failures]
        kind = named[0].kind if named else Kind.ORDINARY
        return Found(kind, tuple(failure for found in named if found.kind is kind for failure in found.failures))
    line = text.strip()
    if "\n" in line or not looks_like_log([line]):
        return None
    failure = failure_in_line(line)
    return Found(Kind.BOUNCE, (failure,)) if failure else Found(Kind.ORDINARY)


def diagnosed(found: Found) -> Diagnosis:
    """The Diagnosis of what a finder brought home."""
    if found.kind is Kind.AUTO:
        return _automatic(found)
    if found.kind not in (Kind.BOUNCE, Kind.COMPLAINT):
        return Diagnosis(verdict="none", why=_why_none(found), returned=found.returned)
    recipients = tuple(_recipient(failure, _decision(found, failure)) for failure in found.failures)
    verdict = min((r.verdict for r in recipients), key=_ORDER.index, default="unknown")
    return Diagnosis(
        verdict=verdict, why=_why(found, recipients), recipients=recipients, returned=found.returned, date=found.date
    )


def _decision(found: Found, failure: Failure) -> Decision:
    if found.kind is Kind.COMPLAINT:
        return Decision(knowledge().reasons["complaint"], "complaint", Confidence.HIGH)
    return decide(failure)


def _automatic(found: Found) -> Diagnosis:
    said = {failure.service_reason for failure in found.failures}
    name = next((name for name in (GONE, CHALLENGE) if name in said), "auto")
    decision = Decision(knowledge().reasons[name], "auto", Confidence.HIGH)
    recipients = tuple(_recipient(failure, decision) for failure in found.failures)
    why = decision.reason.next if name == GONE else decision.reason.what
    return Diagnosis(verdict="auto", why=why, recipients=recipients, returned=found.returned, date=found.date)


def _why_none(found: Found) -> Text:
    if found.kind is Kind.RECEIPT:
        return say("This is a receipt or a report about a mail that arrived, not a bounce.")
    return say(
        "This is no bounce: no mail system says here that a mail could not be delivered. If it is a part of one, paste "
        "the whole of it, with the lines in English and the numbers such as 550 5.1.1."
    )


def _why(found: Found, recipients: tuple[RecipientDiagnosis, ...]) -> Text:
    if not recipients and found.partial:
        return say(
            "This looks like the beginning of a bounce; the part that says why is missing. Please paste the whole "
            "mail, with the lines in English and the numbers such as 550 5.1.1."
        )
    if not recipients:
        return say("This is a bounce, but it does not say which address failed.")
    if found.kind is Kind.COMPLAINT:
        return recipients[0].what
    return say("A mail system reports a mail that could not be delivered.")


def _recipient(failure: Failure, decision: Decision) -> RecipientDiagnosis:
    reason, row = decision.reason, decision.row
    waiting = failure.action == "delayed"
    own_row = row is not None and bool(row.dialect)
    return RecipientDiagnosis(
        recipient=failure.recipient, verdict=decision.verdict, reason=reason.under, detail=reason.name,
        status=_status(failure), reply=failure.reply, permanent=decision.permanent, text=failure.text[:1_000],
        confidence=decision.confidence, title=reason.title, what=reason.what, whose=reason.whose,
        next=_still_trying() if waiting else reason.next,
        advice=row.advice if row is not None else reason.advice,
        meaning=row.meaning if row is not None and own_row else None, source=row.source if row and own_row else "",
        template=NO_DRAFT if waiting else reason.template,
        retry_after_hours=0 if decision.permanent else reason.retry_after_hours,
        host=failure.host, provider=provider_of(failure.host) or provider_of(domain_of(failure.recipient)),
        suggestion=suggest(failure.recipient) if decision.verdict == "hard" else None,
    )  # fmt: skip


def _named_domain(text: str) -> str:
    """Our domain, where the reply itself names it."""
    found = _OWN_DOMAIN.search(text)
    return found[1].lower() if found else ""


def _still_trying() -> Text:
    return say(
        "Do not send it again: the mail system is still trying by itself, and reports once more if it gives up. If it "
        "is urgent, tell the contact by another channel."
    )


def _status(failure: Failure) -> str:
    """The code that says most: the one inside the reply when the field is of the catch-all kind."""
    inside = find_status(failure.text)
    return inside if inside and (not failure.status or failure.status.endswith(".0.0")) else failure.status
