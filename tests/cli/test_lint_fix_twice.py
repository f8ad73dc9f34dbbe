"""`reputation lint --fix --write` on any message, damaged ones too: once is enough, and only the spans of the repairs
change. `FIX_EXAMPLES` sets how many messages are tried."""

from __future__ import annotations

import base64
import os
import quopri
import re
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reputation.records.message import Message, Part, read_message
from tests.cli.command_line import here

HEAD = "From: Anna <anna@own.example.com>\nSubject: offer\nMIME-Version: 1.0\n"
CODECS = {
    "us-ascii": "ascii", "utf-8": "utf-8", "utf-16": "utf-16", "utf-16le": "utf-16-le", "utf-16be": "utf-16-be",
    "gb18030": "gb18030", "shift_jis": "cp932", "koi8-r": "koi8_r", "iso-2022-jp": "iso2022_jp", "big5": "big5",
    "windows-1252": "cp1252", "x-unknown": "utf-8", "": "utf-8",
}  # fmt: skip
BITS = (
    "<p>{w} hello!! </p>", "<p>{w}！！</p>\n", "{w} (Hurry!!!)\n", "<img src=a.png>", "<img src='{w}.png'>\n",
    '<a href="http://own.example.com/{w}">{w}</a>\n', "see http://own.example.com/a {w}\n", "fr\u200bee ",
    "f&#8203;ree", "&#33;&#33;", "<!-- {w}!! <img> -->", '<a title="', "</a>", "<style>", "</style>", "\n", "\r", " = ",
    "[a](http://own.example.com/x)", "=3D", "\t\n", "\x0c", "\u2028", "--b\n", "{w}", "long " * 40, "<ta\u200bble>",
    "</table>", "<!-- reputation: ignore exclamation-runs -->", "&ex\u200bcl;&excl; ",
)  # fmt: skip
WORDS = ("Hello", "您好", "欢迎", "カタログ", "Привет", "Grüße", "報價", "€", "𠮷")
KINDS = ("mixed", "alternative", "related", "signed")
ENCODINGS = ("", "7bit", "8bit", "quoted-printable", "base64")
INVISIBLE = re.compile("[\u200b\u2060\ufeff\u180e]|&#8203;")
MENDED = re.compile(r"[!！]|(?<=http)s(?=:)| alt=\"\"|&#33;|&excl;", re.IGNORECASE)
EXAMPLES = int(os.environ.get("FIX_EXAMPLES") or 100)


class Damage(NamedTuple):
    """Puts `put` in place of `taken` bytes, at this share of the length."""

    at: float
    taken: int
    put: bytes


@st.composite
def parts(draw: st.DrawFn) -> bytes:
    """A part of drawn text in a drawn charset and encoding, which need not suit each other."""
    bits = draw(st.lists(st.tuples(st.sampled_from(BITS), st.sampled_from(WORDS)), min_size=1, max_size=8))
    charset, encoding = draw(st.sampled_from(sorted(CODECS))), draw(st.sampled_from(ENCODINGS))
    raw = "".join(bit.replace("{w}", word) for bit, word in bits).encode(CODECS[charset], "ignore")
    raw = {"quoted-printable": quopri.encodestring, "base64": base64.encodebytes}.get(encoding, bytes)(raw)
    subtype = draw(st.sampled_from(["html", "plain"]))
    head = f"Content-Type: text/{subtype}; charset={charset}\nContent-Transfer-Encoding: {encoding}\n\n"
    return head.encode() + raw


@st.composite
def messages(draw: st.DrawFn) -> bytes:
    """A message of one part or some."""
    found = draw(st.lists(parts(), min_size=1, max_size=3))
    if len(found) == 1 and draw(st.booleans()):
        raw = HEAD.encode() + found[0]
    else:
        head = f"{HEAD}Content-Type: multipart/{draw(st.sampled_from(KINDS))}; boundary=b\n\n"
        raw = head.encode() + b"".join(b"--b\n" + part + b"\n" for part in found) + b"--b--\n"
    return raw.replace(b"\n", b"\r\n") if draw(st.booleans()) else raw


DAMAGE = st.lists(st.builds(Damage, st.floats(0, 1), st.integers(0, 9), st.binary(max_size=4)), max_size=3)


def _damaged(raw: bytes, damages: list[Damage]) -> bytes:
    for damage in damages:
        at = int(damage.at * len(raw))
        raw = raw[:at] + damage.put + raw[at + damage.taken :]
    return raw


@settings(max_examples=EXAMPLES, deadline=None)
@given(messages(), DAMAGE, st.sampled_from([".eml"] * 4 + [".txt"]))
def test_once_is_enough_and_nothing_else_changes(
    tmp_path_factory: pytest.TempPathFactory, whole: bytes, damages: list[Damage], suffix: str
) -> None:
    path = tmp_path_factory.getbasetemp() / ("twice" + suffix)
    raw = _damaged(whole, damages)
    once = _fixed(path, raw)
    assert _fixed(path, once) == once
    if suffix == ".eml" and once != raw:
        _only_mended(read_message(raw), read_message(once))


def _fixed(path: Path, raw: bytes) -> bytes:
    path.write_bytes(raw)
    here("lint", "--fix", "--write", str(path))
    return path.read_bytes()


def _only_mended(before: Message, after: Message) -> None:
    old, new = list(before.walk()), list(after.walk())
    if len(new) == len(old) + 2 and after.root.content_type == "multipart/alternative":
        new = new[2:]
    else:
        assert _between(old) == _between(new)
    for was, part in zip(old, new, strict=True):
        assert (part.content_type, part.charset, part.encoding) == (was.content_type, was.charset, was.encoding)
        if part.raw_body() != was.raw_body() and not part.children:
            assert _unmended(part) == _unmended(was) and not was.decoded.damaged


def _unmended(part: Part) -> str:
    return MENDED.sub("", INVISIBLE.sub("", part.text))


def _between(found: list[Part]) -> list[bytes]:
    """The bytes of the file that belong to no body."""
    leaves = [part for part in found if not part.children]
    ends = [0, *(part.end for part in leaves)]
    starts = [*(part.start for part in leaves), len(found[0].source)]
    return [found[0].source[end:start] for end, start in zip(ends, starts, strict=True)]


SHORT = "Subject: offer\nContent-Type: text/html; charset=utf-16\n\n"
PAGE = "f&#8203;ee <p>so!! </p><!-- x -->"


@pytest.mark.parametrize("head", [SHORT, SHORT.replace("\n", "\r\n")])
@pytest.mark.parametrize("before", [b"\xff\xfe", b"\xff\xfe\0", b"\xfe\xff", b""])
@pytest.mark.parametrize("behind", [b"", b"<", b"\0<"])
def test_once_is_enough_for_a_part_in_utf_16_that_is_longer_than_the_head(
    tmp_path: Path, head: str, before: bytes, behind: bytes
) -> None:
    """It made the whole message look so, which then was written as what it was taken for."""
    order = "utf-16-be" if before == b"\xfe\xff" else "utf-16-le"
    once = _fixed(tmp_path / "a.eml", head.encode() + before + PAGE.encode(order) + behind)
    assert _fixed(tmp_path / "a.eml", once) == once
    is_whole = len(before) % 2 == len(behind) % 2 == 0
    assert is_whole == ("fee <p>so! </p><!-- x -->".encode(order) in once)


@pytest.mark.parametrize(
    ("suffix", "raw"),
    [
        (".txt", "MIME-Ver\u200bsion: 1.0\nSo cheap!! \n".encode()),
        (".txt", "So <ta\u200bble>cheap!! </table>\n".encode()),
        (".txt", "<!-- repu\u200btation: ignore insecure-links -->\nSee http://own.example.com/\n".encode()),
        (".txt", HEAD.encode("utf-16-be") + b"\0x" * 90 + b"\0!\0!\0 " + b"x\0" * 120),
    ],
)
def test_once_is_enough_where_a_repair_could_change_how_the_draft_is_read(
    tmp_path: Path, suffix: str, raw: bytes
) -> None:
    once = _fixed(tmp_path / f"a{suffix}", raw)
    assert _fixed(tmp_path / f"a{suffix}", once) == once
