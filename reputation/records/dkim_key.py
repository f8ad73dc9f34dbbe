"""DKIM key records: RFC 6376 section 3.6.1 and RFC 8463 (Ed25519)."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import Final

from reputation.records.tags import parse_tags, without_blanks
from reputation.text import Text, say

_RSA_OID: Final = bytes.fromhex("2a864886f70d010101")
_SEQUENCE, _INTEGER, _BIT_STRING, _OID = 0x30, 0x02, 0x03, 0x06


@dataclass(frozen=True, slots=True, kw_only=True)
class DkimKey:
    """One key record. `bits` is 0 for a revoked key (empty p=); `problem` says why the key cannot be used."""

    text: str
    algorithm: str = "rsa"
    bits: int = 0
    revoked: bool = False
    testing: bool = False
    problem: Text | None = None


def looks_like_key(text: str) -> bool:
    """True for a TXT record that was meant as a DKIM key: it has p= and, when it names a version, the right one."""
    tags = parse_tags(text)
    return tags.has("p") and tags.get("v", "DKIM1").upper().startswith("DKIM")


def parse_dkim_key(text: str) -> DkimKey:
    """The typed key. Never raises: whatever makes the key useless becomes its `problem`."""
    tags = parse_tags(text)
    algorithm = tags.get("k", "rsa").lower()
    flags = [without_blanks(flag).lower() for flag in tags.get("t").split(":")]
    encoded = without_blanks(tags.get("p"))
    bits, problem = _measured(algorithm, encoded) if encoded else (0, None)
    hashes = tuple(h.strip().lower() for h in tags.get("h").split(":") if h.strip())
    services = tuple(s.strip().lower() for s in tags.get("s", "*").split(":"))
    first = tags.tags[0][0] if tags.tags else ""
    if tags.has("v") and (first != "v" or tags.get("v") != "DKIM1"):
        problem = say("v=DKIM1 must stand first and be spelt exactly so")
    elif not tags.has("p"):
        problem = say("the tag p= with the key is missing")
    elif hashes and "sha256" not in hashes:
        problem = say("its h= does not allow sha256, which every signature uses today")
    elif not {"*", "email"} & set(services):
        problem = say("its s= says that it is not meant for e-mail")
    return DkimKey(
        text=text,
        algorithm=algorithm,
        bits=bits,
        revoked=tags.has("p") and not encoded,
        testing="y" in flags,
        problem=problem,
    )


def _measured(algorithm: str, encoded: str) -> tuple[int, Text | None]:
    try:
        raw = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        return 0, say("the key is not valid base64; it was probably cut or pasted with a stray character")
    if algorithm == "ed25519":
        return (
            (256, None)
            if len(raw) == 32
            else (0, say("an Ed25519 key has 32 bytes, this one has {count}", count=len(raw)))
        )
    if algorithm != "rsa":
        return 0, say('the key type "{kind}" is unknown', kind=algorithm[:20])
    bits = _rsa_bits(raw)
    return (bits, None) if bits else (0, say("the key is no RSA public key; it was probably cut"))


def _rsa_bits(raw: bytes) -> int:
    """Length of the modulus in bits, from SubjectPublicKeyInfo or a bare RSAPublicKey; 0 when it is neither."""
    try:
        outer = _element(raw, 0, _SEQUENCE)
        if outer[:1] == bytes([_SEQUENCE]):
            algorithm = _element(outer, 0, _SEQUENCE)
            if _element(algorithm, 0, _OID) != _RSA_OID:
                return 0
            outer = _element(_element(outer, _end(outer, 0), _BIT_STRING)[1:], 0, _SEQUENCE)
        _element(outer, _end(outer, 0), _INTEGER)
        return int.from_bytes(_element(outer, 0, _INTEGER), "big").bit_length()
    except ValueError:
        return 0


def _header(data: bytes, at: int) -> tuple[int, int]:
    """(start, length) of the contents of the DER element at `at`. Raises ValueError."""
    if at + 2 > len(data):
        raise ValueError
    length, start = data[at + 1], at + 2
    if length & 0x80:
        size = length & 0x7F
        if not 1 <= size <= 3 or start + size > len(data):
            raise ValueError
        length, start = int.from_bytes(data[start : start + size], "big"), start + size
    if start + length > len(data):
        raise ValueError
    return start, length


def _element(data: bytes, at: int, tag: int) -> bytes:
    start, length = _header(data, at)
    if data[at] != tag:
        raise ValueError
    return data[start : start + length]


def _end(data: bytes, at: int) -> int:
    start, length = _header(data, at)
    return start + length
