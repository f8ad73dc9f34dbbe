"""A message as the finders look at it: who sent it, the words for people, the machine parts, the returned mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from reputation.bounces.find.frames import contains, frames
from reputation.records.address import find_addresses
from reputation.records.dsn import looks_like_delivery_status
from reputation.records.html import read_html
from reputation.records.message import Message, Part, read_message
from reputation.records.report_fields import read_groups

MAX_BYTES: Final = 1024 * 1024
_MAX_WORDS: Final = 48 * 1024
_MAX_LINES: Final = 1_500
_MAX_LINE: Final = 2_000
_HEADER_LINES: Final = re.compile(
    r"^[ \t>]*(?:Received|Return-Path|X-[A-Za-z-]+|Delivered-To|DKIM-Signature|MIME-Version|Message-I[Dd]): *\S", re.M
)
_RETURNED_TYPES: Final = (
    "message/rfc822",
    "text/rfc822-headers",
    "message/global",
    "message/global-headers",
    "message/rfc822-headers",
)
_STATUS_TYPES: Final = ("message/delivery-status", "message/global-delivery-status")


@dataclass(frozen=True, slots=True)
class Returned:
    """What is known of the mail that came back; "" for what is not. `complainer` is named by Microsoft's reports."""

    subject: str = ""
    complainer: str = ""
    sender: str = ""
    recipients: tuple[str, ...] = ()
    message_id: str = ""


@dataclass(slots=True)
class Mail:
    """The pieces of one message. `words` are the lines for people, up to where the returned mail begins."""

    message: Message
    words: list[str] = field(default_factory=list)
    status_text: str = ""
    feedback_text: str = ""
    returned: Returned = field(default_factory=Returned)
    types: frozenset[str] = frozenset()

    def header(self, name: str) -> str:
        """The decoded value of a header of the message itself, or ""."""
        return self.message.header(name)

    @property
    def is_delivery_report(self) -> bool:
        """Whether the message declares itself a delivery report (RFC 6522)."""
        declared = self.message.root.content.parameters.get("report-type", "").lower()
        return "delivery-status" in declared or bool(self.types & frozenset(_STATUS_TYPES))

    @property
    def own_addresses(self) -> frozenset[str]:
        """The addresses of the two ends of the bounce: never a failed recipient."""
        ends = (self.header("To"), self.header("From"), self.header("Delivered-To"), self.header("Reply-To"), self.returned.sender, self.header("Return-Path"), self.header("Cc"), self.header("Errors-To"))  # fmt: skip  # noqa: E501
        return frozenset(a.lower() for end in ends for a in find_addresses(end[:2_000]))


def read_mail(raw: bytes) -> Mail:
    """The pieces of the message in `raw`, of which at most MAX_BYTES are read. Never raises."""
    message = read_message(raw[:MAX_BYTES])
    mail = Mail(message)
    mail.types = frozenset(part.content_type for part in message.walk())
    wrapped = _wrapped_report(message.root)
    if wrapped is not None:
        return read_mail(wrapped)
    texts: list[str] = []
    for part in _own_parts(message.root):
        _sort_in(part, mail, texts)
    _take_words(mail, "\n".join(texts))
    return mail


def _wrapped_report(root: Part) -> bytes | None:
    """The report inside a message that only carries it: forwarded by a person or wrapped by a scanner."""
    if root.content.parameters.get("report-type") or root.content_type == "multipart/report":
        return None
    for part in root.walk():
        enclosed = part.children[0].content_type if part.content_type == "message/rfc822" and part.children else ""
        if enclosed == "multipart/report":
            return part.raw_body()
    return None


def _own_parts(part: Part) -> Iterator[Part]:
    """The parts of the report itself, a returned message as one part."""
    if part.content_type in _RETURNED_TYPES and part.depth:
        yield part
    elif part.children:
        for child in part.children:
            yield from _own_parts(child)
    else:
        yield part


def _sort_in(part: Part, mail: Mail, texts: list[str]) -> None:
    kind = part.content_type
    if kind in _STATUS_TYPES:
        mail.status_text = f"{mail.status_text}\n\n{part.text}".strip("\n")
    elif kind == "message/feedback-report":
        mail.feedback_text = part.text
    elif kind in _RETURNED_TYPES and part.depth:
        mail.returned = _returned(part)
    elif kind == "text/html":
        if not any(text.strip() for text in texts):
            texts.append(_visible(part.text))
    elif kind.startswith(("text/", "multipart/")) or (kind == "application/octet-stream" and not part.depth):
        _sort_in_text(part.text, mail, texts)


def _sort_in_text(text: str, mail: Mail, texts: list[str]) -> None:
    """Words for people, which at some systems carry the machine's fields as well."""
    texts.append(text)
    if not mail.status_text and looks_like_delivery_status(text):
        mail.status_text = text
    if not mail.feedback_text and "feedback-type:" in text[:20_000].lower() and "user-agent:" in text[:20_000].lower():
        mail.feedback_text = text


def _visible(source: str) -> str:
    return read_html(source[: 4 * _MAX_WORDS]).text.text


def _returned(part: Part) -> Returned:
    if part.children:
        child = part.children[0]
        return Returned(
            subject=child.header("Subject"), sender=child.header("From"), message_id=child.header("Message-ID"),
            recipients=tuple(find_addresses(child.header("To")[:4_000])),
            complainer=next(iter(find_addresses(child.header("X-HmXmrOriginalRecipient")[:400])), ""),
        )  # fmt: skip
    return returned_of_text(part.text)


def returned_of_text(text: str) -> Returned:
    """The returned mail from its headers as they stand in a text."""
    from reputation.records.mime_header import decode_words

    fields: dict[str, str] = {}
    for group in read_groups(text[:20_000])[:3]:
        fields = {**group, **fields}
    value = {name: decode_words(fields.get(name, "")) for name in ("subject", "from", "to", "message-id")}
    return Returned(
        subject=value["subject"], sender=value["from"], message_id=value["message-id"],
        recipients=tuple(find_addresses(value["to"])),
    )  # fmt: skip


def _take_words(mail: Mail, text: str) -> None:
    text = text[:_MAX_WORDS]
    end = start_of_returned(text)
    mail.words = [line[:_MAX_LINE].rstrip() for line in text[:end].splitlines()[:_MAX_LINES]]
    if mail.returned == Returned() and end < len(text):
        mail.returned = returned_of_text(text[end:].partition("\n")[2].lstrip())


def start_of_returned(text: str) -> int:
    """Where the returned mail begins within a text, or its length."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = text
    ends = [at for cut in frames().cuts if (at := _line_of(lower, cut)) > 0]
    header = next((m for m in _HEADER_LINES.finditer(text) if m.start()), None)
    if header:
        ends.append(header.start())
    return min(ends, default=len(text))


def _line_of(lower: str, cut: str) -> int:
    """The start of the line that begins with `cut`, or -1; a cut in the very first line of a text is none."""
    if not contains(lower, cut):
        return -1
    first = cut.partition("*")[0]
    at = lower.find(first)
    while at >= 0:
        start = lower.rfind("\n", 0, at) + 1
        if start and not lower[start:at].strip(" \t->*=_|"):
            return start
        at = lower.find(first, at + 1)
    return -1
