"""Mail addresses (RFC 5321 section 4.1.2, RFC 6531) as they stand in bounces and logs, read strictly.

Only one "@" counts, quoted local parts are not accepted outside angle brackets, and nothing is guessed.
"""

from __future__ import annotations

import re

_LETTERS = r"A-Za-z0-9\u00c0-\u024f\u0370-\u052f"
_ATOM = rf"[!#$%&'*+\-./=?^_`{{|}}~{_LETTERS}]"
_HAN = r"[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]"  # never mixed with other scripts: a label sticks to no address
_LABEL = rf"(?:[{_LETTERS}](?:[{_LETTERS}_-]{{0,61}}[{_LETTERS}])?|{_HAN}{{1,63}})"
ADDRESS_PATTERN = rf"(?:{_ATOM}{{1,64}}|{_HAN}{{1,64}})@(?:{_LABEL}\.){{0,10}}{_LABEL}"
_FIND = re.compile(rf"(?<![A-Za-z0-9_.+@=-])({ADDRESS_PATTERN})(?![A-Za-z0-9_@-])")
_WHOLE = re.compile(ADDRESS_PATTERN)
_QUOTED = re.compile(rf'"[^"\\\r\n@]{{1,62}}"@(?:{_LABEL}\.){{0,10}}{_LABEL}')
_X400 = re.compile(r"/[A-Z]{1,3}=", re.I)
_IMCEA = re.compile(r"IMCEA(?:INVALID|EX|SMTP)-(.+?)(?:@.*)?$", re.I)
_IMCEA_CODE = re.compile(r"\+([0-9A-F]{2})", re.I)
_TYPE = re.compile(r"^\s*(?:rfc/?822|utf-8|smtp|x-local|local|unknown|x-unix|ex|x400)\s*;\s*", re.I)


def find_addresses(text: str) -> list[str]:
    """Every address in `text`, in order, domains in lower case, without repeats."""
    found = dict.fromkeys(clean(m[1]) for m in _FIND.finditer(text) if "@" in m[1])
    return [address for address in found if address]


def parse_address(text: str) -> str:
    """The one address that `text` is, with or without angle brackets, or "" when it is none."""
    text = text.strip().strip("<>'\"\u201c\u201d;,").removeprefix("mailto:").strip()
    if len(text) > 320:
        return ""
    if _WHOLE.fullmatch(text):
        return clean(text)
    return text if _QUOTED.fullmatch(text) else ""


def address_of_field(value: str) -> str:
    """The address of "rfc822; user@example.org" (RFC 3464 section 2.3), also in its wrong spellings."""
    value = _TYPE.sub("", value.strip())
    imcea = _IMCEA.match(value.strip("<>"))
    if imcea:
        value = _IMCEA_CODE.sub(lambda m: chr(int(m[1], 16)), imcea[1].replace("_", "/"))
        value = value.partition(":")[2] if value.upper().startswith(("SMTP:", "SMTP/")) else value
    whole = parse_address(value)
    if whole or _X400.search(value):
        return whole
    found = find_addresses(value)
    return found[0] if found else ""


def clean(address: str) -> str:
    """`address` with its domain in lower case and without the dot or dash that a sentence left behind it."""
    local, _, domain = address.rpartition("@")
    local = local.lstrip("'`*=.")
    domain = domain.rstrip(".-").lower()
    return f"{local}@{domain}" if local and domain else ""


def domain_of(address: str) -> str:
    """The domain in lower case, or ""."""
    return address.rpartition("@")[2].lower()
