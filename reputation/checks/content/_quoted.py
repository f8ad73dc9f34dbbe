"""What of a text its writer did not write: the answered or forwarded mail, where it is marked as such."""

from __future__ import annotations

import re

from reputation.records.later import later

_SEPARATOR = later(
    r"^[ \t]{0,9}(?:-{2,80}[ \t]{0,9}(?:original (?:message|appointment)|forwarded (?:message|by)"
    r"|(?:ursprüngliche|weitergeleitete) nachricht|message (?:d['’]origine|original|transféré)"
    r"|mensaje (?:original|reenviado)|mensagem (?:original|encaminhada)|(?:исходное|пересылаемое) сообщение"
    r"|(?:原始?|原始的|转发的?|轉寄的?)(?:邮件|郵件|信息))|begin forwarded message:)",
    re.IGNORECASE | re.MULTILINE,
)
_HEADERS = later(  # as Outlook puts them above the answered mail
    r"^[ \t*]{0,9}(?:from|von|de|от|发件人|寄件者)[ \t*]{0,3}[:：][^\n]{1,300}\n(?:[^\n]{0,300}\n){1,4}?"
    r"[ \t*]{0,9}(?:subject|betreff|objet|asunto|assunto|тема|主题|主旨)[ \t*]{0,3}[:：]",
    re.IGNORECASE | re.MULTILINE,
)
_WROTE = later(
    r"(?:wrote|schrieb(?: [^\n:]{1,80})?|a écrit|escribió|escreveu|написала?|写道|寫道)[ \t\u00a0]?[:：][ \t\r]{0,9}$",
    re.IGNORECASE | re.MULTILINE,
)
_MARKED = later(r"\s{0,99}>")
_LONGEST_LINE = 2_000  # characters; what stands further from the beginning of its line has no mark that was found


def quoted_from(text: str) -> int:
    """The offset below which all is quoted; the length of the text where there is none."""
    found = [match.start() for pattern in (_SEPARATOR, _HEADERS) if (match := pattern.search(text))]
    found += [match.start() for match in _WROTE.finditer(text) if _leads(match)][:1]
    return min(found, default=len(text))


def is_marked(text: str, offset: int) -> bool:
    """Whether the line of that offset begins with the sign of a quotation."""
    begin = text.rfind("\n", max(0, offset - _LONGEST_LINE), offset) + 1
    return text[begin : offset + 1].lstrip(" \t").startswith(">")


def _leads(match: re.Match[str]) -> bool:
    """On Tuesday Bob wrote: with a date or time, and below it lines that do not each have the sign of a quotation."""
    text = match.string
    lines = text[max(0, match.start() - 300) : match.start()].split("\n")[-2:]
    return any(map(str.isdigit, "".join(lines))) and not _MARKED.match(text, match.end())
