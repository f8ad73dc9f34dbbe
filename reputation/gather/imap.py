"""Bounces from an IMAP folder (RFC 9051), over TLS and read-only: nothing on the server is changed or marked.

imaps://user@mail.example.org/INBOX       imaps://user%40example.org@mail.example.org:993/Bounces
"""

from __future__ import annotations

import base64
import imaplib
import re
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit

from reputation.bounces.find import find
from reputation.bounces.find.mail import MAX_BYTES
from reputation.gather.bounces import Item, ReadBounce
from reputation.model import BadInput
from reputation.secret import Secret
from reputation.text import Text, say

MAX_MESSAGES: Final = 10_000
_TIMEOUT: Final = 30.0
_PORT: Final = 993
_BEYOND_ASCII: Final = re.compile(r"[^\x20-\x7e]+")


class MailboxRefused(Exception):
    """The server could not be reached, its certificate is not valid, or it refused. `sentence` says which."""

    def __init__(self, sentence: Text) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class MailboxAddress:
    """Where the folder is, and who asks."""

    host: str
    port: int
    user: str
    folder: str

    @property
    def shown(self) -> str:
        """The address as it may be printed."""
        return f"imaps://{self.host}:{self.port}/{self.folder}"


def is_mailbox(name: str) -> bool:
    """Whether an argument names an IMAP folder."""
    return name.lower().startswith(("imaps://", "imap://"))


def parse_mailbox_address(name: str) -> MailboxAddress:
    """The parts of an imaps URL. Raises BadInput for anything else; a password in it is refused."""
    try:
        parts = urlsplit(name)
        port = parts.port or _PORT
    except ValueError:
        raise BadInput(say("{name} is not a mailbox address; write imaps://user@host/FOLDER", name=name)) from None
    if parts.scheme != "imaps":
        raise BadInput(say("Only imaps:// is read, because imap:// would send the password in the clear."))
    if parts.password:
        raise BadInput(say("The password does not belong into the address; put it into a file or the environment."))
    folder = unquote(parts.path.strip("/")) or "INBOX"
    if not parts.hostname or not parts.username or not (folder + unquote(parts.username)).isprintable():
        raise BadInput(say("{name} is not a mailbox address; write imaps://user@host/FOLDER", name=name))
    return MailboxAddress(parts.hostname, port, unquote(parts.username), folder)


def read_mailbox(address: MailboxAddress, password: Secret) -> Iterator[Item]:
    """Each message of the folder, the newest MAX_MESSAGES. Raises MailboxRefused."""
    try:
        with imaplib.IMAP4_SSL(address.host, address.port, ssl_context=_context(), timeout=_TIMEOUT) as server:
            yield from _messages(server, address, password)
    except ssl.SSLError as error:
        raise MailboxRefused(
            say("{mailbox}: the secure connection failed ({reason}); nothing was sent.", mailbox=address.shown,
                reason=getattr(error, "verify_message", "") or error.reason or "TLS")
        ) from None  # fmt: skip
    except imaplib.IMAP4.error:
        raise MailboxRefused(
            say("{mailbox}: the server refused the login or the folder; check user, password and folder name.",
                mailbox=address.shown)
        ) from None  # fmt: skip
    except OSError as error:
        raise MailboxRefused(
            say("{mailbox}: can not be reached ({reason}).", mailbox=address.shown,
                reason=error.strerror or type(error).__name__)
        ) from None  # fmt: skip


def _context() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _encoded(folder: str) -> str:
    """A folder's name in the encoding of IMAP (RFC 3501 section 5.1.3): "&" and base64 for what is no ASCII."""
    return _BEYOND_ASCII.sub(_in_base64, folder.replace("&", "&-"))


def _in_base64(match: re.Match[str]) -> str:
    packed = base64.b64encode(match[0].encode("utf-16-be")).decode("ascii").rstrip("=").replace("/", ",")
    return f"&{packed}-"


def _messages(server: imaplib.IMAP4_SSL, address: MailboxAddress, password: Secret) -> Iterator[Item]:
    server.login(address.user, password.reveal())
    quoted = '"' + _encoded(address.folder).replace("\\", "\\\\").replace('"', '\\"') + '"'
    status, _ = server.select(quoted, readonly=True)
    if status != "OK":
        raise imaplib.IMAP4.error("folder")
    _, found = server.uid("SEARCH", "ALL")
    uids = (found[0] or b"").split()[-MAX_MESSAGES:]
    for n, uid in enumerate(uids, 1):
        _, data = server.uid("FETCH", uid.decode("ascii"), f"(BODY.PEEK[]<0.{MAX_BYTES}>)")
        raw = next((part[1] for part in data if isinstance(part, tuple)), b"")
        yield ReadBounce(address.shown, n, find(raw))
