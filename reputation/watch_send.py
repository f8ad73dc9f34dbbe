"""Hands digests to the channels: what waits in the outbox of each, in one message, marked as sent when it was taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from email.message import EmailMessage
from email.utils import formatdate
from importlib.util import find_spec
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from reputation.bad_input import BadInput
from reputation.formats.alert_wire import Digest, kind_of, wire
from reputation.formats.clean import one_line
from reputation.formats.digest import DigestOptions, as_text, digest
from reputation.gather.channel_secrets import read_secret
from reputation.gather.post import Handed, Mailbox, notify_by_apprise, post, send_mail, within
from reputation.history import outbox
from reputation.history.store import Store
from reputation.secret import Secret
from reputation.text import Text, say
from reputation.watch_settings import Channel, Source

DEADLINE_S: Final = 30.0
_QUOTED: Final = 200


@dataclass(frozen=True, slots=True)
class Receiver:
    """A channel with its address and its key in hand."""

    channel: Channel
    kind: str
    url: Secret
    secret: Secret | None

    @property
    def name(self) -> str:
        """What the outbox calls it."""
        return self.channel.name


def receivers(channels: Sequence[Channel], environment: Mapping[str, str]) -> tuple[Receiver, ...]:
    """Every channel, its secrets read now so that a missing one is told before anything is asked. Raises BadInput."""
    return tuple(_checked(channel, environment) for channel in channels)


def _checked(channel: Channel, environment: Mapping[str, str]) -> Receiver:
    try:
        receiver = _receiver(channel, environment)
        _prepared(receiver)
    except BadInput:
        raise
    except ValueError:
        raise BadInput(
            say(
                "Channel {name}: its address or secret cannot be used; copy it again from the receiver.",
                name=channel.name,
            )
        ) from None
    return receiver


def _receiver(channel: Channel, environment: Mapping[str, str]) -> Receiver:
    url = _read(channel.url, environment) or Secret("")
    kind = channel.kind or kind_of(url.reveal())
    if kind == "apprise" and find_spec("apprise") is None:
        raise BadInput(say('Channel {name} needs apprise; install it with pip install "reputation[notify]"', name=channel.name))  # fmt: skip  # noqa: E501
    if kind not in ("apprise", "mail") and not url.reveal().lower().startswith(("https://", "http://")):
        raise BadInput(say("Channel {name}: the address must begin with https://", name=channel.name))
    return Receiver(channel, kind, url, _read(channel.secret, environment))


def _prepared(receiver: Receiver) -> None:
    """Writes a message to nobody, so that a secret in a wrong form is told before the day on which it is needed."""
    trial = Digest(id="trial", title="", lines=(), events=())
    if receiver.kind == "mail":
        _mail(receiver.channel, trial, 0.0)
    elif receiver.kind != "apprise":
        urlsplit(receiver.url.reveal())
        wire(receiver.kind, receiver.url, receiver.secret, trial, 0.0)


def _read(source: Source | None, environment: Mapping[str, str]) -> Secret | None:
    return read_secret(source.way, source.name, environment) if source else None


@dataclass(frozen=True, slots=True)
class Trouble:
    """What went wrong with a channel. `lost` when it did not take the message; `first` when that is news."""

    name: str
    problem: Text
    lost: bool
    first: bool


def deliver(store: Store, to: Sequence[Receiver], options: DigestOptions, now: float) -> tuple[Trouble, ...]:
    """One digest to each receiver for which something waits; what went wrong.

    Raises StoreError. What was sent and could not be marked is sent again, with the same id.
    """
    troubles = []
    for receiver in to:
        events = outbox.due(store, receiver.name, now)
        if not events:
            continue
        handed = send(receiver, digest(events, replace(options, keyword=receiver.channel.keyword)), now)
        if handed.taken:
            outbox.sent(store, receiver.name, events, now)
        first = True if handed.taken else outbox.failed(store, receiver.name, events, now)
        if handed.problem:
            troubles.append(Trouble(receiver.name, handed.problem, not handed.taken, first))
    return tuple(troubles)


def send(receiver: Receiver, message: Digest, now: float) -> Handed:
    """Whether the receiver took the message. One that takes too long did not; it may get the message twice."""
    return within(DEADLINE_S, lambda: _send(receiver, message, now), Handed(False, say("it did not answer in time")))


def _send(receiver: Receiver, message: Digest, now: float) -> Handed:
    if receiver.kind == "mail":
        return send_mail(_mailbox(receiver), _mail(receiver.channel, message, now))
    if receiver.kind == "apprise":
        return notify_by_apprise(receiver.url, message.title, as_text(message))
    request = wire(receiver.kind, receiver.url, receiver.secret, message, now)
    answer = post(request.url, dict(request.headers), request.body)
    if request.accepted(answer.status, answer.body):
        return Handed(True)
    return Handed(False, answer.problem or say("it answered {text}", text=_quoted(answer.body, receiver)))


def _quoted(body: bytes, receiver: Receiver) -> str:
    """The beginning of a receiver's answer, unless it repeats what nobody should read."""
    text = one_line(" ".join(body[:4096].decode(errors="replace").split()))
    parts = urlsplit(receiver.url.reveal())
    hidden = [*parts.path.split("/"), *(value for _, value in parse_qsl(parts.query))]
    hidden += [receiver.secret.reveal()] if receiver.secret else []
    return "..." if any(len(word) > 5 and word in text for word in hidden) else text[:_QUOTED]


def _mailbox(receiver: Receiver) -> Mailbox:
    channel = receiver.channel
    return Mailbox(
        host=channel.host, port=channel.port, security=channel.security, sender=channel.sender,
        recipients=channel.recipients, user=channel.user, password=receiver.secret, ca_file=channel.ca_file,
    )  # fmt: skip


def _mail(channel: Channel, told: Digest, now: float) -> EmailMessage:
    """An automatic message (RFC 3834): nobody's absence notice answers it. The id is the digest's."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = channel.sender, ", ".join(channel.recipients), told.title
    message["Date"] = formatdate(now)
    message["Message-ID"] = f"<{told.id}@{channel.sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(as_text(told) + "\n")
    return message
