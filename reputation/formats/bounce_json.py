"""Diagnosed bounces as JSON: one object a message, or all of them in one document with the summary."""

from __future__ import annotations

import json
from collections.abc import Sequence

import reputation
from reputation.bounces.diagnosis import Diagnosis, RecipientDiagnosis
from reputation.bounces.statistics import Seen, Summary
from reputation.formats.clean import lines
from reputation.model import SCHEMA_VERSION, Json
from reputation.text import render


def message_object(file: str, n: int, diagnosis: Diagnosis, language: str) -> dict[str, Json]:
    """One message: {file, n, verdict, why, recipients: [...]}. Machine words are never translated."""
    recipients: list[Json] = [recipient_object(diagnosis, recipient, language) for recipient in diagnosis.recipients]
    return {
        "file": file, "n": n, "verdict": diagnosis.verdict, "why": render(diagnosis.why, language),
        "subject": lines(diagnosis.returned.subject)[:500], "recipients": recipients,
    }  # fmt: skip


def recipient_object(diagnosis: Diagnosis, recipient: RecipientDiagnosis, language: str) -> dict[str, Json]:
    """One recipient, the names of the contract first."""
    draft = diagnosis.draft_for(recipient, language)
    found: dict[str, Json] = {
        "recipient": recipient.recipient, "verdict": recipient.verdict, "reason": recipient.reason,
        "status": recipient.status, "reply": recipient.reply, "permanent": recipient.permanent,
        "advice": render(recipient.advice, language), "template": str(draft) if draft else "",
        "text": lines(recipient.text), "confidence": recipient.confidence.value, "detail": recipient.detail,
        "what": render(recipient.what, language), "whose": render(recipient.whose, language),
        "next": render(recipient.next, language), "retry_after_hours": recipient.retry_after_hours,
        "provider": recipient.provider, "host": recipient.host,
    }  # fmt: skip
    texts: list[Json] = [
        {"for": one.audience, "subject": one.subject, "body": one.body}
        for one in diagnosis.drafts_for(recipient, language)
    ]
    found["texts"] = texts
    if recipient.meaning is not None:
        found["meaning"] = render(recipient.meaning, language)
        found["source"] = recipient.source
    if recipient.suggestion is not None:
        found["suggestion"] = recipient.suggestion.address
    return found


def summary_object(summary: Summary) -> dict[str, Json]:
    """The counts and the three lists."""
    return {
        "messages": summary.messages, "recipients": len(summary.recipients), "verdicts": dict(summary.verdicts),
        "reasons": dict(summary.reasons), "providers": dict(summary.providers), "countries": dict(summary.countries),
        "sent": summary.sent, "hard_rate": None if summary.hard_rate is None else round(summary.hard_rate, 5),
        "remove": _addresses(summary.remove), "verify": _addresses(summary.verify), "retry": _addresses(summary.retry),
    }  # fmt: skip


def _addresses(seen: Sequence[Seen]) -> list[Json]:
    return [one.diagnosis.recipient for one in seen if one.diagnosis.recipient]


def bounce_json(messages: Sequence[tuple[str, int, Diagnosis]], summary: Summary, language: str) -> str:
    """The whole run as one document."""
    document: dict[str, Json] = {
        "schema_version": SCHEMA_VERSION, "tool": {"name": "reputation", "version": reputation.__version__},
        "messages": [message_object(file, n, diagnosis, language) for file, n, diagnosis in messages],
        "summary": summary_object(summary),
    }  # fmt: skip
    return json.dumps(document, ensure_ascii=False, indent=2)


def bounce_line(file: str, n: int, diagnosis: Diagnosis, language: str) -> str:
    """One message on one line."""
    return json.dumps(message_object(file, n, diagnosis, language), ensure_ascii=False)
