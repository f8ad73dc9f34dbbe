"""Failed recipients from the delivery status part (RFC 3464), completed from the words for people where it is poor."""

from __future__ import annotations

from reputation.bounces.failure import Failure
from reputation.bounces.find.mail import Mail
from reputation.bounces.find.prose import failures_in_prose, hint_of, reply_in
from reputation.records.dsn import DeliveryStatus, RecipientStatus, parse_delivery_status
from reputation.records.reply import parse_reply
from reputation.records.status import class_of


def failures_in_status(mail: Mail) -> list[Failure]:
    """One failure for each recipient group, in the order of the report; of two groups for one address the worse."""
    report = parse_delivery_status(mail.status_text)
    told = {f.recipient.lower(): f for f in failures_in_prose(mail, "failed")} if _is_poor(report) else {}
    found: dict[str, Failure] = {}
    for group in report.recipients:
        failure = _failure(mail, report, group, told)
        if failure.recipient and (failure.recipient.lower() not in found or failure.action == "failed"):
            found[failure.recipient.lower()] = failure
    return list(found.values())


def _is_poor(report: DeliveryStatus) -> bool:
    return any(not group.diagnostic or not (group.final or group.original) for group in report.recipients)


def _failure(mail: Mail, report: DeliveryStatus, group: RecipientStatus, told: dict[str, Failure]) -> Failure:
    recipient = group.original or group.final or _only(mail, told)
    words = told.get(recipient.lower()) or told.get(group.final.lower())
    text = group.diagnostic or (words.text if words else "")
    parsed = parse_reply(text)
    alone = len(report.recipients) == 1
    hint = words.hint if words else (hint_of(mail.words) if alone else "")
    if not parsed.code and alone and not group.diagnostic:
        parsed = parse_reply(reply_in(mail.words) or text)
    return Failure(
        recipient=recipient, original=group.final if group.final != recipient else "", text=parsed.text,
        status=group.status or parsed.status, reply=parsed.code,
        host=group.remote_mta or parsed.host or report.reporting_mta, command=parsed.command,
        action=_action(group), hint=hint,
    )  # fmt: skip


def _only(mail: Mail, told: dict[str, Failure]) -> str:
    if len(told) == 1:
        return next(iter(told.values())).recipient
    return mail.returned.recipients[0] if len(mail.returned.recipients) == 1 else ""


def _action(group: RecipientStatus) -> str:
    """A missing action is a failure unless the status says success."""
    return group.action or ("delivered" if class_of(group.status) == 2 else "failed")
