"""Typing errors in mail addresses that have one obvious correction.

    suggest("anna@gmial.com").address  ->  "anna@gmail.com"

A suggestion is a question to a person, never a silent change. Domains that exist and merely look alike (mail.com beside
gmail.com) are left alone.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from reputation.records.address import parse_address
from reputation.text import Text, say

_COMMON: Final = frozenset({
    "gmail.com", "googlemail.com", "hotmail.com", "hotmail.co.uk", "hotmail.fr", "hotmail.it", "hotmail.de",
    "hotmail.es", "outlook.com", "outlook.de", "outlook.fr", "outlook.es", "live.com", "msn.com", "yahoo.com",
    "yahoo.co.uk", "yahoo.co.jp", "yahoo.co.in", "yahoo.fr", "yahoo.de", "yahoo.it", "yahoo.es", "yahoo.com.br",
    "yahoo.com.cn", "yahoo.cn", "yahoo.com.tw", "yahoo.com.hk", "yahoo.in", "ymail.com", "rocketmail.com",
    "aol.com", "icloud.com", "me.com", "mac.com", "mail.com", "email.com", "usa.com", "gmx.com", "gmx.de",
    "gmx.net", "gmx.at", "gmx.ch", "web.de", "t-online.de", "freenet.de", "orange.fr", "wanadoo.fr", "laposte.net",
    "free.fr", "sfr.fr", "libero.it", "virgilio.it", "tiscali.it", "alice.it", "terra.com.br", "uol.com.br",
    "bol.com.br", "ig.com.br", "mail.ru", "bk.ru", "list.ru", "inbox.ru", "yandex.ru", "yandex.com", "rambler.ru",
    "ukr.net", "protonmail.com", "proton.me", "zoho.com", "fastmail.com", "comcast.net", "verizon.net", "att.net",
    "sbcglobal.net", "bellsouth.net", "charter.net", "cox.net", "earthlink.net", "btinternet.com", "rediffmail.com",
    "naver.com", "hanmail.net", "daum.net", "docomo.ne.jp", "ezweb.ne.jp", "softbank.ne.jp", "nifty.com", "qq.com",
    "vip.qq.com", "foxmail.com", "163.com", "126.com", "yeah.net", "vip.163.com", "139.com", "189.cn", "sina.com",
    "sina.cn", "sohu.com", "aliyun.com", "tom.com", "21cn.com", "263.net", "wo.cn",
})  # fmt: skip
_ENDINGS: Final = {
    "con": "com", "cmo": "com", "ocm": "com", "comm": "com", "coom": "com", "ccom": "com", "vom": "com", "xom": "com",
    "cpm": "com", "clm": "com", "cim": "com", "conm": "com", "comn": "com", "cok": "com", "kom": "com", "dom": "com",
    "c0m": "com", "com1": "com", "coml": "com", "comc": "com", "nte": "net", "ent": "net", "nett": "net", "neet": "net",
    "met": "net",
    "ogr": "org", "rog": "org", "orgg": "org", "ort": "org", "orq": "org", "cnn": "cn", "cc0m": "com",
}  # fmt: skip
_STUCK: Final = re.compile(r"(com|net|org)(cn|hk|tw|br|au|mx|tr|sg|my)$")
_LEAST_NAME: Final = 5


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The address that was probably meant, and why."""

    address: str
    why: Text


def suggest(written: str) -> Suggestion | None:
    """The obvious correction of an address as it was written, or None."""
    cleaned = _cleaned(written)
    local, at, domain = cleaned.rpartition("@")
    if not at or not local:
        return None
    better, why = _domain(domain.lower())
    address = parse_address(f"{local}@{better}")
    if not address or address == written.strip():
        return None
    if better != domain.lower():
        return Suggestion(address, why)
    if cleaned.lower() == written.strip().lower():
        return None
    return Suggestion(address, say("The address held characters that do not belong there."))


def _cleaned(written: str) -> str:
    """Without blanks, full-width forms, doubled signs and the punctuation that copying brings along."""
    text = unicodedata.normalize("NFKC", written[:400])
    text = "".join(c for c in text if unicodedata.category(c)[0] not in "CZ").replace("\u3002", ".")
    text = (
        text.strip("<>()[]{}\"'\u201c\u201d\u2018\u2019,;:\u3001|/\\").removeprefix("mailto:").removeprefix("MAILTO:")
    )
    text = re.sub(r"@{2,}", "@", text)
    text = re.sub(r"\.{2,}", ".", text)
    local, _, domain = text.rpartition("@")
    return f"{local.strip('.')}@{domain.replace(',', '.').strip('.-,;:!?')}" if local else text


@lru_cache(maxsize=4096)
def _domain(domain: str) -> tuple[str, Text]:
    name, dot, ending = domain.rpartition(".")
    if domain in _COMMON:
        return domain, say("")
    if not dot:
        return _without_dot(domain)
    if ending in _ENDINGS and f"{name}.{ending}" not in _COMMON:
        fixed = f"{name}.{_ENDINGS[ending]}"
        return _near(fixed) or fixed, say("The ending .{ending} is mistyped.", ending=ending)
    if match := _STUCK.search(ending):
        return f"{name}.{match[1]}.{match[2]}", say("A dot is missing in the domain.")
    near = _near(domain)
    return (near, say("{domain} looks like {near}.", domain=domain, near=near)) if near else (domain, say(""))


def _without_dot(domain: str) -> tuple[str, Text]:
    for known in _COMMON:
        if domain in (known.replace(".", ""), known.partition(".")[0]) and len(domain) >= _LEAST_NAME:
            return (known if domain != known.partition(".")[0] else f"{domain}.com"), say(
                "A dot is missing in the domain."
            )
    return domain, say("")


def _near(domain: str) -> str:
    """The common mail domain one slip away: a letter more, less, other or swapped; "" when there is none or two."""
    name = domain.partition(".")[0]
    if domain in _COMMON or name.isdigit():
        return ""
    found = {
        known
        for known in _COMMON
        if len(known.partition(".")[0]) >= _LEAST_NAME
        and abs(len(known) - len(domain)) <= 1
        and _one_slip(domain, known)
    }
    same_ending = {known for known in found if known.partition(".")[2] == domain.partition(".")[2]}
    found = same_ending or found
    return found.pop() if len(found) == 1 else ""


def _one_slip(a: str, b: str) -> bool:
    """Whether one insertion, deletion, replacement or swap of neighbours turns `a` into `b`."""
    if len(a) > len(b):
        a, b = b, a
    at = next((i for i, c in enumerate(a) if c != b[i]), len(a))
    if len(a) < len(b):
        return a[at:] == b[at + 1 :]
    return a[at + 1 :] == b[at + 1 :] or (a[at : at + 2] == b[at : at + 2][::-1] and a[at + 2 :] == b[at + 2 :])
