"""A draft as a mailer would send it, for filters that expect a whole message and hold the lack of a date against it."""

from __future__ import annotations

import binascii
from collections.abc import Mapping
from email.header import Header
from email.utils import formatdate

from reputation.facts.draft import DraftFacts
from reputation.model import Found
from reputation.records.charset import mark_of
from reputation.records.later import later
from reputation.records.message import MAX_TEXT_BYTES, Message
from reputation.records.pasted_headers import pasted_headers
from reputation.records.transfer import newline_of

_MAX_VALUE = 900
_LONGEST_LINE = 998  # RFC 5322 section 2.1.1
_ADDED = {
    "From": "sender@example.com", "To": "recipient@example.net", "Date": "", "Message-ID": "<draft@example.com>",
}  # fmt: skip
_BETWEEN = later(r"(?<=>)\s*[,;，；]\s*")
_PASTED = ("From", "To", "Reply-To", "Subject")


def as_sent(facts: DraftFacts) -> bytes:
    """The message as written, or one around the bare text, with the fields that a mailer adds where they are missing.

    Nothing that the draft itself owes (subject, declared charset, plain-text part) is added.
    """
    if isinstance(facts.message, Found):
        return _completed(facts.message.value, facts.raw)
    own = _fields(facts)
    kind = "html" if isinstance(facts.html, Found) else "plain"
    charset, encoding, body = _encoded(_text(facts))
    mime = {
        "MIME-Version": "1.0", "Content-Type": f'text/{kind}; charset="{charset}"',
        "Content-Transfer-Encoding": encoding,
    }  # fmt: skip
    return _lines({**_missing(own), **own, **mime}) + b"\n" + body


def _completed(message: Message, raw: bytes) -> bytes:
    """The message with what is missing in front; the line that parts it from others in a mailbox is no field of it."""
    newline = newline_of(raw)
    names = {header.name.lower(): "" for header in message.headers}
    written = raw.partition(b"\n")[2] if raw.startswith(b"From ") else raw
    if not names:
        written = newline + message.root.raw_body()
    return _lines(_missing(names)).replace(b"\n", newline) + written


def _missing(given: Mapping[str, str]) -> dict[str, str]:
    present = {name.lower() for name in given}
    return {name: text or formatdate() for name, text in _ADDED.items() if name.lower() not in present}


def _lines(fields: Mapping[str, str]) -> bytes:
    return "".join(f"{name}: {text}\n" for name, text in fields.items()).encode("utf-8")


def _fields(facts: DraftFacts) -> dict[str, str]:
    """The fields that stand above the text, as they are written in a message."""
    raw = facts.raw[:MAX_TEXT_BYTES]
    text = _storable(raw[len(mark_of(raw)) :].decode(facts.charset, "replace"))
    pasted = pasted_headers(text).values
    found = {name: " ".join(pasted.get(name.lower(), ("", 0))[0].split())[:_MAX_VALUE] for name in _PASTED}
    return {name: _subject(text) if name == "Subject" else _mailboxes(text) for name, text in found.items() if text}


def _subject(text: str) -> str:
    return Header(text, "us-ascii" if text.isascii() else "utf-8", header_name="Subject").encode()


def _mailboxes(text: str) -> str:
    return ", ".join(map(_mailbox, _BETWEEN.split(text)))


def _mailbox(text: str) -> str:
    """With the name encoded; an address is written as it is."""
    name, angle, address = text.rpartition("<")
    if name.isascii() or not angle:
        return text
    encoded = Header(name.strip(' "'), "utf-8").encode()
    return f"{encoded} <{address}"


def _text(facts: DraftFacts) -> str:
    texts = [one.value.source for one in (facts.html, facts.plain) if isinstance(one, Found)]
    return texts[0].replace("\r\n", "\n") if texts else ""


def _encoded(text: str) -> tuple[str, str, bytes]:
    """Charset, transfer encoding and bytes: no more than the text needs, as a mail program does it."""
    raw = _storable(text).encode("utf-8")
    charset = "us-ascii" if text.isascii() else "utf-8"
    if text.isascii() and max(map(len, text.split("\n"))) <= _LONGEST_LINE and "\r" not in text:
        return charset, "7bit", raw
    return charset, "quoted-printable", binascii.b2a_qp(raw, istext=True)


def _storable(text: str) -> str:
    """Without lone surrogates, which no charset can carry."""
    return text.encode("utf-8", "replace").decode("utf-8")
