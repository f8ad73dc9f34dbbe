"""Bytes that are plainly of another charset than the one they are declared in, though they mean something in it, too.

A wrong accusation is worse than a missed one, so each test wants both: that the other charset reads what writers
write, and that the declared one reads what they do not.
"""

from __future__ import annotations

from reputation.records.charset_guess import BIG5, GB, chinese_share, east_asian_share, guess, is_common_in_gb
from reputation.records.later import later

_SAMPLE = 20_000
_SURE = 0.9
_LEAD = 0.15  # by which the share of usual characters has to be greater in the other charset
_FEWEST, _FEWEST_APART = 4, 3
_LONG_RUN = 4
_IN_LONG_RUNS = 0.5
_IN_LONG_RUNS_OF_BIG5 = 0.25  # whose second bytes are often of ASCII
_HIGH_RUN = later(rb"[\x80-\xff]+")
_LETTER = later("[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_BEYOND = later(r"[^\x00-\x7f]")
# The small letters stand where East Asian charsets have rare characters, if any.
_ACCENT_INSIDE = later(rb"(?<=[A-Za-z])[\xdf-\xf6\xf8-\xff]{1,2}(?=[a-z])")
_ACCENT_AT_END = later(rb"(?<=[a-z])[\xdf-\xf6\xf8-\xff](?![A-Za-z\x80-\xff])")
_ACCENT_AT_START = later(rb"(?<![A-Za-z\x80-\xff])[\xc0-\xd6\xd8-\xf6\xf8-\xff](?=[a-z])")
_MOST_RUNS = 0.8


def plain_east_asian(data: bytes) -> str:
    """The East Asian codec of bytes declared in a Latin charset, in which accents stand alone; or ""."""
    sample = data[:_SAMPLE]
    codec = guess(sample)
    if _in_long_runs(sample) < (_IN_LONG_RUNS_OF_BIG5 if codec == BIG5 else _IN_LONG_RUNS):
        return ""
    return codec if _enough(sample, codec) and _share(sample, codec) >= _SURE else ""


def plain_chinese(data: bytes, codec: str, declared: str) -> bool:
    """Whether bytes declared in one charset for Chinese are Chinese in another, and in their own rare characters."""
    sample = data[:_SAMPLE]
    share = chinese_share(sample, codec)
    return share >= _SURE and _usual(sample, declared) + _LEAD < share and _enough(sample, codec)


def plain_latin(data: bytes, declared: str) -> str:
    """The Latin codec of bytes declared in an East Asian charset, when they are accents inside of words; or ""."""
    sample = data[:_SAMPLE]
    inside = len(_ACCENT_INSIDE.findall(sample))
    accents = inside + len(_ACCENT_AT_END.findall(sample)) + len(_ACCENT_AT_START.findall(sample))
    if not inside or accents < _MOST_RUNS * len(_HIGH_RUN.findall(sample)) or _share(sample, declared) >= _SURE:
        return ""
    return "cp1252" if sample.decode("cp1252", "replace").count("\ufffd") == 0 else "iso8859_1"


def _share(sample: bytes, codec: str) -> float:
    return chinese_share(sample, codec) if codec in (GB, BIG5, "cp950") else east_asian_share(sample, codec)


def _usual(sample: bytes, declared: str) -> float:
    """GB 2312 has kana, Greek and Cyrillic, and people write them in it."""
    if declared != GB:
        return chinese_share(sample, BIG5)
    beyond: list[str] = _BEYOND.findall(sample.decode(GB, "replace"))
    usual = sum("\u00a0" <= c < "\u3400" or is_common_in_gb(c) for c in beyond)
    return usual / max(1, len(beyond))


def _enough(sample: bytes, codec: str) -> bool:
    """Whether enough letters are read, and not one again and again, as in a line of signs."""
    letters = _LETTER.findall(sample.decode(codec, "ignore"))
    return len(letters) >= _FEWEST and len(set(letters)) >= _FEWEST_APART


def _in_long_runs(sample: bytes) -> float:
    lengths = [len(run) for run in _HIGH_RUN.findall(sample)]
    return sum(length for length in lengths if length >= _LONG_RUN) / max(1, sum(lengths))
