"""Text put back into the bytes of a file: what did not change keeps its spelling."""

from __future__ import annotations

import base64

import pytest

from reputation.records.transfer import rewritten

LONG = "a word and another one, " * 8
HAN = "您好，欢迎光临".encode("gb18030")


@pytest.mark.parametrize(
    ("old", "text", "encoding", "codec", "wanted"),
    [
        (b"a!!\r\nb\r\n", "a!\r\nb\r\n", "8bit", "ascii", b"a!\r\nb\r\n"),
        (b"a!!\rb\nc\r\n", "a!\rb\nc\r\n", "", "ascii", b"a!\rb\nc\r\n"),
        (b"a=20!!\nb=3D=\n=20c\n", "a !\nb= c\n", "quoted-printable", "ascii", b"a !\nb=3D=\n=20c\n"),
        (b"a=0D=0Ab!!=0D=0A=\nc=0A=\n", "a\r\nb!\r\nc\n", "quoted-printable", "ascii", b"a=0D=0Ab!=0D=0A=\nc=0A=\n"),
        (b"=61!!\n=61", "a!\na", "quoted-printable", "ascii", b"a!\n=61"),
        (b"=61\r\na!!", "a\r\na!", "quoted-printable", "ascii", b"=61\r\na!"),
        (b"=61 = \nb!!\n", "a = \nb!\n", "quoted-printable", "ascii", b"=61 = \nb!\n"),
        (b"YSEh\r\n", "a!", "base64", "ascii", b"YSE=\r\n"),
        (b"\n YSEh\n\n", "a!", "base64", "ascii", b"\n YSE=\n\n"),
        (b"\xff\xfea\0!\0!\0", "a!", "8bit", "utf-16-le", b"\xff\xfea\0!\0"),
        (HAN + b"!!", "您好，欢迎光临!", "8bit", "gb18030", HAN + b"!"),
    ],
)
def test_only_what_changed_is_written_anew(old: bytes, text: str, encoding: str, codec: str, wanted: bytes) -> None:
    assert rewritten(old, text, encoding, codec) == wanted


@pytest.mark.parametrize("width", [60, 64, 72, 76])
@pytest.mark.parametrize("newline", [b"\n", b"\r\n"])
def test_base64_keeps_the_length_of_its_lines(width: int, newline: bytes) -> None:
    letters = base64.b64encode(f"{LONG}!!".encode())
    old = newline.join(letters[at : at + width] for at in range(0, len(letters), width))
    found = rewritten(old, f"{LONG}!", "base64", "ascii", b"\n")
    assert found is not None and found.split(newline)[:-1] == old.split(newline)[:-1]


def test_utf_16_without_a_mark_gets_none() -> None:
    """Python would write one, and the next reader would see another byte order."""
    native = "a!".encode("utf-16")[2:]
    assert rewritten("a!!".encode("utf-16")[2:], "a!", "8bit", "utf-16") == native


@pytest.mark.parametrize("newline", [b"\n", b"\r\n"])
def test_a_last_line_of_quoted_printable_is_broken_as_the_others_are(newline: bytes) -> None:
    old = b"=\n".join([b"long " * 14, b"long " * 14, b"end!!"]).replace(b"\n", newline)
    found = rewritten(old, "long " * 28 + "end!", "quoted-printable", "ascii", b"\n")
    assert found is not None and found.count(b"\n") == found.count(newline) == 1


@pytest.mark.parametrize(
    ("old", "text", "encoding", "codec"),
    [
        (b"a!! \xff", "a! \ufffd", "8bit", "utf-8"),
        (b"\x1b$B%+\x1b(J!!", "カ!", "8bit", "iso2022_jp_2"),  # ASCII in the older spelling
        (b"\xfa\x54!!", "￢!", "8bit", "cp932"),  # a sign that has two numbers
        (b"YSEh\n-- \nlist", "a!", "base64", "ascii"),
        (b"a!!", "a!", "x-uuencode", "ascii"),
        (b"a!!", "\u20ac!", "8bit", "ascii"),
        (b"a\0!\0!\0x", "a!", "8bit", "utf-16-le"),
    ],
)
def test_there_is_no_text_where_something_else_would_change(old: bytes, text: str, encoding: str, codec: str) -> None:
    assert rewritten(old, text, encoding, codec) is None
