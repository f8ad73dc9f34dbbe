"""Text that a person pasted: a reply line, a part of a bounce, the screen of a web mail."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from reputation.bounces.failure import Failure
from reputation.bounces.find import Found, Kind, action_of
from reputation.bounces.find.frames import contains, frames
from reputation.bounces.find.mail import Mail, Returned, returned_of_text, start_of_returned
from reputation.bounces.find.prose import failures_in_prose, hint_of, reply_in
from reputation.bounces.find.status import failures_in_status
from reputation.bounces.phrases import matches, normalised
from reputation.records.address import find_addresses
from reputation.records.dsn import looks_like_delivery_status
from reputation.records.html import read_html
from reputation.records.message import read_message
from reputation.records.reply import parse_reply

_HEADER: Final = re.compile(
    rb"^(?:From|To|Subject|Date|Received|Return-Path|Message-I[Dd]|MIME-Version|Content-Type|Delivered-To|X-[A-Za-z-]+|"
    rb"Auto-Submitted|Reply-To|Sender|Precedence|DKIM-Signature|Authentication-Results|ARC-[A-Za-z-]+|List-[A-Za-z]+):",
    re.I | re.M,
)
_QUOTED: Final = re.compile(r"^>(?: |(?=>))?", re.M)
_MAX: Final = 48 * 1024
_MAX_REPLY: Final = 2_500
_FEW_LINES: Final = 6
_MAX_BEGINNING: Final = 400
_MAX_LINES: Final = 1_500


def looks_like_message(raw: bytes) -> bool:
    """Whether bytes begin with the header of a message (RFC 5322)."""
    head = raw[:16_384].lstrip(b"\xef\xbb\xbf\r\n ")
    if head.startswith((b"From ", b"From - ")):
        return True
    header = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    first = header.split(b"\n", 1)[0]
    return bool(re.match(rb"[A-Za-z][A-Za-z0-9-]*:", first)) and len(set(_HEADER.findall(header))) >= 2


def find_in_text(text: str) -> Found:
    """What a pasted text is: a bounce, or nothing of the kind."""
    if "<html" in text[:2_000].lower() or "<table" in text[:2_000].lower():
        text = read_html(text[: 4 * _MAX]).text.text
    text = _unquoted(text[:_MAX])
    cut = start_of_returned(text)
    lines = [line[:2_000].rstrip() for line in text[:cut].splitlines()[:_MAX_LINES]]
    mail = Mail(
        read_message(b""),
        lines,
        text if looks_like_delivery_status(text) else "",
        returned=_returned(text, cut),
    )
    if mail.status_text and (failures := failures_in_status(mail)):
        return Found(Kind.BOUNCE, tuple(failures), mail.returned)
    words = normalised(text)
    framed = any(contains(words, opening) for opening in frames().openings)
    if not (framed and _is_refusal(text, words)) and not _is_reply(lines, words):
        return Found(Kind.BOUNCE, partial=True) if _is_beginning(lines, words) else Found(Kind.ORDINARY)
    action = action_of(mail) if framed else ""
    failures = failures_in_prose(mail, action) if len(lines) > 1 else []
    return Found(Kind.BOUNCE, tuple(failures) or (_whole(lines, action),), mail.returned)


def _unquoted(text: str) -> str:
    """The text without the mark before each line that answering a mail puts there."""
    filled = [line for line in text.splitlines() if line.strip()]
    marked = sum(line.startswith(">") for line in filled)
    return _QUOTED.sub("", text) if filled and marked == len(filled) else text


def _is_refusal(text: str, words: str) -> bool:
    reply = parse_reply(text[:4_000])
    return bool(reply.code or reply.status) or any(match.row.strong for match in matches(words))


def _is_reply(lines: list[str], words: str) -> bool:
    """Whether the text is no more than a quoted reply: a few lines, with a code or with words that are known."""
    text = "\n".join(lines)
    filled = sum(bool(line.strip()) for line in lines)
    reply = parse_reply(text[:4_000])
    if reply.code or reply.status:
        return len(text) <= _MAX_REPLY
    return filled <= _FEW_LINES and any(match.row.strong for match in matches(words))


def _is_beginning(lines: list[str], words: str) -> bool:
    """Whether a few lines only announce that a mail came back."""
    filled = [line for line in lines if line.strip()]
    announced = any(contains(words, opening) for opening in frames().openings)
    return announced and len(filled) <= _FEW_LINES and len(words) <= _MAX_BEGINNING


def _returned(text: str, cut: int) -> Returned:
    """What the quoted headers of the lost mail say, or the line of the page that names its subject."""
    quoted = returned_of_text(text[cut:].partition("\n")[2].lstrip()) if cut < len(text) else Returned()
    subject = quoted.subject or _subject(text.splitlines()[:_MAX_LINES]).subject
    return replace(quoted, subject=subject)


def _whole(lines: list[str], action: str) -> Failure:
    """The whole text as the reply of one recipient: the first address in it, if there is one."""
    text = " ".join(line.strip() for line in lines if line.strip())
    reply = parse_reply((reply_in(lines) if len(lines) > 3 else "") or text)
    return Failure(
        recipient=next(iter(find_addresses(text[:4_000])), ""), text=reply.text, status=reply.status, reply=reply.code,
        host=reply.host, command=reply.command, action=action, hint=hint_of(lines),
    )  # fmt: skip


_SUBJECT: Final = re.compile(
    r"^\s*(?:subject|betreff|objet|asunto|oggetto|assunto|your document|"
    r"тема|(?:邮件|郵件)?主\s{0,4}(?:题|題|旨)|件名|제목)\s*[:：]\s*(\S.*)$",
    re.I,
)


def _subject(lines: list[str]) -> Returned:
    match = next((m for line in lines if (m := _SUBJECT.match(line))), None)
    return Returned(subject=match[1].strip()) if match else Returned()
