"""Garbled letters in the text.

Why: The text was saved or pasted in the wrong charset before, so the damage is in the text itself and every reader
sees it, whatever is declared. It looks careless, and filters do not find the words that they know.
Bad:
    MÃ¼ller, donâ€™t, 锟斤拷
Good:
    Müller, don't
Fix: Take the text again from where it was right, as UTF-8, or write the words anew.
Source: The Unicode Standard, section 3.9 (UTF-8 and the replacement character); UTF-8 read as Windows-1252
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from reputation.checks import Check
from reputation.checks.content._finding import Evidence, Finder, named
from reputation.checks.content._needs import value, whole
from reputation.facts.draft import Body, DraftFacts, Line
from reputation.model import Absent, Area, Finding, Known, Severity, Where
from reputation.records.later import later
from reputation.records.trouble import Trouble
from reputation.text import say

FOUND = Finder(__doc__, Evidence.DOCUMENTED, Severity.MINOR)

# The bytes from 80 to BF go on with a character of UTF-8. Read as Latin they are signs, some of which do stand behind
# a capital letter: MAÇÃ» ends a quotation, Å² is an area.
_SIGN = "\x80-\xbf\u20ac\u0192\u2020\u2021\u02c6\u2030\u0160\u0152\u017d\u02dc\u2122\u0161\u0153\u017e\u0178"
_MARK = "\u201a\u201e\u2026\u2039\u203a\u2018\u2019\u201c\u201d\u2022\u2013\u2014"
_ANY = _SIGN + _MARK
_SURE = (
    "\x80-\x9f\xa1-\xa9\xac-\xaf\xb1-\xb4\xb6\xb8\xb9\xbc-\xbf\u0192\u02c6\u2030\u0160\u0152\u017d\u02dc\u0161\u0153"
    "\u017e\u0178"
)
_NO_CAPITAL_BEFORE = r"(?<![^\W\d_a-z\xdf-\xff])"
_QUOTED = r"^>[^\n]*"  # of somebody else's mail, as a whole line and so passed over
_MAY_BE = later(rf"[\xc2-\xf0][{_ANY}]|[\u951f\ufffd]")  # all that is garbled has one of these
_GARBLED = later(
    rf"{_QUOTED}|\xc3[{_SURE}]|{_NO_CAPITAL_BEFORE}[\xc2\xc3][{_ANY}]|(?<=[a-z])[\xc4\xc5][{_SIGN}]|[\xc4\xc5][{_ANY}](?=[a-z])"
    rf"|\xe2\u20ac|\xe2[\x80-\x9f\u201a\u201e\u2020\u2021\u02c6\u2030\u0160\u02dc\u2122\u0161\u203a\u0153\u017e\u0178][{_ANY}]"
    rf"|(?:[\xe0-\xef][{_ANY}]{{2}}){{2}}|(?:[\xce-\xd1\xd7-\xd9][{_ANY}]){{3}}"
    rf"|\xf0(?:\u0178|\x9f)[{_ANY}]{{2}}|\xef\xbb\xbf|\xef\xbf\xbd|\u951f\u65a4\u62f7|\ufffd",
    re.MULTILINE,
)  # fmt: skip
_REPLACED = "\ufffd"
_MOST = 200
_AROUND = 20


def judge(known: Known[DraftFacts]) -> list[Finding] | None:
    """One finding, at the first such word; what this reading itself replaced is the matter of charset-wrong."""
    if isinstance(known, Absent):
        return None
    facts = known.value
    found = list(islice(_found(facts), _MOST))
    if not found:
        return []
    words = list(dict.fromkeys(word for word, _ in found))
    return [FOUND.finding(say("garbled letters: {words}", words=named(words)), found[0][1], *words[:5])]


def _found(facts: DraftFacts) -> Iterator[tuple[str, Where]]:
    sender = value(facts.sender)
    for line in (value(facts.subject), sender.line if sender else None):
        yield from _in_line(line) if line else ()
    ours = Trouble.DAMAGED_TEXT in facts.troubles
    for text in facts.texts:
        yield from ((word, text.where_visible(start, end)) for word, start, end in _in_text(text, ours))


def _in_line(line: Line) -> Iterator[tuple[str, Where]]:
    return ((_word(line.text, *span), line.spot(*span)) for span in _spans(line.text, ours=False))


def _in_text(text: Body, ours: bool) -> Iterator[tuple[str, int, int]]:
    shown = text.visible.text
    return ((_word(shown, *span), *span) for span in _spans(shown, ours))


def _spans(text: str, ours: bool) -> Iterator[tuple[int, int]]:
    """Where letters are garbled; not what this reading itself replaced."""
    if text.isascii() or _MAY_BE.search(text) is None:
        return
    for match in _GARBLED.finditer(text):
        if match[0][0] != ">" and not (ours and match[0] == _REPLACED):
            yield match.span()


def _word(text: str, start: int, end: int) -> str:
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    first = before.split()[-1] if before and not before[-1].isspace() else ""
    last = after.split()[0] if after and not after[0].isspace() else ""
    return first + text[start:end] + last


CHECK = Check(
    id="garbled-text", area=Area.CONTENT, severity=FOUND.severity,
    passed=say("no garbled letters"), needs=whole, judge=judge,
)  # fmt: skip
