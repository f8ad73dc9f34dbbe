"""Ready texts to send after a bounce, with what is known of the lost mail filled in safely."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

_FOLDER: Final = Path(__file__).parent / "templates"
_MAX: Final = {"subject": 120, "reply": 400}
NO_DRAFT: Final = "none"
TO_A_COLLEAGUE: Final = "it_colleague"
OUR_SIDE: Final = "our_side"
_AUDIENCES: Final = {
    TO_A_COLLEAGUE: "colleague", OUR_SIDE: "channel", "address": "channel", "domain": "channel",
    "other_channel": "channel", "cause_unknown": "channel",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Draft:
    """A text to send. The subject is one line, the body plain text.

    `audience` is "mail" for the contact at the address that failed, "channel" for the contact by phone or chat because
    that address does not take mail, "colleague" for whoever looks after our own mail.
    """

    subject: str
    body: str
    audience: str = "mail"

    def __str__(self) -> str:
        return f"{self.subject}\n\n{self.body}" if self.subject else self.body


def draft(template: str, values: Mapping[str, str], language: str) -> Draft | None:
    """The text called `template` in "en" or "zh"; None when nothing is to be sent.

    Values come from strangers: line breaks, control and direction characters are taken out, their length is bounded.
    """
    if template == NO_DRAFT:
        return None
    given = {name: one_line(value, _MAX.get(name, 254)) for name, value in values.items()}
    safe = {
        name: _set_off(value, name, language) or _missing(template, name, language) for name, value in given.items()
    }
    safe["about"] = _ABOUT[language].format_map(given) if given.get("subject") else ""
    safe["sender_ip"] = f" --ip {given['sender_ip']}" if given.get("sender_ip") else ""
    subject, _, body = _source(template, language).partition("\n")
    audience = _AUDIENCES.get(template, "mail")
    return Draft(subject.removeprefix("Subject: ").format_map(safe), body.format_map(safe).strip(), audience)


def _set_off(value: str, name: str, language: str) -> str:
    """A Latin address stands between blanks in a Chinese sentence; the Chinese words in its place do not."""
    return f" {value} " if value and language == "zh" and name in _ADDRESSES else value


def _missing(template: str, name: str, language: str) -> str:
    """Words for what is not known. A colleague is told of a contact; the contact reads of the own address."""
    colleague = _MISSING_FOR_A_COLLEAGUE[language] if template == TO_A_COLLEAGUE else {}
    return colleague.get(name) or _MISSING[language].get(name, "-")


def one_line(value: str, limit: int = 254) -> str:
    """`value` on one line, without control or direction characters, at most `limit` characters long."""
    kept = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in value[: 4 * limit])
    words = " ".join(kept.split())
    return words if len(words) <= limit else f"{words[: limit - 3]}..."


_ADDRESSES: Final = ("recipient", "domain")
_ABOUT: Final = {"en": ' with the subject "{subject}"', "zh": "（主题：{subject}）"}
_MISSING: Final = {
    "en": {
        "subject": "my last e-mail",
        "recipient": "your address",
        "reply": "(not quoted)",
        "sender_domain": "YOUR-DOMAIN",
    },
    "zh": {"subject": "上一封邮件", "recipient": "您的邮箱", "reply": "（未引用原话）", "sender_domain": "您的域名"},
}
_MISSING_FOR_A_COLLEAGUE: Final = {
    "en": {"recipient": "one of our contacts", "domain": "one of our contacts", "sender_domain": "OUR-DOMAIN"},
    "zh": {"recipient": "一位联系人", "domain": "联系人", "sender_domain": "我们的域名"},
}


@lru_cache(maxsize=32)
def _source(template: str, language: str) -> str:
    return (_FOLDER / f"{template}.{language}.txt").read_text("utf-8")
