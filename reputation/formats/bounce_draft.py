"""The ready texts as draft messages (RFC 5322) that a mail program opens for editing."""

from __future__ import annotations

from email.header import Header
from email.mime.text import MIMEText

from reputation.bounces.diagnosis import Diagnosis, RecipientDiagnosis
from reputation.bounces.drafts import Draft, one_line
from reputation.records.address import parse_address


def draft_messages(diagnosis: Diagnosis, recipient: RecipientDiagnosis, language: str) -> dict[str, bytes]:
    """What each draft is for ("colleague", "contact-en", "contact-zh") -> the message; empty when there is none.

    A contact mostly reads English, so an English draft is among them whatever the language of the user.
    """
    found: dict[str, bytes] = {}
    for spoken in dict.fromkeys((language, "en")):
        for one in diagnosis.drafts_for(recipient, spoken):
            colleague = one.audience == "colleague"
            if not colleague or spoken == language:
                found["colleague" if colleague else f"contact-{spoken}"] = _message(one, recipient.recipient)
    return found


def _message(draft: Draft, recipient: str) -> bytes:
    """Addressed to the recipient where the address works; a text for another channel or for a colleague has no To."""
    message = MIMEText(draft.body + "\n", "plain", "utf-8")
    message["Subject"] = Header(one_line(draft.subject, 200), "utf-8").encode()
    address = parse_address(recipient)
    if draft.audience == "mail" and address.isascii():
        message["To"] = one_line(address)
    message["X-Unsent"] = "1"  # Outlook opens the file for editing
    return message.as_bytes()
