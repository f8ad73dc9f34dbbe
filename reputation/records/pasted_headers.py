"""The header lines that a draft copied out of a mail program begins with, and a front matter, which says the same."""

from __future__ import annotations

from typing import NamedTuple

from reputation.records.later import later

MAX_LINES = 30
_LINE = later(r"([^\W\d_][^\W\d_-]{0,20}(?:[ \t-]{1,3}[^\W\d_-]{1,20}){0,2})[ \t]*[:：][ \t]*(.*)")
_NAMES = {
    "subject": ("subject", "主题", "主題", "主旨", "标题", "標題", "betreff", "objet", "asunto"),
    "from": ("from", "发件人", "發件人", "寄件者", "寄件人", "von", "de"),
    "reply-to": ("reply-to", "回复地址", "回覆地址", "antwort an"),
    "to": ("to", "收件人", "收件者", "an", "para", "à"),
    "": (
        "cc", "bcc", "date", "sent", "importance", "priority", "attachments",
        "抄送", "密送", "副本", "密件副本", "发送时间", "发送日期", "时间", "日期", "重要性",
        "附件", "發送時間", "寄件日期", "傳送時間", "時間", "gesendet", "datum", "envoyé",
        "enviado", "fecha",
    ),
}  # fmt: skip
_MEANING = {word.replace(" ", ""): name for name, words in _NAMES.items() for word in words}


class PastedHeaders(NamedTuple):
    """Value and offset of each header found, by "subject", "from", "reply-to" and "to", and where the text begins."""

    values: dict[str, tuple[str, int]]
    end: int


def pasted_headers(text: str) -> PastedHeaders:
    """The header lines at the top of `text`. Lines that name neither subject nor sender are the letter itself."""
    position = text.rfind("\n", 0, len(text) - len(text.lstrip())) + 1
    close = -1
    if _line(text, position).rstrip() == "---":
        position = _next(text, position)
        close = _end_of_front_matter(text, position)
    found: dict[str, tuple[str, int]] = {}
    for _ in range(MAX_LINES):
        match = _LINE.match(_line(text, position))
        name = _MEANING.get("".join(match[1].lower().split())) if match else None
        if position == close or (name is None and close < 0):
            break
        if match and name:
            blanks = len(match[2]) - len(match[2].lstrip())
            found.setdefault(name, (match[2].strip(), position + match.start(2) + blanks))
        position = _next(text, position)
    end = _next(text, close) if close >= 0 else position
    return PastedHeaders(found, end) if found.keys() - {"to"} else PastedHeaders({}, 0)


def _end_of_front_matter(text: str, position: int) -> int:
    """Where its closing line stands, or -1."""
    for _ in range(MAX_LINES):
        if _line(text, position).rstrip() in ("---", "..."):
            return position
        position = _next(text, position)
    return -1


def _line(text: str, start: int) -> str:
    return text[start : _next(text, start)].rstrip("\n")


def _next(text: str, position: int) -> int:
    """Where the next line begins."""
    return text.find("\n", position) + 1 or len(text)
