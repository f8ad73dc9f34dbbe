"""Bytes of unknown honesty into text: a fixed list of text charsets, and a guess where none is declared.

Only charsets of the list are ever looked up, so a name from outside can not start another codec of Python (zip, idna,
unicode_escape). Decoding never raises.
"""

from __future__ import annotations

from typing import NamedTuple

from reputation.records.later import later

_GB = "gb18030"
_CODECS = {
    "us-ascii": "ascii", "ascii": "ascii", "utf-8": "utf-8", "utf8": "utf-8", "utf-16": "utf-16",
    "utf-16le": "utf-16-le", "utf-16be": "utf-16-be", "utf-32": "utf-32",
    "gb2312": _GB, "gbk": _GB, "gb18030": _GB, "cp936": _GB, "x-gbk": _GB, "hz-gb-2312": "hz",
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
_HAN = later("[\u4e00-\u9fff]")
_KANA = later("[\u3041-\u30ff]")
_HANGUL = later("[\uac00-\ud7a3]")
_CYRILLIC = later("[\u0410-\u044f]")
_LOWER_CYRILLIC = later("[\u0430-\u044f]")
_HIGH_RUN = later(rb"[\x80-\xff]+")
_SAMPLE = 20_000
_LEAST_UTF16 = 8


class Decoded(NamedTuple):
    """Text, the codec that read it, and how sure that codec is.

    `declared_unknown`: a charset was named that is not on our list. `guessed`: none was named (or ASCII was, wrongly)
    and the bytes are not plain ASCII. `damaged`: some bytes mean nothing in the charset and were replaced.
    """

    text: str
    codec: str
    declared_unknown: bool = False
    guessed: bool = False
    damaged: bool = False


def codec_of(charset: str) -> str | None:
    """The Python codec of a declared charset, or None when it is not on the list."""
    return _CODECS.get(charset.strip().strip("\"'").lower()[:40])


def decode(data: bytes, charset: str = "") -> Decoded:
    """The text of `data`. An unknown charset falls back to the guess, the guess at last to ISO-8859-1."""
    for bom, codec in _BOMS:
        if data.startswith(bom):
            return _with(data[len(bom) :], codec)
    if not charset and (codec := utf16_without_mark(data)):
        return _with(data, codec)
    codec_name = codec_of(charset) if charset else None
    if codec_name and codec_name != "ascii":
        return _with(data, codec_name)
    if data.isascii():
        return Decoded(data.decode("ascii"), "ascii", declared_unknown=bool(charset) and codec_name is None)
    codec_name = guess(data)
    text = data.decode(codec_name, "replace")
    return Decoded(text, codec_name, declared_unknown=bool(charset) and codec_of(charset) is None, guessed=True)


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


def guess(data: bytes) -> str:
    """The likeliest codec of bytes without a declared charset."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start > 0 and error.end >= len(data) - 3 and error.reason == "unexpected end of data":
            return "utf-8"  # cut in the middle of a character
    else:
        return "utf-8"
    sample = data[:_SAMPLE]
    candidates = ("cp932", "euc_jp", "cp949", _GB, "big5hkscs") if _in_pairs(sample) else ("cp932",)
    scores = {codec: _score(sample, codec) for codec in candidates}
    best = max(scores, key=lambda codec: scores[codec])
    if scores[best] > 0.6:
        return best
    return _cyrillic(sample) or ("cp1252" if _defined(sample, "cp1252") else "iso8859_1")


def _in_pairs(sample: bytes) -> bool:
    """Whether bytes above 127 mostly stand together, as in East Asian text; a lone umlaut does not."""
    runs = _HIGH_RUN.findall(sample)
    return sum(len(run) == 1 for run in runs) * 2 < len(runs)


def _with(data: bytes, codec: str) -> Decoded:
    try:
        return Decoded(data.decode(codec), codec)
    except (UnicodeError, ValueError):
        return Decoded(data.decode(codec, "replace"), codec, damaged=True)


def _defined(sample: bytes, codec: str) -> bool:
    try:
        sample.decode(codec)
    except UnicodeError:
        return False
    return True


def _score(sample: bytes, codec: str) -> float:
    """Share of the non-ASCII characters that the script of this codec expects, with kana and hangul as proof."""
    text = sample.decode(codec, "ignore")
    high = sum(not c.isascii() for c in text)
    lost = sum(b > 127 for b in sample) - len("".join(c for c in text if not c.isascii()).encode(codec, "ignore"))
    if not high or lost > 0.02 * len(sample):
        return 0.0
    if codec in ("cp932", "euc_jp"):
        kana = len(_KANA.findall(text))
        return (kana + len(_HAN.findall(text))) / high + 0.2 if kana > 0.2 * high else 0.0
    if codec == "cp949":
        return len(_HANGUL.findall(text)) / high + 0.1
    common = _common_han(text) if codec == _GB else len(_HAN.findall(text))
    return common / high if codec == _GB else 0.85 * common / high


def _common_han(text: str) -> int:
    """How many characters are of the first level of GB 2312 (3,755 characters that cover 99 % of a text)."""
    encoded = "".join(_HAN.findall(text)).encode("gb2312", "ignore")
    punctuation = sum("\u3000" <= c <= "\u303f" or "\uff00" <= c <= "\uffef" for c in text)
    return sum(0xB0 <= lead <= 0xD7 for lead in encoded[::2]) + punctuation


def _cyrillic(sample: bytes) -> str | None:
    """KOI8-R and Windows-1251 read each other's text with the case swapped: more small letters means right."""
    runs = _HIGH_RUN.findall(sample)
    if sum(map(len, runs)) < 3 * len(runs):
        return None  # words of Cyrillic are whole runs, accents stand alone
    best, most = None, 0
    for codec in ("koi8_r", "cp1251"):
        text = sample.decode(codec, "replace")
        high = sum(not c.isascii() for c in text)
        small = len(_LOWER_CYRILLIC.findall(text))
        if high and len(_CYRILLIC.findall(text)) > 0.8 * high and small > most:
            best, most = codec, small
    return best
