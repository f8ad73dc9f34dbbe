"""Line and column of what stands in a draft: those that an editor counts, whatever characters stand before it."""

from __future__ import annotations

import base64

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reputation.facts.draft import Body, DraftFacts
from reputation.gather.drafts import from_bytes
from reputation.model import Found, Where

WORD = "needle"
NO_ENDS = ("\r", "\x0b", "\x0c", "\x1c", "\x1e", "\x85", "\u2028", "\u2029")  # line ends for str.splitlines alone
PIECES = st.sampled_from([*NO_ENDS, "\n", "\r\n", "a", " ", "=", "é", "б", "漢字", "\U0001f600"])
TEXTS = st.tuples(st.lists(PIECES, max_size=40).map("".join), st.lists(PIECES, max_size=10).map("".join))
CHARSETS = st.sampled_from(["utf-8", "gb18030", "koi8-r", "iso-8859-1", "shift_jis"])


def _place(text: str, offset: int) -> tuple[int, int]:
    """The line and the column of an offset: "\\n" alone ends a line."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _spot(body: Body) -> Where:
    start = body.source.index(WORD)
    return body.where(start, start + len(WORD))


def _plain(raw: bytes, suffix: str = ".eml") -> Body:
    facts = from_bytes("draft" + suffix, raw, suffix)
    assert isinstance(facts, DraftFacts) and isinstance(facts.plain, Found)
    return facts.plain.value


def _head(encoding: str, charset: str) -> bytes:
    return (
        f"Subject: x\nContent-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: {encoding}\n\n".encode()
    )


def _written(texts: tuple[str, str], charset: str) -> bytes:
    """The bytes; those that would be plain UTF-8 by accident are read as such, and not what is tested here."""
    written = WORD.join(texts).encode(charset, "replace")
    assume(charset != "iso-8859-1" or written.isascii() or not _is_utf8(written))
    return written


def _is_utf8(written: bytes) -> bool:
    try:
        return bool(written.decode("utf-8"))
    except UnicodeError:
        return False


@given(TEXTS, CHARSETS)
def test_a_word_in_plain_bytes(texts: tuple[str, str], charset: str) -> None:
    raw = _head("8bit", charset) + _written(texts, charset)
    where = _spot(_plain(raw))
    text = raw.decode(charset)
    assert (where.line, where.column) == _place(text, text.index(WORD))
    assert (where.end_line, where.end_column) == (where.line, where.column + len(WORD))


@given(TEXTS, CHARSETS, st.data())
def test_a_word_in_quoted_printable(texts: tuple[str, str], charset: str, data: st.DataObject) -> None:
    """Any byte may be encoded or not, and a line may be broken anywhere."""
    before, after = _written(texts, charset).split(WORD.encode())
    body = _quoted(before, data) + WORD.encode() + _quoted(after, data)
    raw = _head("quoted-printable", charset) + body
    text = raw.decode(charset, "surrogateescape")
    where = _spot(_plain(raw))
    assert (where.line, where.column) == _place(text, text.index(WORD))


def _quoted(words: bytes, data: st.DataObject) -> bytes:
    """An equals sign is never left as it is; characters of several bytes are encoded as a whole, as all mailers do."""
    ways = data.draw(st.lists(st.integers(0, 5), min_size=len(words), max_size=len(words)))
    ascii_only = words.isascii()
    pieces = []
    for byte, way in zip(words, ways, strict=True):
        raw = bytes([byte])
        pieces.append(raw if way > 1 and raw != b"=" and (ascii_only or byte in b"\r\n\x0b\x0c") else b"=%02X" % byte)
        pieces.append((b"=\n", b"=\r\n")[way] if way < 2 else b"")
    return b"".join(pieces)


@given(TEXTS, CHARSETS, st.integers(1, 80), st.sampled_from([b"\n", b"\r\n", b"\n \r ", b" \r\x0b\n"]))
def test_a_word_in_base64(texts: tuple[str, str], charset: str, width: int, end: bytes) -> None:
    """It stands where the first letter with a bit of it stands; what is no letter of base64 is skipped."""
    written = _written(texts, charset)
    letters = base64.b64encode(written)
    raw = _head("base64", charset) + end.join(letters[at : at + width] for at in range(0, len(letters), width))
    first = written.index(WORD.encode()) * 4 // 3
    offset = len(_head("base64", charset)) + first + first // width * len(end)
    where = _spot(_plain(raw))
    assert (where.line, where.column) == _place(raw.decode("latin-1"), offset)


@given(st.lists(st.text("ab\u00e9\n", max_size=50), min_size=1, max_size=20), st.sampled_from([b"\n", b""]))
def test_a_word_in_pieces_of_base64(before: list[str], between: bytes) -> None:
    """As when lines were encoded one by one, or several files put together."""
    pieces = [base64.b64encode(text.encode()) for text in (*before, "_" * 3 * (len(before) % 3) + WORD, "end")]
    raw = _head("base64", "utf-8") + between.join(pieces)
    spot = _spot(_plain(raw))
    begins = len(_head("base64", "utf-8")) + len(between.join([*pieces[:-2], b""]))
    shift = len(base64.b64encode(b"_" * 3 * (len(before) % 3)))
    assert (spot.line, spot.column) == _place(raw.decode(), begins + shift)


@given(TEXTS, st.sampled_from([".txt", ".md"]), st.sampled_from(["utf-8", "utf-16"]))
def test_a_word_in_a_bare_text(texts: tuple[str, str], suffix: str, charset: str) -> None:
    text = WORD.join(texts)
    where = _spot(_plain(("Hello,\n" + text).encode(charset), suffix))
    assert (where.line, where.column) == _place("Hello,\n" + text, len("Hello,\n") + len(texts[0]))


HEADER_PIECES = st.sampled_from([*NO_ENDS, "\n x", "\r\n\tx", "a", " ", "é", "漢"])


@given(st.lists(HEADER_PIECES, max_size=20).map("".join), st.lists(HEADER_PIECES, max_size=5).map("".join))
def test_a_word_in_a_header(before: str, after: str) -> None:
    text = f"From: a@example.com\nSubject: x{before}{WORD}{after}x\n\nHello"
    facts = from_bytes("draft.eml", text.encode(), ".eml")
    assert isinstance(facts, DraftFacts) and isinstance(facts.subject, Found)
    line = facts.subject.value
    start = line.text.index(WORD)
    spot = line.spot(start, start + len(WORD))
    assert (spot.line, spot.column) == _place(text, text.index(WORD))


@given(st.lists(st.sampled_from([*NO_ENDS, "a", " ", "é"]), max_size=9).map("".join))
def test_a_word_in_a_pasted_header(before: str) -> None:
    text = f"Subject: {before}{WORD}\n\nHello"
    facts = from_bytes("draft.txt", text.encode(), ".txt")
    assert isinstance(facts, DraftFacts) and isinstance(facts.subject, Found)
    line = facts.subject.value
    start = line.text.index(WORD)
    assert line.spot(start, start + len(WORD))[1:3] == _place(text, text.index(WORD))


@pytest.mark.parametrize(
    ("written", "column"),
    [
        ("==needle", 3),
        ("= \nneedle", 1),
        ("=4needle", 3),
        ("=E4=BDneedle", 7),
        ("=\rgone\nneedle", 1),
        ("=3D=3D=\nneedle", 1),
    ],
)
def test_a_word_behind_broken_quoted_printable(written: str, column: int) -> None:
    raw = _head("quoted-printable", "utf-8") + written.encode()
    assert _spot(_plain(raw))[1:3] == (5 + written.count("\n"), column)


@pytest.mark.parametrize(("charset", "codec"), [("iso-2022-jp", "iso2022_jp_2"), ("hz-gb-2312", "hz")])
def test_a_word_behind_letters_that_shift(charset: str, codec: str) -> None:
    """The same bytes mean other letters behind a shift; each question is counted on from the last one."""
    words = f"日本 and 日本 or 本 {WORD} 日本".encode(codec)
    head = _head("base64", charset)
    body = _plain(head + base64.b64encode(words))
    for at in range(body.source.index(WORD)):
        body.where(at, at + 1)
    assert _spot(body)[1:3] == (5, words.index(WORD.encode()) * 4 // 3 + 1)


def test_the_mark_of_a_charset_is_counted_once() -> None:
    """With the charset named in general, Python would write a mark before each piece that it encodes."""
    words = f"one\ntwo {WORD}".encode("utf-16-le")
    body = _plain(_head("base64", "utf-16") + base64.b64encode(words))
    body.where(2, 3)
    assert _spot(body)[1:3] == (5, words.index(WORD.encode("utf-16-le")) * 4 // 3 + 1)


ROWS = [
    ("iso-8859-1", "ÄÖÜ" * 20),
    ("iso-8859-7", "ΑΒΓΔ" * 12),
    ("koi8-r", "Уважаемый "),
    ("windows-1251", "Уважаемый господин "),
    ("windows-1255", "שלום "),
    ("windows-1256", "مرحبا "),
    ("tis-620", "สวัสดี "),
    ("iso-2022-jp", "拝啓、"),
    ("shift_jis", "拝啓、"),
    ("gb18030", "尊敬的客户，"),
    ("big5", "尊敬的客戶，"),
    ("utf-8", "尊敬的客户，"),
    ("utf-8", "two\rlines "),
    ("utf-8", "\u2028x\x85"),
]


@pytest.mark.parametrize(("charset", "before"), ROWS)
@pytest.mark.parametrize("encoding", ["8bit", "base64"])
def test_the_line_that_is_shown_holds_the_word_at_its_place(charset: str, before: str, encoding: str) -> None:
    """Of base64 the written line is shown, so that there only the line must exist."""
    other = "Content-Type: text/plain; charset=iso-8859-1\n\nGrüße\n--b\n".encode("iso-8859-1")
    words = f"{before}\n{before}{WORD} end\n".encode(charset)
    written = base64.encodebytes(words) if encoding == "base64" else words
    head = f"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: {encoding}\n\n".encode()
    raw = b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" + other + head + written + b"\n--b--\n"
    facts = from_bytes("draft.eml", raw, ".eml")
    assert isinstance(facts, DraftFacts) and isinstance(facts.plain, Found)
    spot = _spot(facts.plain.value)
    shown = facts.lines([spot.line])[spot.line]
    assert encoding == "base64" or shown[spot.column - 1 : spot.end_column - 1] == WORD


def test_all_lines_of_a_message_are_shown_once() -> None:
    raw = b"Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b\n\n--b\n\ntwo\n\n--b--\nend"
    facts = from_bytes("draft.eml", raw, ".eml")
    assert isinstance(facts, DraftFacts)
    assert facts.lines(range(1, 100)) == dict(enumerate(raw.decode().split("\n"), 1))
