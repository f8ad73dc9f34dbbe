"""Sends what the user wants sent: HTTP POST to receivers that she configured, e-mail by SMTP, anything else by apprise.

No redirect is followed, every answer is bounded, and no address or secret gets into an error.
"""

from __future__ import annotations

import smtplib
import ssl
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from http.client import HTTPException
from typing import Any, Final, TypeVar

from reputation.model import Secret

T = TypeVar("T")
DEADLINE_S: Final = 10.0
MAX_ANSWER: Final = 65536


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A receiver that moved is a wrong configuration, and following it would carry the secret elsewhere."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Posted:
    """The receiver's status (0 when there was none) and the beginning of its answer."""

    status: int
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """Where alarms go by SMTP. `security` is "starttls", "tls" or "none"."""

    host: str
    port: int
    security: str
    sender: str
    recipients: tuple[str, ...]
    user: str = ""
    password: Secret | None = None
    ca_file: str = ""  # certificates to trust instead of the system's, for a mail server of one's own


def within(seconds: float, work: Callable[[], T], otherwise: T) -> T:
    """What `work` returns, or `otherwise` when it takes longer.

    The timeouts of sockets count from byte to byte, so a receiver that sends one now and then could hold us for hours;
    its thread ends with the program.
    """
    done: list[T] = []
    thread = threading.Thread(target=lambda: done.append(work()), daemon=True)
    thread.start()
    thread.join(seconds)
    return done[0] if done else otherwise


def post(url: Secret, headers: dict[str, str], body: bytes) -> Posted:
    """POST once. Never raises: a receiver that cannot be reached has status 0."""
    target = url.reveal()
    if not target.lower().startswith(("https://", "http://")):
        return Posted(0, b"")
    request = urllib.request.Request(target, data=body, headers=headers, method="POST")  # noqa: S310 - checked above
    opener = urllib.request.build_opener(_NoRedirect)
    try:
        with opener.open(request, timeout=DEADLINE_S) as answer:
            return Posted(answer.status, answer.read(MAX_ANSWER))
    except urllib.error.HTTPError as error:
        return Posted(error.code, b"")
    except (OSError, HTTPException, ValueError):
        return Posted(0, b"")


def send_mail(mailbox: Mailbox, message: EmailMessage) -> bool:
    """Hand the message to the mail server. Never raises; False when it was not taken."""
    try:
        with _connect(mailbox) as server:
            if mailbox.password:
                server.login(mailbox.user, mailbox.password.reveal())
            refused = server.send_message(message, mailbox.sender, list(mailbox.recipients))
        return not refused
    except (OSError, smtplib.SMTPException, ValueError):
        return False


def _connect(mailbox: Mailbox) -> smtplib.SMTP:
    if mailbox.security == "tls":
        return smtplib.SMTP_SSL(mailbox.host, mailbox.port, timeout=DEADLINE_S, context=_trust(mailbox))
    server = smtplib.SMTP(mailbox.host, mailbox.port, timeout=DEADLINE_S)
    if mailbox.security == "starttls":
        server.starttls(context=_trust(mailbox))
    return server


def _trust(mailbox: Mailbox) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=mailbox.ca_file or None)


def notify_by_apprise(url: Secret, title: str, text: str) -> bool:
    """Everything that apprise knows. False when it is not installed or did not deliver."""
    try:
        import apprise
    except ImportError:
        return False
    sender = apprise.Apprise()
    return bool(sender.add(url.reveal())) and bool(sender.notify(title=title, body=text))
