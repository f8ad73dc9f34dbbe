"""Bytes of unknown honesty into text: a fixed list of text charsets, and a guess where none is declared.

Only charsets of the list are ever looked up, so a name from outside can not start another codec of Python (zip, idna,
unicode_escape). Decoding never raises.
"""

from __future__ import annotations

from typing import NamedTuple

from reputation.records.charset_guess import BIG5, GB, guess
from reputation.records.charset_plain import plain_chinese, plain_east_asian, plain_latin
from reputation.records.later import later

_CODECS = {
    "us-ascii": "ascii", "ascii": "ascii", "utf-8": "utf-8", "utf8": "utf-8", "utf-16": "utf-16",
    "utf-16le": "utf-16-le", "utf-16be": "utf-16-be", "utf-32": "utf-32",
    "gb2312": GB, "gbk": GB, "gb18030": GB, "cp936": GB, "x-gbk": GB, "hz-gb-2312": "hz",
    "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "x-big5": "big5hkscs", "cp950": "cp950",
    "shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932", "sjis": "cp932", "windows-31j": "cp932",
    "cp932": "cp932", "euc-jp": "euc_jp", "iso-2022-jp": "iso2022_jp_2",
    "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "cp949": "cp949", "iso-2022-kr": "iso2022_kr",
    "koi8-r": "koi8_r", "koi8-u": "koi8_u", "macintosh": "mac_roman", "tis-620": "tis_620", "windows-874": "cp874",
    "latin1": "iso8859_1", "latin-1": "iso8859_1", "cp437": "cp437", "cp850": "cp850", "cp866": "cp866",
    **{f"iso-8859-{n}": f"iso8859_{n}" for n in (*range(1, 12), *range(13, 17))},
    **{f"windows-{n}": f"cp{n}" for n in range(1250, 1259)},
    **{f"cp{n}": f"cp{n}" for n in range(1250, 1259)},
}  # fmt: skip
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_ESCAPED = later("[\udc80-\udcff]")
_LEAST_UTF16 = 8
_EAST_ASIAN = frozenset({GB, "hz", "big5hkscs", "cp950", "cp932", "euc_jp", "cp949"})
_LEAST_EAST_ASIAN = 2
_CHINESE = frozenset({GB, BIG5, "cp950"})
_LATIN = frozenset({"cp1250", "cp1252", "cp1254", "cp1257",
                    *(f"iso8859_{n}" for n in (1, 2, 3, 4, 9, 10, 13, 14, 15, 16))})  # fmt: skip


class Decoded(NamedTuple):
    """Text, the codec that read it, and how sure that codec is.

    `declared_unknown`: a charset was named that is not on our list. `guessed`: none was named (or ASCII was, wrongly)
    and the bytes are not plain ASCII. `misdeclared`: the bytes are plainly of another charset than the declared one,
    so a reader that believes the declaration sees signs; the text here is what the writer saw. `damaged`: some bytes
    mean nothing in the charset; each of them is one replacement character.
    """

    text: str
    codec: str
    declared_unknown: bool = False
    guessed: bool = False
    damaged: bool = False
    misdeclared: bool = False


def codec_of(charset: str) -> str | None:
    """The Python codec of a declared charset, or None when it is not on the list."""
    return _CODECS.get(charset.strip().strip("\"'").lower()[:40])


def decode(data: bytes, charset: str = "") -> Decoded:
    """The text of `data`. An unknown charset falls back to the guess, the guess at last to ISO-8859-1."""
    if not charset and data.isascii() and b"\0" not in data:
        return Decoded(data.decode("ascii"), "ascii")
    for bom, codec in _BOMS:
        if data.startswith(bom):
            return _with(data[len(bom) :], codec)
    if not charset and (codec := utf16_without_mark(data)):
        return _with(data, codec)
    codec_name = codec_of(charset) if charset else None
    if codec_name and codec_name != "ascii":
        plain = "" if data.isascii() else _plainly(data, codec_name)
        return _with(data, plain)._replace(misdeclared=True) if plain else _with(data, codec_name)
    if data.isascii():
        return Decoded(data.decode("ascii"), "ascii", declared_unknown=bool(charset) and codec_name is None)
    codec_name = guess(data)
    text = data.decode(codec_name, "replace")
    unknown = bool(charset) and codec_of(charset) is None
    return Decoded(text, codec_name, declared_unknown=unknown, guessed=True, misdeclared=bool(charset) and not unknown)


def _plainly(data: bytes, declared: str) -> str:
    """The codec that the bytes are plainly of, in spite of the declared one, or ""."""
    if _is_rather_utf8(data, declared):
        return "utf-8"
    if declared in _LATIN:
        return plain_east_asian(data)
    if declared in _CHINESE:
        other = GB if declared != GB else BIG5
        return other if plain_chinese(data, other, declared) else plain_latin(data, declared)
    return plain_latin(data, declared) if declared in _EAST_ASIAN - {"hz"} else ""


def _is_rather_utf8(data: bytes, codec: str) -> bool:
    """Whether all bytes outside ASCII form characters of UTF-8, which text in another charset does by no accident.

    A pair of bytes may be a character in both, so East Asian charsets need characters of three.
    """
    if data.isascii() or codec.startswith("utf"):
        return False
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return codec not in _EAST_ASIAN or sum(c >= "\u0800" for c in text) >= _LEAST_EAST_ASIAN


def mark_length(data: bytes) -> int:
    """How many bytes of `data` are the mark of its charset, which is no part of the text."""
    return next((len(bom) for bom, _ in _BOMS if data.startswith(bom)), 0)


def mark_of(data: bytes) -> bytes:
    """The byte order mark at the start of `data`, which is no part of its text, or nothing."""
    return next((mark for mark, _ in _BOMS if data.startswith(mark)), b"")


def utf16_without_mark(data: bytes) -> str:
    """The byte order of UTF-16 that no mark announces, or "": Latin text in it has a zero in every second byte."""
    sample = data[:400]
    if b"\0" not in sample or len(sample) < _LEAST_UTF16:
        return ""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if 2 * odd > half and 10 * even < half:
        return "utf-16-le"
    return "utf-16-be" if 2 * even > half and 10 * odd < half else ""


def is_utf16(data: bytes) -> bool:
    """Whether the bytes are text in UTF-16, as Notepad on Windows calls "Unicode"."""
    return data.startswith((b"\xff\xfe", b"\xfe\xff")) or bool(utf16_without_mark(data))


def _with(data: bytes, codec: str) -> Decoded:
    try:
        return Decoded(data.decode(codec), codec)
    except (UnicodeError, ValueError):
        return Decoded(_ESCAPED.sub("\ufffd", escaped(data, codec)), codec, damaged=True)


def escaped(data: bytes, codec: str) -> str:
    """The text of `data`, each byte without a meaning as the surrogate that encodes to it again ("surrogateescape")."""
    try:
        return data.decode(codec, "surrogateescape")
    except (UnicodeError, ValueError):  # UTF-16 and ISO-2022 also reject bytes below 128, for which there is none
        return data.decode(codec, "replace")
