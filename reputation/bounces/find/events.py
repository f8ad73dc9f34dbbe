"""Events of sending services (webhooks and exports, JSON): which service it is, and whom it could not reach.

Field names are those of the services' own documentation, seen 2026-11. A service's class is used only where the quoted
reply says nothing: several call a domain without MX "soft".
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeAlias

from reputation.bounces.failure import Failure
from reputation.bounces.find import Found, Kind
from reputation.records.address import address_of_field
from reputation.records.reply import parse_reply

Event: TypeAlias = "Mapping[str, Any]"
MAX_EVENTS: Final = 100_000
_SES: Final = {
    "General": "", "NoEmail": "address", "Suppressed": "suppressed", "OnAccountSuppressionList": "suppressed",
    "MailboxFull": "mailbox-full", "MessageTooLarge": "size", "ContentRejected": "content",
    "AttachmentRejected": "attachment", "CustomTimeoutExceeded": "expired",
}  # fmt: skip
_SENDGRID: Final = {
    "invalid address": "address", "technical": "network", "content": "content", "reputation": "reputation",
    "frequency/volume": "rate", "frequency or volume too high": "rate", "mailbox unavailable": "mailbox-full",
    "bounced address": "suppressed", "unsubscribed address": "suppressed", "spam reporting address": "complaint",
    "invalid": "address",
}  # fmt: skip
_POSTMARK: Final = {
    "HardBounce": "address", "SoftBounce": "", "Transient": "network", "DnsError": "domain", "SpamNotification":
    "content",
    "VirusNotification": "attachment", "BadEmailAddress": "address", "ManuallyDeactivated": "suppressed", "Blocked":
    "policy",
    "DMARCPolicy": "authentication", "AddressChange": "moved",
}  # fmt: skip
_MANDRILL: Final = {
    "bad_mailbox": "address", "invalid_domain": "domain", "mailbox_full": "mailbox-full", "general": "", "spam":
    "content",
    "message_too_large": "size", "connection_failed": "network",
}  # fmt: skip
_SPARKPOST: Final = {
    "10": "address", "20": "", "21": "network", "22": "mailbox-full", "23": "size", "24": "expired", "25": "policy",
    "30": "address",
    "40": "", "50": "policy", "51": "content", "52": "content", "53": "attachment", "54": "relay", "70": "server",
    "80": "complaint",
    "90": "suppressed", "100": "",
}  # fmt: skip


def events_in(text: str) -> list[Found] | None:
    """What each event of a JSON text says - one object, an array, or one object a line; None when it is no JSON."""
    events = list(_objects(text))
    if not events:
        return None
    return [found for event in events[:MAX_EVENTS] for found in _read(event)]


def _objects(text: str) -> Iterator[Event]:
    text = text.strip().removeprefix("mandrill_events=")
    if not text.startswith(("{", "[")):
        return
    whole = _loaded(text)
    values = whole if isinstance(whole, list) else [whole]
    if whole is None:
        values = [_loaded(line) for line in text.splitlines()[:MAX_EVENTS] if line.strip()]
    yield from (value for value in values if isinstance(value, dict))


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _read(event: Event) -> Iterator[Found]:
    for knows, read in _SERVICES:
        if knows(event):
            for kind, failure in read(event):
                yield Found(kind, (failure,) if failure else ())
            return


Read: TypeAlias = "Iterator[tuple[Kind, Failure | None]]"


def _bounce(recipient: Any, text: Any, **more: str) -> tuple[Kind, Failure]:
    words = str(text or "")[:4_000]
    reply = parse_reply(words)
    more["status"] = more.get("status", "") or reply.status
    more["reply"] = more.get("reply", "") or reply.code
    more["host"] = more.get("host", "") or reply.host
    return Kind.BOUNCE, Failure(recipient=address_of_field(str(recipient or "")), text=reply.text, **more)


def _complained(recipient: Any) -> tuple[Kind, Failure]:
    return Kind.COMPLAINT, Failure(recipient=address_of_field(str(recipient or "")))


def _dict(event: Event, name: str) -> Event:
    value = event.get(name)
    return value if isinstance(value, dict) else {}


def _list(event: Event, name: str) -> list[Any]:
    value = event.get(name)
    return value if isinstance(value, list) else []


def _ses(event: Event) -> Read:
    """Amazon SES, bare or inside an SNS envelope."""
    inner = _loaded(str(event["Message"])) if "TopicArn" in event else event
    inner = inner if isinstance(inner, dict) else {}
    kind = inner.get("notificationType") or inner.get("eventType")
    bounce = _dict(inner, "bounce")
    reason = _SES.get(str(bounce.get("bounceSubType")), "")
    verdict = {"Permanent": "", "Transient": "soft"}.get(str(bounce.get("bounceType")), "unknown")
    if kind == "Bounce":
        for one in filter(lambda r: isinstance(r, dict), _list(bounce, "bouncedRecipients")):
            permanent = "address" if bounce.get("bounceType") == "Permanent" else "unknown"
            yield _bounce(
                one.get("emailAddress"), one.get("diagnosticCode"), status=str(one.get("status") or ""),
                service_reason=reason or permanent, service_verdict="" if reason else verdict,
            )  # fmt: skip
    elif kind == "Complaint":
        for one in filter(lambda r: isinstance(r, dict), _list(_dict(inner, "complaint"), "complainedRecipients")):
            yield _complained(one.get("emailAddress"))
    elif kind == "DeliveryDelay":
        for one in filter(lambda r: isinstance(r, dict), _list(_dict(inner, "deliveryDelay"), "delayedRecipients")):
            yield _bounce(one.get("emailAddress"), one.get("diagnosticCode"), action="delayed")


def _sendgrid(event: Event) -> Read:
    name = event.get("event")
    if name == "spamreport":
        yield _complained(event.get("email"))
    elif name in ("bounce", "dropped", "deferred"):
        text = event.get("reason") or event.get("response")
        classified = str(event.get("bounce_classification") or "").lower()
        service = _SENDGRID.get(classified, "") or _SENDGRID.get(str(text or "").lower(), "")
        action = "delayed" if name == "deferred" else "failed"
        blocked = "block" if event.get("type") == "blocked" and not service else ""
        yield _bounce(
            event.get("email"), text, status=str(event.get("status") or ""), action=action,
            service_reason=service or ("policy" if blocked else ""), service_verdict=blocked,
        )  # fmt: skip


def _mailgun(event: Event) -> Read:
    data = _dict(event, "event-data") or event
    status = _dict(data, "delivery-status")
    text = status.get("message") or status.get("description") or data.get("error")
    suppressed = str(data.get("reason", "")).startswith("suppress") or str(status.get("code")) in ("605", "607")
    if data.get("event") == "complained":
        yield _complained(data.get("recipient"))
    elif data.get("event") in ("failed", "bounced", "dropped", "rejected"):
        code, enhanced = str(status.get("code") or data.get("code") or ""), status.get("enhanced-code")
        yield _bounce(
            data.get("recipient"), text, status=str(enhanced or ""), reply=code if len(code) == 3 else "",
            host=str(status.get("mx-host") or ""), service_reason="suppressed" if suppressed else "",
            action="delayed" if data.get("severity") == "temporary" else "failed",
        )  # fmt: skip


def _postmark(event: Event) -> Read:
    kind, what = event.get("RecordType"), str(event.get("Type"))
    if kind == "SpamComplaint" or (kind == "Bounce" and what == "SpamComplaint"):
        yield _complained(event.get("Email") or event.get("Recipient"))
    elif kind == "Bounce" and what == "AutoResponder":
        yield Kind.AUTO, Failure(recipient=address_of_field(str(event.get("Email") or "")), action="")
    elif kind == "Bounce":
        service = _POSTMARK.get(what, "")
        soft = "soft" if what in ("SoftBounce", "Transient", "DnsError") else ""
        yield _bounce(
            event.get("Email"), event.get("Details"), service_reason=service or "unknown", service_verdict=soft
        )


def _brevo(event: Event) -> Read:
    name = str(event.get("event"))
    if name in ("spam", "complaint"):
        yield _complained(event.get("email"))
    elif name in ("hard_bounce", "soft_bounce", "blocked", "invalid_email", "deferred", "error"):
        service = {"hard_bounce": "address", "invalid_email": "address", "blocked": "suppressed"}.get(name, "unknown")
        action = "delayed" if name == "deferred" else "failed"
        verdict = "soft" if name in ("soft_bounce", "deferred") else ""
        yield _bounce(
            event.get("email"), event.get("reason"), action=action, service_reason=service, service_verdict=verdict
        )


def _mandrill(event: Event) -> Read:
    message, name = _dict(event, "msg") or _dict(event, "reject"), event.get("event")
    if name == "spam":
        yield _complained(message.get("email"))
    elif name in ("hard_bounce", "soft_bounce", "deferral", "reject"):
        fallback = "address" if name == "hard_bounce" else "unknown"
        service = _MANDRILL.get(str(message.get("bounce_description")), "") or fallback
        action = "delayed" if name == "deferral" else "failed"
        yield _bounce(message.get("email"), message.get("diag"), action=action, service_reason=service)


def _sparkpost(event: Event) -> Read:
    inner = next((v for v in _dict(event, "msys").values() if isinstance(v, dict)), {})
    kind, recipient = inner.get("type"), inner.get("raw_rcpt_to") or inner.get("rcpt_to")
    if kind == "spam_complaint":
        yield _complained(recipient)
    elif kind in ("bounce", "out_of_band", "delay", "policy_rejection"):
        service = _SPARKPOST.get(str(inner.get("bounce_class")), "")
        if inner.get("bounce_class") in (60, "60"):
            yield Kind.AUTO, Failure(recipient=address_of_field(str(recipient or "")), action="")
            return
        action = "delayed" if kind == "delay" else "failed"
        yield _bounce(recipient, inner.get("raw_reason") or inner.get("reason"), action=action, service_reason=service)


def _resend(event: Event) -> Read:
    data, kind = _dict(event, "data"), str(event.get("type"))
    recipients = data.get("to") if isinstance(data.get("to"), list) else [data.get("to")]
    bounce = _dict(data, "bounce")
    for recipient in recipients or []:
        if kind == "email.complained":
            yield _complained(recipient)
        elif kind in ("email.bounced", "email.delivery_delayed", "email.suppressed", "email.failed"):
            codes = bounce.get("diagnosticCode")
            text = " ".join(map(str, codes)) if isinstance(codes, list) else codes or bounce.get("message")
            permanent = "address" if bounce.get("type") == "Permanent" else "unknown"
            service = (
                "suppressed" if kind == "email.suppressed" else _SES.get(str(bounce.get("subType")), "") or permanent
            )
            action = "delayed" if kind == "email.delivery_delayed" else "failed"
            yield _bounce(recipient, text, action=action, service_reason=service)


def _kumo(event: Event) -> Read:
    if event.get("type") in ("Bounce", "TransientFailure", "OOB", "Expiration"):
        response = _dict(event, "response")
        code = _dict(response, "enhanced_code")
        status = ".".join(str(code.get(part, "")) for part in ("class", "subject", "detail")) if code else ""
        action = "delayed" if event.get("type") == "TransientFailure" else "failed"
        yield _bounce(
            event.get("recipient"), f"{response.get('code', '')} {response.get('content', '')}", status=status,
            action=action,
            service_reason="expired" if event.get("type") == "Expiration" else "",
        )  # fmt: skip


_SERVICES: Final[tuple[tuple[Callable[[Event], bool], Callable[[Event], Read]], ...]] = (
    (lambda e: "TopicArn" in e and "Message" in e, _ses),
    (lambda e: ("notificationType" in e or "eventType" in e) and "mail" in e, _ses),
    (lambda e: "notificationType" in e and ("bounce" in e or "complaint" in e), _ses),
    (lambda e: "sg_event_id" in e or "sg_message_id" in e or "smtp-id" in e, _sendgrid),
    (lambda e: "event-data" in e or ("event" in e and "recipient" in e), _mailgun),
    (lambda e: "RecordType" in e, _postmark),
    (lambda e: "msys" in e, _sparkpost),
    (lambda e: str(e.get("type", "")).startswith("email.") and "data" in e, _resend),
    (lambda e: "response" in e and "recipient" in e and "type" in e, _kumo),
    (lambda e: "event" in e and ("msg" in e or "reject" in e), _mandrill),
    (lambda e: "event" in e and "email" in e and ("message-id" in e or "ts_event" in e or "ts" in e), _brevo),
    (lambda e: "event" in e and "email" in e, _sendgrid),
)
