"""The likeliest charset of bytes for which none is declared, by what writers of each script are seen to write."""

from __future__ import annotations

import re

from reputation.records.later import later

GB = "gb18030"
BIG5 = "big5hkscs"
_KANA = later("[\u3041-\u30ff]")
_HAN = later("[\u4e00-\u9fff]")
_HANGUL = later("[\uac00-\ud7a3]")
_CYRILLIC = later("[\u0410-\u044f]")
_LOWER_CYRILLIC = later("[\u0430-\u044f]")
_HIGH_RUN = later(rb"[\x80-\xff]+")
_WIDE_RUN = later(r"(.?)([^\x00-\x7f]+)(?=(.?))", re.DOTALL)
_MARKS = "、。，；：？！（）《》【】"
_SHORT = 3
_ASCII = later(r"[\x00-\x7f]+")
_SAMPLE = 20_000
_LEAST_SCORE = 0.6


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
    scores = {"cp932": east_asian_share(sample, "cp932")}
    if _in_pairs(sample):
        scores.update((codec, east_asian_share(sample, codec)) for codec in ("euc_jp", "cp949"))
    scores.update((codec, chinese_share(sample, codec)) for codec in (GB, BIG5))
    best = max(scores, key=lambda codec: scores[codec])
    if scores[best] > _LEAST_SCORE:
        return best
    return _cyrillic(sample) or ("cp1252" if _defined(sample, "cp1252") else "iso8859_1")


def _in_pairs(sample: bytes) -> bool:
    """Whether bytes above 127 mostly stand together, as in East Asian text; a lone umlaut does not."""
    runs = _HIGH_RUN.findall(sample)
    return sum(len(run) == 1 for run in runs) * 2 < len(runs)


def _defined(sample: bytes, codec: str) -> bool:
    try:
        sample.decode(codec)
    except UnicodeError:
        return False
    return True


def east_asian_share(sample: bytes, codec: str) -> float:
    """Share of the non-ASCII characters that the script of this codec expects, with kana and hangul as proof."""
    text = sample.decode(codec, "ignore")
    beyond = _ASCII.sub("", text)
    high, lost = len(beyond), sum(map(len, _HIGH_RUN.findall(sample))) - len(beyond.encode(codec, "ignore"))
    if not high or lost > 0.02 * len(sample):
        return 0.0
    if codec == "cp949":
        return len(_HANGUL.findall(text)) / high + 0.1
    kana = len(_KANA.findall(text))
    return (kana + len(_HAN.findall(text))) / high + 0.2 if kana > 0.2 * high else 0.0


def chinese_share(sample: bytes, codec: str) -> float:
    """Share of the characters that Chinese writers use, where they stand as in Chinese."""
    text = sample.decode(codec, "replace")
    if text.count("\ufffd") > 0.02 * len(_ASCII.sub("", text)):
        return 0.0
    for_it, against = 0, 0
    for before, run, after in _WIDE_RUN.findall(text):
        plain = codec == GB and len(run.encode("gb2312", "ignore")) == 2 * len(run)
        if run in _MARKS and plain:
            for_it += 1
        elif len(run) <= (1 if plain else _SHORT) and _inside_word(before, after):
            against += len(run)
        elif len(run) > 1 or plain:  # a sign and a letter alone make a character of Big5: 20 °C
            usual = sum(map(is_common_in_gb if codec == GB else _common_in_big5, run))
            for_it, against = for_it + usual, against + len(run) - usual
    return for_it / (for_it + against) if for_it else 0.0


def _inside_word(before: str, after: str) -> bool:
    """Whether Latin letters go on around it: then it is an accent with its neighbour rather than a character."""
    return before.islower() or after.islower() or (before.isalpha() and after.isalpha())


def is_common_in_gb(character: str) -> bool:
    """Signs and the first level of GB 2312 (3,755 characters, 99 % of a text), or what Big5 has as common."""
    lead = character.encode("gb2312", "ignore")[:1]
    return b"\xa1" <= lead <= b"\xa3" or b"\xb0" <= lead <= b"\xd7" or _common_in_big5(character)


def _common_in_big5(character: str) -> bool:
    """The first level of Big5 (5,401 characters) and full-width signs."""
    if "\u3000" <= character <= "\u303f" or "\uff00" <= character <= "\uffef":
        return True
    return b"\xa4" <= character.encode("big5", "ignore")[:1] <= b"\xc6"


def _cyrillic(sample: bytes) -> str | None:
    """KOI8-R and Windows-1251 read each other's text with the case swapped: more small letters means right."""
    runs = _HIGH_RUN.findall(sample)
    if sum(map(len, runs)) < 3 * len(runs):
        return None  # words of Cyrillic are whole runs, accents stand alone
    best, most = None, 0
    for codec in ("koi8_r", "cp1251"):
        text = sample.decode(codec, "replace")
        high = len(_ASCII.sub("", text))
        small = len(_LOWER_CYRILLIC.findall(text))
        if high and len(_CYRILLIC.findall(text)) > 0.8 * high and small > most:
            best, most = codec, small
    return best
