"""`reputation lint --fix --write`: the file reads back as the same draft but for the repairs, in any encoding."""

from __future__ import annotations

import base64
import quopri
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reputation.facts.draft import Body, DraftFacts
from reputation.gather.drafts import read_drafts
from reputation.model import Found, Observed
from tests.cli.command_line import here

HEAD = "From: Anna <anna@own.example.com>\nSubject: offer\nX-Long: one\n\ttwo\nMIME-Version: 1.0\n"
LATIN, HAN, KANA = "Grüße an Zoë über façade ÄÖ", "您好 欢迎光临 我们的展位 报价单", "こんにちは カタログ 見積書"
CHARSETS = {
    "utf-8": f"{LATIN} {HAN} {KANA} € 🎉", "utf-16": f"{LATIN} {HAN} 🎉", "gb18030": f"{HAN} {KANA} é",
    "gb2312": HAN, "windows-1252": f"{LATIN} €", "iso-2022-jp": f"{KANA} 報告", "us-ascii": "Good morning, Bob",
}  # fmt: skip
# What a draft may hold, before the repair and after it; {w} is a word of the charset.
HTML_BITS = (
    ("<p>{w} hello!! </p>", "<p>{w} hello! </p>"),
    ("<p>{w} hello!!!</p>\n", "<p>{w} hello!</p>\n"),
    ("<p>{w} &amp; password: abc!!123 or !!b</p>", None),
    ("<p>{w} https://x.example.com/#!!/x https://x.example.com/wow!!a</p>\n", None),
    ("<img src=https://own.example.com/a/>\n", '<img alt="" src=https://own.example.com/a/>\n'),
    ('<IMG\nSRC="{w}.png"/>', '<IMG alt=""\nSRC="{w}.png"/>'),
    ('<img src="a.png" ALT="{w}">', None),
    ('<a title="http: {w}" href="http://own.example.com/{w}">{w}</a>\n',
     '<a title="http: {w}" href="https://own.example.com/{w}">{w}</a>\n'),
    ("<a href=http://www.own.example.com/>{w}</a>", "<a href=https://www.own.example.com/>{w}</a>"),
    ('<a href="http://other.example.net/">{w}</a>', None),
    ('<a href="http://own.example.com:81/">{w}</a>\n', None),
    ("<p>fr&#8203;ee {w}</p>", "<p>free {w}</p>"),
    ("<!-- {w}!! --><p>= {w} =3D \t\n</p>\n\n", None),
)  # fmt: skip
PLAIN_BITS = (
    ("{w} hello!! bye\n", "{w} hello! bye\n"),
    ("{w} (Hurry!!!)\n\n", "{w} (Hurry!)\n\n"),
    ("{w} password: abc!! or abc!!123, !!b, user!!.name\n", None),
    ("{w}: https://x.example.com/#!!/x and a@x.example.com!!x = \t\n", None),
    ("See http://own.example.com/a {w}\n", "See https://own.example.com/a {w}\n"),
    ("See http://other.example.net/a?q=http://own.example.com/ {w}\n", None),
    (f"{'long ' * 300}{{w}}\n", None),
)


class Draft(NamedTuple):
    """A draft of drawn bits: as it is, and as its repair must read."""

    before: str
    after: str


def drafts_of(bits: Sequence[tuple[str, str | None]], *charsets: str) -> st.SearchStrategy[tuple[str, list[Draft]]]:
    """One of the charsets, and two texts of bits with words that it can hold."""

    def texts(charset: str) -> st.SearchStrategy[list[Draft]]:
        word = st.sampled_from(CHARSETS[charset].split())
        bit = st.tuples(st.sampled_from(bits), word)
        draft = st.lists(bit, min_size=1, max_size=8).map(_joined)
        return st.lists(draft, min_size=2, max_size=2)

    return st.sampled_from(charsets or sorted(CHARSETS)).flatmap(
        lambda charset: st.tuples(st.just(charset), texts(charset))
    )


def _joined(bits: list[tuple[tuple[str, str | None], str]]) -> Draft:
    before = "".join(bit.replace("{w}", word) for (bit, _), word in bits)
    return Draft(before, "".join((fixed or bit).replace("{w}", word) for (bit, fixed), word in bits))


def _part(subtype: str, text: str, charset: str, encoding: str, newline: str) -> bytes:
    raw = text.replace("\n", newline).encode(charset)
    if encoding == "quoted-printable":
        raw = quopri.encodestring(raw.replace(b"\r\n", b"\n"), quotetabs=True).replace(b"\n", newline.encode())
    elif encoding == "base64":
        raw = base64.encodebytes(raw).replace(b"\n", newline.encode())
    head = f"Content-Type: text/{subtype};\n\tcharset={charset}\nContent-Transfer-Encoding: {encoding}\n\n"
    return head.replace("\n", newline).encode() + raw


def _page(text: str) -> str:
    return f"<html><body><p>Hello</p>\n{text}\n</body></html>\n"


def _fixed_twice(path: Path) -> DraftFacts:
    assert here("lint", "--fix", "--write", str(path)).code == 0
    once = path.read_bytes()
    assert "nothing" in here("lint", "--fix", "--write", "--lang", "en", str(path)).err
    assert path.read_bytes() == once
    (facts,) = read_drafts([str(path)])
    assert isinstance(facts, DraftFacts)
    return facts


def _source(body: Observed[Body]) -> str:
    return body.value.source.replace("\r\n", "\n") if isinstance(body, Found) else ""


ENCODINGS, NEWLINES = st.sampled_from(["8bit", "quoted-printable", "base64"]), st.sampled_from(["\n", "\r\n"])


def _encoding(charset: str, encoding: str) -> str:
    """UTF-16 can not stand in a message as it is, and quopri takes its newlines apart."""
    return "base64" if charset == "utf-16" else encoding


@settings(max_examples=40, deadline=None)
@given(drafts_of(HTML_BITS), ENCODINGS, NEWLINES)
def test_an_html_message_reads_back_as_meant(
    tmp_path_factory: pytest.TempPathFactory, drawn: tuple[str, list[Draft]], encoding: str, newline: str
) -> None:
    charset, (draft, _) = drawn
    raw = _part("html", _page(draft.before), charset, _encoding(charset, encoding), newline)
    path = tmp_path_factory.mktemp("fix") / "a.eml"
    path.write_bytes(HEAD.replace("\n", newline).encode() + raw)
    facts = _fixed_twice(path)
    assert _source(facts.html) == _page(draft.after)
    assert isinstance(facts.message, Found)
    root, written = facts.message.value.root, path.read_bytes()
    assert root.content_type == "multipart/alternative" and root.children[1].charset == charset
    assert written.startswith(HEAD.replace("\n", newline).encode()) and root.header("X-Long") == "one\ttwo"
    assert written.count(b"\n") == written.count(newline.encode()) and (newline == "\r\n" or b"\r" not in written)
    if _encoding(charset, encoding) != "8bit":
        assert written.isascii() and max(map(len, written.split(newline.encode()))) <= 76


@settings(max_examples=40, deadline=None)
@given(drafts_of(HTML_BITS), drafts_of(PLAIN_BITS), ENCODINGS, ENCODINGS, NEWLINES)
def test_each_part_keeps_its_own_charset_and_encoding(
    tmp_path_factory: pytest.TempPathFactory,
    htmls: tuple[str, list[Draft]], plains: tuple[str, list[Draft]], first: str, second: str, newline: str,
) -> None:  # fmt: skip
    (html_charset, (html, _)), (plain_charset, (plain, attached)) = htmls, plains
    first, second = _encoding(html_charset, first), _encoding(plain_charset, second)
    attachment = _part("plain", attached.before, plain_charset, second, newline).replace(
        b"Content-Type", b"Content-Disposition: attachment; filename=a.txt" + newline.encode() + b"Content-Type"
    )
    parts = [
        _part("plain", plain.before, plain_charset, second, newline),
        _part("html", _page(html.before), html_charset, first, newline), attachment,
    ]  # fmt: skip
    line = newline.encode()
    body = b"".join(b"--b" + line + part + line for part in parts) + b"--b--" + line
    path = tmp_path_factory.mktemp("fix") / "a.eml"
    head = HEAD + "Content-Type: multipart/alternative; boundary=b\n\n"
    path.write_bytes(head.replace("\n", newline).encode() + body)
    facts = _fixed_twice(path)
    assert _source(facts.html) == _page(html.after)
    assert _source(facts.plain) == plain.after
    assert path.read_bytes().startswith(head.replace("\n", newline).encode())
    assert path.read_bytes().endswith(attachment + line + b"--b--" + line)


FILES = {
    "utf-8": b"", "utf-8-sig": b"\xef\xbb\xbf", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff", "gb18030": b"",
    "windows-1252": b"", "iso-2022-jp": b"",
}  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.data(), st.sampled_from(sorted(FILES)), NEWLINES)
def test_a_page_keeps_its_charset_and_its_mark(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, codec: str, newline: str
) -> None:
    repertoire = codec if codec in CHARSETS else "utf-16"
    _, (draft, _) = data.draw(drafts_of(HTML_BITS, repertoire))
    meta = "" if FILES[codec] else f'<meta charset="{codec}">'
    head = f"From: Anna <anna@own.example.com>\nSubject: x\n\n{meta}"
    encoding = codec.removesuffix("-sig")
    path = tmp_path_factory.mktemp("fix") / "a.html"
    path.write_bytes(FILES[codec] + (head + _page(draft.before)).replace("\n", newline).encode(encoding))
    _fixed_twice(path)
    wanted = FILES[codec] + (head + _page(draft.after)).replace("\n", newline).encode(encoding)
    assert path.read_bytes() == wanted


@settings(max_examples=40, deadline=None)
@given(st.data(), st.sampled_from(["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be"]), NEWLINES)
@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_a_text_keeps_its_charset_and_its_mark(
    tmp_path_factory: pytest.TempPathFactory, suffix: str, data: st.DataObject, codec: str, newline: str
) -> None:
    _, (draft, _) = data.draw(drafts_of(PLAIN_BITS, "utf-8"))
    head, encoding = "From: Anna <anna@own.example.com>\nSubject: x\n\n", codec.removesuffix("-sig")
    path = tmp_path_factory.mktemp("fix") / ("a" + suffix)
    path.write_bytes(FILES[codec] + (head + draft.before).replace("\n", newline).encode(encoding))
    _fixed_twice(path)
    assert path.read_bytes() == FILES[codec] + (head + draft.after).replace("\n", newline).encode(encoding)


def _write(path: Path, raw: bytes) -> Path:
    path.write_bytes(raw)
    return path


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("您好！！！快来看！！", "您好！快来看！"),
        ("欢迎光临!!! 请看", "欢迎光临! 请看"),
        ("欢迎！!新品", "欢迎！新品"),
        ("见 https://x.example.com/产品!! 谢谢！！", "见 https://x.example.com/产品!! 谢谢！"),
        ("**Last chance!!** and “now!!”", "**Last chance!** and “now!”"),
        ("密码： abc!!", "密码： abc!!"),
        ("PIN=abc!! and x!!1 and 5!!", "PIN=abc!! and x!!1 and 5!!"),
        ("Don't wait!!", "Don't wait!"),
        ("f\u200bree!!", "free!"),
        ("สวัส\u200bดี", "สวัส\u200bดี"),  # Thai marks the end of a word so
        ("JIS \x1b$BABC!!\x1b(B", "JIS \x1b$BABC!!\x1b(B"),
    ],
)
def test_shortens_only_what_ends_a_word(tmp_path: Path, before: str, after: str) -> None:
    path = _write(tmp_path / "a.txt", f"Subject: x\n\n{before}\n".encode())
    here("lint", "--fix", "--write", str(path))
    assert path.read_bytes() == f"Subject: x\n\n{after}\n".encode()


def test_a_markdown_link_becomes_https_in_its_target_alone(tmp_path: Path) -> None:
    text = "From: a@own.example.com\n\n[http://own.example.com]({}://own.example.com/?u=http://own.example.com)\n"
    path = _write(tmp_path / "a.md", text.format("http").encode())
    here("lint", "--fix", "--write", str(path))
    assert path.read_text("utf-8") == text.format("https")


PLAIN = b"Subject: x\n\nSo cheap!!\n"


def test_a_link_stays_a_link_and_the_rights_stay(tmp_path: Path) -> None:
    path, link = _write(tmp_path / "a.txt", PLAIN), tmp_path / "link.txt"
    path.chmod(0o640)
    link.symlink_to(path.name)
    assert here("lint", "--fix", "--write", str(link)).code == 0
    assert link.is_symlink() and path.read_bytes() == PLAIN.replace(b"!!", b"!")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.txt", "link.txt"]


def test_a_message_in_utf_16_stays_one(tmp_path: Path) -> None:
    text = f"{HEAD}Content-Type: text/plain; charset=utf-8\n\n您好{{}}\n".replace("\n", "\r\n")
    path = _write(tmp_path / "a.eml", text.format("！！").encode("utf-16"))
    assert here("lint", "--fix", "--write", str(path)).code == 0
    assert path.read_bytes() == text.format("！").encode("utf-16")


@pytest.mark.parametrize(
    "raw",
    [
        b"Content-Type: text/plain; charset=utf-8\n\nSo cheap!! \xff\xfe\n",
        b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\nU28gY2hlYXAhIQ==\n-- \nlist\n",
        b"Content-Type: text/plain\nContent-Transfer-Encoding: x-uuencode\n\nSo cheap!!\n",
        b"Content-Type: multipart/signed; boundary=b\n\n--b\n\nSo cheap!!\n--b\n\nsignature\n--b--\n",
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\nSubject: x\n\nSo cheap!!\n"
        b"--b--\n",
    ],
)
def test_leaves_alone_what_it_can_not_write_as_it_was(tmp_path: Path, raw: bytes) -> None:
    """Damaged text, text beside base64, an unknown encoding, what is signed, what others wrote."""
    path = _write(tmp_path / "a.eml", b"From: a@own.example.com\nSubject: x\nMIME-Version: 1.0\n" + raw)
    assert "nothing" in here("lint", "--fix", "--write", "--lang", "en", str(path)).err
    assert path.read_bytes().endswith(raw)


def test_the_diff_shows_each_part_as_people_read_it(tmp_path: Path) -> None:
    raw = _part("html", _page("<p>您好，欢迎!! 新品</p>"), "gb2312", "base64", "\r\n")
    path = _write(tmp_path / "a.eml", HEAD.replace("\n", "\r\n").encode() + raw)
    shown = here("lint", "--fix", str(path)).out
    assert "-<p>您好，欢迎!! 新品</p>" in shown and "+<p>您好，欢迎! 新品</p>" in shown
    assert "+您好，欢迎! 新品" in shown and path.read_bytes().endswith(raw)


def test_the_text_part_is_wrapped_and_brings_no_new_finding(tmp_path: Path) -> None:
    words = "This is one sentence of a long paragraph of our newsletter. " * 40
    raw = _part("html", _page(f'<p>{words}</p><p>End</p><a href="https://own.example.com/{"x" * 90}">Read</a>'),
                "utf-8", "quoted-printable", "\n")  # fmt: skip
    path = _write(tmp_path / "a.eml", HEAD.encode() + raw)
    facts = _fixed_twice(path)
    *text, link = _source(facts.plain).splitlines()
    assert max(map(len, text)) <= 72 and text[:2] == ["Hello", ""] and text[-4:] == ["", "End", "Read", ""]
    assert link == f"Read: https://own.example.com/{'x' * 90}"
    assert "[long-line]" not in here("lint", str(path)).out


def test_parts_of_the_same_words_are_repaired_each_in_its_place(tmp_path: Path) -> None:
    parts = [
        _part(kind, "So cheap{}\nSee http://own.example.com/\n", "utf-8", "8bit", "\n") for kind in ("plain", "html")
    ]
    mail = f"{HEAD}Content-Type: multipart/alternative; boundary=b\n\n".encode()
    mail += b"".join(b"--b\n" + part + b"\n" for part in parts) + b"--b--\n"
    path = _write(tmp_path / "a.eml", mail.replace(b"{}", b"!!"))
    here("lint", "--fix", "--write", str(path))
    plain, _, html = mail.replace(b"{}", b"!").partition(b"text/html")
    assert path.read_bytes() == plain.replace(b"http:", b"https:") + b"text/html" + html


def test_of_texts_that_stand_one_below_the_other_none_keeps_the_others_from_repair(tmp_path: Path) -> None:
    """The footer of a mailing list, say."""
    mail = f"{HEAD}Content-Type: multipart/mixed; boundary=b\n\n--b\n\nSo cheap{{}} Buy\n--b\n\n-- \nThe list\n--b--\n"
    path = _write(tmp_path / "a.eml", mail.format("!!").encode())
    here("lint", "--fix", "--write", str(path))
    assert path.read_text() == mail.format("!")
