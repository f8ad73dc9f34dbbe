"""The text of a mail brought into one form for comparing, with the way back to where each character stood.

Small letters, compatibility forms resolved (NFKC), every kind of blank and hyphen made a blank and runs of blanks one,
invisible characters dropped. Line breaks, soft or hard, are blanks too, so a phrase is found across them.
"""

from __future__ import annotations

from functools import lru_cache

from reputation.records.later import later
from reputation.records.mapped_text import MappedText, TextBuilder

INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufe0f\ufeff"
INVISIBLE_RUN = later(f"[{INVISIBLE}]+")
_SAME_LENGTH = {
    **{ord(c): " " for c in "\n\r\t\f\v\u00a0\u2002\u2003\u2009\u202f\u3000\u2028\u2029-\u2010\u2011\u2012\u2013_"},
    **{ord(c): "'" for c in "\u2018\u2019\u02bc\u00b4`"},
    **{ord(c): '"' for c in "\u201c\u201d\u201e"},
}
_PAIRS = tuple((chr(character), level) for character, level in _SAME_LENGTH.items())
_BLANKS = later("   *")  # two and more, spelled so that the first two are found fast
_CHANGES = later(f" {{2,}}|[{INVISIBLE}]+|[^\x00-\x7f]+")
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
HAN = later(f"[{_HAN}]")  # 2 ms to compile: ask `isascii` or `is_han` before
_HAN_NOISE = later(f"[^{_HAN}a-z0-9%￥$]+")


def is_han(character: str) -> bool:
    """Whether a Chinese reader takes this one character for a word; for a few characters cheaper than `HAN`."""
    return "\u3400" <= character <= "\u4dbf" or "\u4e00" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff"


def folded(text: str) -> MappedText:
    """`text` in the form for comparing; origins are offsets in `text`."""
    plain = _levelled(text)
    lower = plain.lower()
    if len(lower) != len(plain):  # only the dotted capital I of Turkish grows
        lower = plain.replace("İ", "i").lower()
    if lower.isascii() or _is_plain(lower):
        return _without_runs(lower) if "  " in lower else MappedText(lower)
    return _rebuilt(lower)


def _levelled(text: str) -> str:
    if text.isascii():
        return text.translate(_SAME_LENGTH)
    for character, level in _PAIRS:  # `translate` looks up each character that is not in ASCII by itself
        text = text.replace(character, level)
    return text


def _is_plain(lower: str) -> bool:
    """Whether nothing but runs of blanks is to change."""
    import unicodedata  # a megabyte that a text in ASCII does without

    return unicodedata.is_normalized("NFKC", lower) and not INVISIBLE_RUN.search(lower)


def _without_runs(lower: str) -> MappedText:
    """Each run of blanks made one."""
    starts, origins, removed = [0], [0], 0
    for match in _BLANKS.finditer(lower):
        start, end = match.span()
        removed += end - start - 1
        starts.append(end - removed)
        origins.append(end)
    count = len(starts) - (origins[-1] == len(lower))  # nothing follows a run at the end
    return MappedText(_BLANKS.sub(" ", lower), tuple(starts[:count]), tuple(origins[:count]))


def _rebuilt(lower: str) -> MappedText:
    builder = TextBuilder()
    position = 0
    for match in _CHANGES.finditer(lower):
        start, end = match.span()
        if lower[start] == " ":
            builder.add(lower[position : start + 1], position)
        elif lower[start] in INVISIBLE:
            builder.add(lower[position:start], position)
        elif (replaced := _replaced(match[0])) is not None:
            builder.add(lower[position:start], position)
            _add_replaced(builder, match[0], replaced, start)
        else:
            continue
        position = end
    builder.add(lower[position:], position)
    return builder.build()


def _replaced(piece: str) -> str | None:
    """What stands for `piece` in the folded text; None when it stays."""
    import unicodedata

    if unicodedata.is_normalized("NFKC", piece) and (len(piece) == 1 or not INVISIBLE_RUN.search(piece)):
        return None
    return "".join(map(_folded_character, piece))


def _add_replaced(builder: TextBuilder, piece: str, replaced: str, origin: int) -> None:
    if len(replaced) == len(piece):
        builder.add(replaced, origin)
        return
    for index, character in enumerate(piece):
        builder.add(_folded_character(character), origin + index)


@lru_cache(maxsize=1024)
def _folded_character(character: str) -> str:
    if character in INVISIBLE:
        return ""
    import unicodedata

    return unicodedata.normalize("NFKC", character).lower()


def han_only(text: MappedText) -> MappedText:
    """`text` without what stands between Han characters: a word with blanks or dots put into it is whole again."""
    builder = TextBuilder()
    position = 0
    for match in _HAN_NOISE.finditer(text.text):
        builder.add(text.text[position : match.start()], position)
        position = match.end()
    builder.add(text.text[position:], position)
    return builder.build()
