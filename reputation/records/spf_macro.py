"""Macros of SPF: RFC 7208 section 7. Parsed once, expanded for one client."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from typing import Final, TypeAlias
from urllib.parse import quote

IPAddress: TypeAlias = "IPv4Address | IPv6Address"
_TOKEN: Final = re.compile(r"%\{([a-z])(\d*)(r?)([.\-+,/_=]*)\}|%([%_-])|([\x21-\x24\x26-\x7e]+)", re.IGNORECASE)
_ESCAPES: Final = {"%": "%", "_": " ", "-": "%20"}
_LETTERS: Final = "slodiphv"
_EXPLANATION_LETTERS: Final = "crt"
_MAX_NAME: Final = 253


class MacroSyntaxError(ValueError):
    """The text is no macro-string; `at` is the index of the first character that does not fit."""

    def __init__(self, at: int) -> None:
        super().__init__(f"not a macro-string from character {at + 1} on")
        self.at = at


@dataclass(frozen=True, slots=True)
class Macro:
    """One macro-expand: its letter, the number of right-hand parts (0 = all), and how to split and join."""

    letter: str
    keep: int = 0
    backwards: bool = False
    delimiters: str = "."
    escaped: bool = False


MacroString: TypeAlias = "tuple[str | Macro, ...]"


@dataclass(frozen=True, slots=True, kw_only=True)
class MacroValues:
    """What the letters stand for. `validated_name` is asked only when %{p} occurs; `now` is in Unix seconds."""

    sender: str
    domain: str
    helo: str
    ip: IPAddress
    validated_name: Callable[[], str]
    receiver: str = "unknown"
    now: int = 0


def parse_macro_string(text: str, *, explanation: bool = False) -> MacroString:
    """The literals and macros of `text`. Raises MacroSyntaxError.

    In an explanation (section 6.2) blanks are literals and the letters c, r and t are allowed.
    """
    parts: list[str | Macro] = []
    at = 0
    while at < len(text):
        if explanation and text[at] == " ":
            parts.append(" ")
            at += 1
            continue
        match = _TOKEN.match(text, at)
        if not match:
            raise MacroSyntaxError(at)
        parts.append(_part(match, at, _LETTERS + _EXPLANATION_LETTERS if explanation else _LETTERS))
        at = match.end()
    return tuple(parts)


def _part(match: re.Match[str], at: int, letters: str) -> str | Macro:
    letter, digits, backwards, delimiters, escape, literal = match.groups()
    if literal is not None:
        return literal
    if escape is not None:
        return _ESCAPES[escape]
    if letter.lower() not in letters or (digits and not int(digits[:4])):
        raise MacroSyntaxError(at)
    return Macro(letter.lower(), int(digits[:4] or 0), bool(backwards), delimiters or ".", letter.isupper())


def letters_of(parts: MacroString) -> frozenset[str]:
    """The macro letters that occur."""
    return frozenset(part.letter for part in parts if isinstance(part, Macro))


def expand(parts: MacroString, values: MacroValues) -> str:
    """The text with every macro replaced."""
    return "".join(part if isinstance(part, str) else _expanded(part, values) for part in parts)


def expand_name(parts: MacroString, values: MacroValues) -> str:
    """A domain name: without the final dot, and cut from the left at a label to 253 characters (section 7.3)."""
    name = expand(parts, values).removesuffix(".")
    while len(name) > _MAX_NAME and "." in name:
        name = name.partition(".")[2]
    return name


def _expanded(macro: Macro, values: MacroValues) -> str:
    pieces = re.split(f"[{re.escape(macro.delimiters)}]", _value(macro.letter, values))
    if macro.backwards:
        pieces.reverse()
    text = ".".join(pieces[-macro.keep :] if macro.keep else pieces)
    return quote(text, safe="-._~") if macro.escaped else text


def _value(letter: str, values: MacroValues) -> str:
    local, _, sender_domain = values.sender.rpartition("@")
    readers: dict[str, Callable[[], str]] = {
        "s": lambda: values.sender,
        "l": lambda: local,
        "o": lambda: sender_domain,
        "d": lambda: values.domain,
        "i": lambda: _dotted(values.ip),
        "p": values.validated_name,
        "h": lambda: values.helo,
        "v": lambda: "in-addr" if values.ip.version == 4 else "ip6",
        "c": lambda: str(values.ip),
        "r": lambda: values.receiver,
        "t": lambda: str(values.now),
    }
    return readers[letter]()


def _dotted(ip: IPAddress) -> str:
    return str(ip) if ip.version == 4 else ".".join(f"{int(ip):032X}")
