"""Keeps the user's key, which is part of the names that keyed lists are asked with, out of what comes back."""

from __future__ import annotations

import re

from reputation.records.answer import MailExchange, Question, RecordData


def secret_labels(question: Question) -> frozenset[str]:
    """The labels that are asked but not shown."""
    if not question.shown:
        return frozenset()
    return frozenset(question.name.lower().split(".")) - frozenset(question.shown.lower().split(".")) - {""}


def without_secret(text: str, secret: frozenset[str]) -> str:
    """`text` with each secret in any case as ***."""
    for word in secret:
        text = re.sub(re.escape(word), "***", text, flags=re.IGNORECASE)
    return text


def record_without_secret(record: RecordData, secret: frozenset[str]) -> RecordData:
    """The same for a record of any kind."""
    if isinstance(record, bytes):
        return without_secret(record.decode("latin-1"), secret).encode("latin-1")
    if isinstance(record, str):
        return without_secret(record, secret)
    return MailExchange(record.preference, without_secret(record.host, secret))
