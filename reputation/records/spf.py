"""SPF records into typed terms: the grammar of RFC 7208 section 12, and nothing that needs DNS."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network
from typing import Final, TypeAlias

from reputation.records.spf_macro import Macro, MacroString, MacroSyntaxError, parse_macro_string
from reputation.text import Text, say

Network: TypeAlias = "IPv4Network | IPv6Network"
VERSION: Final = "v=spf1"
ASKING: Final = frozenset({"include", "a", "mx", "ptr", "exists"})  # mechanisms that cost a look-up (section 4.6.4)
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")
_DIRECTIVE: Final = re.compile(r"([+?~-]?)([A-Za-z][A-Za-z0-9_.-]*)(?=[:/]|$)(.*)", re.DOTALL)
_TOP_LABEL: Final = re.compile(r"\.(?:[A-Za-z0-9]*[A-Za-z][A-Za-z0-9]*|[A-Za-z0-9]+-[A-Za-z0-9-]*[A-Za-z0-9])\.?\Z")
_DUAL_PREFIX: Final = re.compile(r"(?:/(0|[1-9][0-9]?))?(?://(0|[1-9][0-9]{0,2}))?\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mechanism:
    """One directive. `domain` is its domain-spec (empty: the current domain); `network` belongs to ip4 and ip6.

    `text` is the term as published and `column` where it begins, counted from 1.
    """

    qualifier: str
    name: str
    text: str
    column: int
    domain: MacroString = ()
    network: Network | None = None
    prefix4: int = 32
    prefix6: int = 128


@dataclass(frozen=True, slots=True)
class SpfRecord:
    """A record that fits the grammar. `exp` and `redirect` are domain-specs, empty when not given."""

    text: str
    mechanisms: tuple[Mechanism, ...]
    redirect: MacroString = ()
    exp: MacroString = ()
    redirect_text: str = ""

    @property
    def effective(self) -> tuple[Mechanism, ...]:
        """The mechanisms that are ever looked at: up to and with the first `all` (section 5.1)."""
        names = [m.name for m in self.mechanisms]
        return self.mechanisms[: names.index("all") + 1] if "all" in names else self.mechanisms

    @property
    def final(self) -> Mechanism | None:
        """The `all` mechanism, if there is one."""
        return next((m for m in self.mechanisms if m.name == "all"), None)

    @property
    def follows_redirect(self) -> bool:
        """True when `redirect` counts: it is ignored beside `all` (section 6.1)."""
        return bool(self.redirect) and self.final is None


class SpfSyntaxError(ValueError):
    """A permanent error. `term` is the faulty term, `column` its place from 1, `problem` the sentence for people."""

    def __init__(self, term: str, column: int, problem: Text) -> None:
        super().__init__(f"{term} (character {column}): {problem}")
        self.term, self.column, self.problem = term, column, problem


def spf_records(texts: Iterable[bytes]) -> tuple[str, ...]:
    """Those TXT records that are SPF records by their version section (section 4.5)."""
    decoded = (text.decode("latin-1") for text in texts)
    return tuple(
        t for t in decoded if t[: len(VERSION)].lower() == VERSION and t[len(VERSION) : len(VERSION) + 1] in ("", " ")
    )


def parse_spf(text: str) -> SpfRecord:
    """The typed record. Raises SpfSyntaxError for anything that RFC 7208 calls a permanent error in the text."""
    mechanisms: list[Mechanism] = []
    modifiers: dict[str, tuple[str, MacroString]] = {}
    for match in re.finditer(r"[^ ]+", text[len(VERSION) :]):
        term, column = match[0], match.start() + len(VERSION) + 1
        name, equals, value = _as_modifier(term)
        if not equals:
            mechanisms.append(_mechanism(term, column))
        elif name in ("redirect", "exp"):
            if name in modifiers:
                raise SpfSyntaxError(term, column, say("{name}= may occur only once", name=name))
            modifiers[name] = (term, _domain_spec(value, term, column))
        else:
            _macro_string(value, term, column)
    redirect_text, redirect = modifiers.get("redirect", ("", ()))
    return SpfRecord(text, tuple(mechanisms), redirect, modifiers.get("exp", ("", ()))[1], redirect_text)


def _as_modifier(term: str) -> tuple[str, bool, str]:
    name, equals, value = term.partition("=")
    if equals and _NAME.fullmatch(name):
        return name.lower(), True, value
    return "", False, ""


def _mechanism(term: str, column: int) -> Mechanism:
    match = _DIRECTIVE.fullmatch(term)
    name = match[2].lower() if match else ""
    if match is None or name not in ("all", "ip4", "ip6", *ASKING):
        raise SpfSyntaxError(term, column, say("SPF knows no such word"))
    qualifier, rest = match[1] or "+", match[3]
    if name == "all":
        if rest:
            raise SpfSyntaxError(term, column, say("nothing may follow the word all"))
        return Mechanism(qualifier=qualifier, name=name, text=term, column=column)
    if name in ("ip4", "ip6"):
        network = _network(name, rest, term, column)
        return Mechanism(qualifier=qualifier, name=name, text=term, column=column, network=network)
    return _with_domain(Mechanism(qualifier=qualifier, name=name, text=term, column=column), rest)


def _with_domain(bare: Mechanism, rest: str) -> Mechanism:
    term, column, name = bare.text, bare.column, bare.name
    prefix4, prefix6 = 32, 128
    if name in ("a", "mx"):
        rest, prefix4, prefix6 = _prefixes(rest, term, column)
    if not rest.startswith(":") and (rest or name in ("include", "exists")):
        raise SpfSyntaxError(term, column, say("a colon and a domain must follow {name}", name=name))
    domain = _domain_spec(rest[1:], term, column) if rest else ()
    return Mechanism(
        qualifier=bare.qualifier, name=name, text=term, column=column, domain=domain, prefix4=prefix4, prefix6=prefix6
    )


def _prefixes(rest: str, term: str, column: int) -> tuple[str, int, int]:
    """`rest` without its dual-cidr-length, and the two lengths. A slash inside a macro belongs to the macro."""
    match = _DUAL_PREFIX.search(rest)
    assert match  # the pattern fits the empty end too
    prefix4, prefix6 = int(match[1] or 32), int(match[2] or 128)
    if prefix4 > 32 or prefix6 > 128:
        raise SpfSyntaxError(term, column, say("the length after the slash is too large"))
    return rest[: match.start()], prefix4, prefix6


def _network(name: str, rest: str, term: str, column: int) -> Network:
    """The block of addresses; host bits may be set (they are ignored)."""
    kind: type[IPv4Network] | type[IPv6Network] = IPv4Network if name == "ip4" else IPv6Network
    address, slash, length = rest[1:].partition("/")
    longest = 32 if name == "ip4" else 128
    try:
        if not rest.startswith(":") or (slash and not re.fullmatch("0|[1-9][0-9]{0,2}", length)) or "%" in address:
            raise ValueError
        return kind((address, int(length) if slash else longest), strict=False)
    except ValueError:
        raise SpfSyntaxError(term, column, say("this is no address or block for {name}", name=name)) from None


def _domain_spec(text: str, term: str, column: int) -> MacroString:
    """A domain-spec: a macro-string that ends in a top label or a macro."""
    parts = _macro_string(text, term, column)
    ends_in_macro = bool(parts) and isinstance(parts[-1], Macro)
    if not parts or not (ends_in_macro or (isinstance(parts[-1], str) and _TOP_LABEL.search(_tail(parts)))):
        raise SpfSyntaxError(term, column, say("a full domain name is expected, such as example.com"))
    return parts


def _tail(parts: MacroString) -> str:
    """The literal end of a macro-string; what stands before it counts as one label."""
    last = parts[-1]
    return last if isinstance(last, str) and len(parts) == 1 else f"x{last}"


def _macro_string(text: str, term: str, column: int) -> MacroString:
    try:
        return parse_macro_string(text)
    except MacroSyntaxError as error:
        raise SpfSyntaxError(
            term, column + term.index(text) + error.at, say("this character or macro is not allowed here")
        ) from None
