"""A ready text as a draft message (RFC 5322) that a mail program opens for editing."""

from __future__ import annotations

from email.header import Header
from email.mime.text import MIMEText

from reputation.bounces.diagnosis import Diagnosis, RecipientDiagnosis
from reputation.bounces.drafts import one_line
from reputation.records.address import parse_address

_TO_THE_RECIPIENT = ("mailbox_full", "link_instead", "plain_resend", "wait")


def draft_message(diagnosis: Diagnosis, recipient: RecipientDiagnosis, language: str) -> bytes | None:
    """The draft, or None when there is nothing to send.

    Addressed to the recipient where the address works; a text for another channel or for a colleague has no To.
    """
    draft = diagnosis.draft_for(recipient, language)
    if draft is None:
        return None
    message = MIMEText(draft.body + "\n", "plain", "utf-8")
    message["Subject"] = Header(one_line(draft.subject, 200), "utf-8").encode()
    address = parse_address(recipient.recipient)
    if recipient.template in _TO_THE_RECIPIENT and address.isascii():
        message["To"] = one_line(address)
    message["X-Unsent"] = "1"  # Outlook opens the file for editing
    return message.as_bytes()
