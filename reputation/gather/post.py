"""Sends what the user wants sent: HTTP POST to receivers that she configured, e-mail by SMTP, anything else by apprise.

No redirect is followed, every answer is bounded, and no address or secret gets into an error.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from http.client import HTTPException
from typing import Any, Final, TypeVar

from reputation.model import Secret
from reputation.text import Text, say

T = TypeVar("T")
_TROUBLES: Final = (
    (ssl.SSLError, say("no encrypted connection could be made")),
    (socket.gaierror, say("its name cannot be resolved")),
    (ConnectionRefusedError, say("nobody listens there (connection refused)")),
    (TimeoutError, say("it did not answer in time")),
)
DEADLINE_S: Final = 10.0
MAX_ANSWER: Final = 65536


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A receiver that moved is a wrong configuration, and following it would carry the secret elsewhere."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Posted:
    """The receiver's status (0 when there was none), the beginning of its answer, and why there was no better one."""

    status: int
    body: bytes
    problem: Text | None = None


@dataclass(frozen=True, slots=True)
class Handed:
    """Whether a receiver took a message, and what is to be said about it."""

    taken: bool
    problem: Text | None = None


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
        return Posted(0, b"", say("the address must begin with https://"))
    request = urllib.request.Request(target, data=body, headers=headers, method="POST")  # noqa: S310 - checked above
    opener = urllib.request.build_opener(_NoRedirect)
    try:
        with opener.open(request, timeout=DEADLINE_S) as answer:
            return Posted(answer.status, answer.read(MAX_ANSWER))
    except urllib.error.HTTPError as error:
        return Posted(error.code, b"", say("it answered with HTTP status {status}", status=error.code))
    except (OSError, HTTPException, ValueError) as error:
        return Posted(0, b"", _why(error))


def send_mail(mailbox: Mailbox, message: EmailMessage) -> Handed:
    """Hand the message to the mail server. Never raises. Taken for one recipient is taken: those who have it already
    must not get it again because of the others."""
    try:
        with _connect(mailbox) as server:
            if mailbox.password:
                server.login(mailbox.user, mailbox.password.reveal())
            refused = server.send_message(message, mailbox.sender, list(mailbox.recipients))
    except (OSError, smtplib.SMTPException, ValueError) as error:
        return Handed(False, _why(error))
    return Handed(True, _refused(refused) if refused else None)


def _refused(recipients: Mapping[str, tuple[int, bytes]]) -> Text:
    codes = sorted({str(code) for code, _ in recipients.values()})
    return say("the mail server refused {recipients} with {codes}", recipients=tuple(recipients), codes=tuple(codes))


def _why(error: Exception) -> Text:
    """In words that a person can act on; never the address, which may be a password."""
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(reason, smtplib.SMTPRecipientsRefused):
        return _refused(reason.recipients)
    if isinstance(reason, smtplib.SMTPAuthenticationError):
        return say("the mail server refused user and password ({code})", code=reason.smtp_code)
    if isinstance(reason, smtplib.SMTPResponseException):
        return say("the mail server answered with {code}", code=reason.smtp_code)
    if isinstance(reason, smtplib.SMTPNotSupportedError):
        return say("the mail server does not offer what is configured: STARTTLS or a login")
    if isinstance(reason, ssl.SSLCertVerificationError):
        return say("its certificate is not trusted: {problem}", problem=reason.verify_message)
    return next((told for kind, told in _TROUBLES if isinstance(reason, kind)), say("the connection failed"))


def _connect(mailbox: Mailbox) -> smtplib.SMTP:
    if mailbox.security == "tls":
        return smtplib.SMTP_SSL(mailbox.host, mailbox.port, timeout=DEADLINE_S, context=_trust(mailbox))
    server = smtplib.SMTP(mailbox.host, mailbox.port, timeout=DEADLINE_S)
    if mailbox.security == "starttls":
        server.starttls(context=_trust(mailbox))
    return server


def _trust(mailbox: Mailbox) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=mailbox.ca_file or None)


def notify_by_apprise(url: Secret, title: str, text: str) -> Handed:
    """Everything that apprise knows."""
    try:
        import apprise
    except ImportError:
        return Handed(False, say("apprise is not installed"))
    sender = apprise.Apprise()
    if not sender.add(url.reveal()):
        return Handed(False, say("apprise does not know such an address"))
    taken = bool(sender.notify(title=title, body=text))
    return Handed(taken, None if taken else say("apprise could not deliver it"))
