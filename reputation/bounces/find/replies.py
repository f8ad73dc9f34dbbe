"""Automatic replies (RFC 3834) and receipts (RFC 8098): they look like bounces and must not be counted."""

from __future__ import annotations

from typing import Final

from reputation.bounces.find.frames import frames, is_bounce_subject, is_reply_subject, is_system_sender
from reputation.bounces.find.mail import Mail

_REPLY_HEADERS: Final = ("X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Auto-Reply", "X-Vacation", "X-AutoReply-From", "X-Mail-Autoreply", "X-Autoreply-From")  # fmt: skip  # noqa: E501
_LIST_HEADERS: Final = ("List-Id", "List-Post", "List-Unsubscribe", "Mailing-List")


def is_receipt(mail: Mail) -> bool:
    """Whether a message only says that a mail was read, or deleted unread."""
    rejected = "rejected" in mail.header("Auto-Submitted").lower() or "rejected" in mail.header("Subject").lower()
    return "message/disposition-notification" in mail.types and not rejected


def is_automatic_reply(mail: Mail) -> bool:
    """Whether a program answered in the name of a person. Delivery reports must have been looked for before."""
    if _is_report(mail):
        return False
    submitted = mail.header("Auto-Submitted").lower()
    if "vacation" in mail.header("X-Apple-Action").lower():
        return True
    if any(mail.message.all_headers(name) for name in _REPLY_HEADERS):
        return True
    if submitted.startswith(("auto-replied", "auto-notified")) or mail.header("Precedence").lower().startswith("auto"):
        return True
    if is_reply_subject(mail.header("Subject")):
        return not any(mail.message.all_headers(name) for name in _LIST_HEADERS)
    return submitted.startswith("auto-generated") and _opens_as_reply(mail)


def _is_report(mail: Mail) -> bool:
    """Delivery reports carry the same headers; their sender or subject tells them apart."""
    if mail.message.all_headers("X-Failed-Recipients") or mail.message.root.content_type == "multipart/report":
        return True
    if is_reply_subject(mail.header("Subject")):
        return False
    return is_bounce_subject(mail.header("Subject")) or is_system_sender(mail.header("From"))


def _opens_as_reply(mail: Mail) -> bool:
    words = " ".join(mail.words[:12]).lower()
    return any(reply in words for reply in frames().replies if len(reply) > 8)


def says_confirm(mail: Mail) -> bool:
    """Whether the reply is a challenge: the mail waits until its sender proves to be a person."""
    words = f"{mail.header('Subject')} {' '.join(mail.words[:40])}".lower()
    return any(sign in words for sign in frames().challenges)


def says_gone(mail: Mail) -> bool:
    """Whether the reply says that the person or the mailbox is gone: no bounce, but a reason to verify."""
    words = " ".join(mail.words[:40]).lower()
    return any(sign in words for sign in frames().gone)
