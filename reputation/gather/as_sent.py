"""A draft as a mailer would send it, for filters that expect a whole message and hold the lack of a date against it."""

from __future__ import annotations

from email.header import Header
from email.mime.text import MIMEText
from email.utils import formatdate

from reputation.facts.draft import DraftFacts
from reputation.model import Found

_MAX_SUBJECT = 1_000
_ADDED = {
    "From": "sender@example.com", "To": "recipient@example.net", "Date": "", "Message-ID": "<draft@example.com>",
}  # fmt: skip


def as_sent(facts: DraftFacts) -> bytes:
    """The message as written, or one around the bare text, with the fields that a mailer adds where they are missing.

    Nothing that the draft itself owes (subject, declared charset, plain-text part) is added.
    """
    if isinstance(facts.message, Found):
        names, written = {header.name.lower() for header in facts.message.value.headers}, facts.raw
    else:
        names, written = set(), _around(facts)
    added = (f"{name}: {text or formatdate()}\n" for name, text in _ADDED.items() if name.lower() not in names)
    return "".join(added).encode("ascii") + written


def _around(facts: DraftFacts) -> bytes:
    """Subject field and MIME body of a draft that has no header of its own."""
    texts = [one.value.source for one in (facts.html, facts.plain) if isinstance(one, Found)]
    body = MIMEText(_storable(texts[0] if texts else ""), "html" if isinstance(facts.html, Found) else "plain", "utf-8")
    if isinstance(facts.subject, Found):
        line = " ".join(facts.subject.value.text.split())[:_MAX_SUBJECT]
        body["Subject"] = Header(_storable(line), "utf-8").encode()
    return body.as_bytes()


def _storable(text: str) -> str:
    """Without lone surrogates, which no charset can carry."""
    return text.encode("utf-8", "replace").decode("utf-8")
