"""Targets of links, read as a browser reads them and never followed."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple
from urllib.parse import unquote

from reputation.records.later import later
from reputation.whole_number import whole_number

_SCHEME = later(r"([a-zA-Z][a-zA-Z0-9+.-]{0,30}):")
_NUMBERS = later(r"(?:(?:[0-9]+|0x[0-9a-f]*)(?:\.|\Z)){1,4}")
_AROUND = "".join(map(chr, range(33))) + "\xa0\u3000"  # what may stand around a target and is no part of it
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))  # UTS #46 takes them out of a host
_HOST_END = later(r"[/?#\\]")
# Scripts that are written without blanks, and their punctuation: such text runs on right behind an address. It belongs
# to the host only as a label of its own, as in http://例子.中国/.
_LETTER = "[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]"
_END = "\\s<>\"'\u2014\u2018-\u201d\u2026\u3000-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef"
_LABEL = rf"(?<=[./@]){_LETTER}{{1,63}}(?=\.\S)|(?<={_LETTER}\.){_LETTER}{{1,63}}"
WEB_ADDRESS = later(
    rf"[hw](?:(?<=h)ttps?://|(?<![a-z0-9_]w)ww\.)(?:[^{_END}/?#\\]{{1,300}}|{_LABEL}){{1,20}}(?:[/?#\\][^{_END}]{{0,2000}})?",
    re.IGNORECASE,
)
_SHORTEST = len("http://a.b")
_HOST_IN_TEXT = later(
    r"^(?:https?://)?(?:www\.)?((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z]{2,24})(?:[:/?#]\S*)?$",
    re.IGNORECASE,
)
_SECOND_LEVEL = frozenset({"co", "com", "net", "org", "gov", "ac", "edu", "or", "ne", "go", "gob", "nom"})
_NOT_A_DOMAIN = frozenset({"html", "htm", "php", "pdf", "jpg", "png", "doc", "docx", "xls", "xlsx", "zip", "js", "css"})


class Target(NamedTuple):
    """A link's target in pieces. `host` is in lower case without a final dot; `port` is None when none is written."""

    written: str
    scheme: str
    host: str = ""
    port: int | None = None
    user: str = ""
    path: str = ""

    @property
    def is_web(self) -> bool:
        """Whether it leads to a web page."""
        return self.scheme in ("http", "https") and bool(self.host)

    @property
    def is_address(self) -> bool:
        """Whether the host is a bare IP address, in any of the ways to write one: browsers take numbers alone for one
        (WHATWG URL Standard, section 3.5, read 2026-11)."""
        return self.host[:1] == "[" or (self.host[:1].isdigit() and bool(_NUMBERS.fullmatch(self.host)))

    @property
    def domain(self) -> str:
        """The registrable domain of the host, as near as it can be told without the public suffix list."""
        return self.host if self.is_address else organizational(self.host)


def parse_target(written: str) -> Target:
    """The pieces of `written`. What can not be read leaves empty pieces; never raises."""
    cleaned = re.sub(r"[\t\r\n]", "", written).strip(_AROUND)
    scheme = _SCHEME.match(cleaned)
    name = scheme[1].lower() if scheme else ""
    rest = cleaned[scheme.end() :] if scheme else cleaned
    if name not in ("", "http", "https"):
        return Target(cleaned, name, path=rest)
    rest = rest.replace("\\", "/", 3)
    if not rest.startswith("//") and not name:
        return Target(cleaned, "", path=rest)
    return _web(cleaned, name or "https", rest.lstrip("/"))


def _web(cleaned: str, scheme: str, rest: str) -> Target:
    stop = _HOST_END.search(rest)
    authority, path = (rest[: stop.start()], rest[stop.start() :]) if stop else (rest, "")
    user, _, host_port = authority.rpartition("@")
    host, port = _host_and_port(host_port)
    return Target(cleaned, scheme, _as_looked_up(host), port, user, path)


def _as_looked_up(host: str) -> str:
    """A host in the form in which browsers look it up, save that other scripts stay readable (UTS #46)."""
    host = unquote(host) if "%" in host else host
    if not host.isascii():
        host = unicodedata.normalize("NFKC", host.translate(_UNSEEN)).replace("\u3002", ".")
    return host.strip().lower().rstrip(".")


def _host_and_port(text: str) -> tuple[str, int | None]:
    if text.startswith("["):
        host, _, port = text.partition("]")
        host, port = host + "]", port.lstrip(":")
    else:
        host, _, port = text.partition(":")
    return host, whole_number(port, 0, 99_999)


def bare_urls(text: str) -> list[tuple[str, int, int]]:
    """(target, start, end) of each web address written out in `text`."""
    found = []
    for match in WEB_ADDRESS.finditer(text):
        written = match[0].rstrip(".,;:!?)]}>*_")
        target = written if "://" in written[:8] else "http://" + written
        if len(target) >= _SHORTEST:
            found.append((target, match.start(), match.start() + len(written)))
    return found


def host_in_text(text: str) -> str:
    """The host when `text` as a whole reads like a web address ("www.example.com/x"), else ""."""
    match = _HOST_IN_TEXT.match(text.strip()[:300])
    if not match or match[1].rpartition(".")[2].lower() in _NOT_A_DOMAIN:
        return ""
    return match[1].lower()


def organizational(host: str) -> str:
    """The last two labels, or three below suffixes such as co.uk and com.cn."""
    labels = host.lower().rstrip(".").split(".")
    if len(labels) > 2 and labels[-2] in _SECOND_LEVEL and len(labels[-1]) == 2:
        return ".".join(labels[-3:])
    return ".".join(labels[-2:])
