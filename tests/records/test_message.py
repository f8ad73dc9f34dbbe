"""The message reader: trees, charsets, names of attachments, and the bounds that keep it alive."""

from __future__ import annotations

import random

import pytest

from reputation.records.message import MAX_DEPTH, MAX_PARTS, read_message
from reputation.records.mime_header import MAX_ENCODED_WORDS, decode_words, parse_parameters
from reputation.records.trouble import Trouble

ALTERNATIVE = (
    b"From: =?gb18030?B?1cXI/Q==?= <a@example.com>\r\n"
    b"Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?= \r\n =?utf-8?Q?_aus_K=C3=B6ln?=\r\n"
    b'Content-Type: multipart/alternative; boundary="b1"\r\n'
    b"\r\n"
    b"preamble\r\n"
    b"--b1\r\n"
    b"Content-Type: text/plain; charset=iso-8859-1\r\n"
    b"Content-Transfer-Encoding: quoted-printable\r\n"
    b"\r\n"
    b"Sch=F6ne Gr=\r\n=FC=DFe\r\n"
    b"--b1\r\n"
    b"Content-Type: text/html; charset=utf-8\r\n"
    b"Content-Transfer-Encoding: base64\r\n"
    b"\r\n"
    b"PHA+aGk8L3A+\r\n"
    b"--b1--\r\n"
)


def test_reads_headers_parts_and_texts() -> None:
    message = read_message(ALTERNATIVE)
    assert message.header("subject") == "Grüße aus Köln"
    assert message.header("From") == "张三 <a@example.com>"
    root, plain, html = message.walk()
    assert (root.content_type, plain.content_type, html.content_type) == (
        "multipart/alternative", "text/plain", "text/html",
    )  # fmt: skip
    assert plain.text == "Schöne Grüße"
    assert html.text == "<p>hi</p>"
    assert message.troubles == frozenset()


def test_knows_the_lines_of_headers() -> None:
    message = read_message(ALTERNATIVE)
    assert [h.line for h in message.headers] == [1, 2, 4]
    plain = list(message.walk())[1]
    assert [h.line for h in plain.headers] == [8, 9]


def test_reads_an_enclosed_message() -> None:
    raw = b"Content-Type: message/rfc822\n\nSubject: inner\n\nbody\n"
    outer, inner = read_message(raw).walk()
    assert outer.content_type == "message/rfc822"
    assert inner.header("Subject") == "inner"
    assert inner.text == "body\n"


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (b"attachment; filename*=utf-8''%E6%8A%A5%E4%BB%B7.exe", "报价.exe"),
        (b"attachment; filename*0*=utf-8''in; filename*1*=voice%2Ee; filename*2=xe", "invoice.exe"),
        (b'attachment; filename="a;b \\"c\\".pdf"', 'a;b "c".pdf'),
        (b"attachment; filename==?utf-8?B?5oql5Lu3LnBkZg==?=", "报价.pdf"),
    ],
)
def test_decodes_names_of_attachments(header: bytes, name: str) -> None:
    part = read_message(b"Content-Disposition: " + header + b"\n\nx").root
    assert part.filename == name
    assert part.is_attachment


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("尊敬的客户，感谢您的询价，我们的报价单见附件。", "gb18030"),
        ("●Price: 12 USD\n●Size: 30×40 mm, 25℃, ±5%!! [Name]\n→ OK ★★", "gb18030"),
        ("Dear Mr. 王, the price is below", "gb18030"),
        ("Dear Mr. Wang， price 12.80 （FOB Ningbo）", "gb18030"),
        ("LED灯50W，led灯12V，1箱20kg的", "gb18030"),
        ("王經理您好!! 感謝您參觀我們的展位，報價單稍後寄給您。 [姓名]", "gb18030"),
        ("致：深圳市鑫昇羿玥科技，璟瑄女士，喆睿先生!! 【姓名】", "gb18030"),
        ("王經理您好!! 感謝您參觀我們的展位，報價單稍後寄給您。 [姓名]", "big5"),
        ("Dear Mr. Chen,\n\n附件為報價單\n\nBest regards", "big5"),
        ("お客様へ、このたびはありがとうございます。", "shift_jis"),
        ("お客様へ、このたびはありがとうございます。", "euc_jp"),
        ("Уважаемые господа, предлагаем наши новые изделия", "koi8_r"),
        ("Уважаемые господа, предлагаем наши новые изделия", "cp1251"),
        ("Здравствуйте!! Направляем вам предложение. [Name]", "koi8_r"),
        ("Schöne Grüße aus Köln", "cp1252"),
        ("Über die Größe und Äußeres: ÄÖÜ, 20 °C, 5 m², ½ €", "cp1252"),
        ("Temperature: 20 °C ± 2 °C", "cp1252"),
        ("It’s our “best” café – it´s «new»…", "cp1252"),
        ("¡Ándale! ¿Qué tal el año, señor Núñez? ¡Él también! ¡ÉXITO!", "cp1252"),
        ("« À bientôt, préféré généré créée » – Où êtes-vous ? ÇA À É", "cp1252"),
        ("¡Atención! ¡Bip! MÁS", "cp1252"),
        ("Téléchargements", "cp1252"),
        ("PROMOÇÃO: situação, opções e ações", "cp1252"),
        ("päätös, yö, jäääär, Åå", "cp1252"),
        ("안녕하세요 고객님 감사합니다", "euc_kr"),
    ],
)
def test_guesses_an_undeclared_charset(text: str, codec: str) -> None:
    part = read_message(b"Subject: x\n\n" + text.encode(codec)).root
    assert part.text == text
    assert part.decoded.guessed


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("Łódź: główna włączyć żyła łąka żółć, proszę Państwa o cenę", "cp1250"),
        ("Łódź: główna włączyć żyła łąka żółć, proszę Państwa o cenę", "iso8859_2"),
        ("Położenie: całość", "iso8859_2"),
        ("Vážený pane Nováku, posíláme příležitost", "cp1250"),
        ("Kedves Ügyfelünk, örömmel küldjük az árajánlatot", "cp1250"),
        ("Sayın yetkili, ürünlerimizin fiyatları aşağıdadır", "cp1254"),
    ],
)
def test_takes_no_western_text_for_east_asian(text: str, codec: str) -> None:
    """Which of these charsets it is nobody can tell; that its letters stand among Latin ones is plain."""
    assert read_message(b"Subject: x\n\n" + text.encode(codec)).root.decoded.codec in ("cp1252", "iso8859_1")


@pytest.mark.parametrize("name", ["zip", "idna", "unicode_escape", "punycode", "utf-7", "rot13", "x" * 500, "\x00"])
def test_never_runs_a_codec_that_is_not_on_the_list(name: str) -> None:
    raw = b"Content-Type: text/plain; charset=" + name.encode() + b"\n\nA+AGEA- \\x41"
    part = read_message(raw).root
    assert part.text == "A+AGEA- \\x41"
    assert part.decoded.declared_unknown


def _nested(depth: int) -> bytes:
    head = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(depth))
    return head + b"Content-Type: text/plain\n\ndeep\n"


@pytest.mark.parametrize("depth", [100, 1_100, 10_000])
def test_stops_at_the_depth_bound(depth: int) -> None:
    message = read_message(_nested(depth))
    assert Trouble.TOO_DEEP in message.troubles
    assert max(part.depth for part in message.walk()) == MAX_DEPTH


def test_stops_at_nested_messages() -> None:
    message = read_message(b"Content-Type: message/rfc822\n\n" * 10_000)
    assert Trouble.TOO_DEEP in message.troubles


def test_stops_at_the_number_of_parts() -> None:
    raw = b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 100_000
    message = read_message(raw)
    assert Trouble.TOO_MANY_PARTS in message.troubles
    assert sum(1 for _ in message.walk()) == MAX_PARTS


@pytest.mark.parametrize(
    ("raw", "trouble"),
    [
        (b"X: y\n" * 100_000 + b"\nbody", Trouble.TOO_MANY_HEADERS),
        (b"Subject: " + b"a" * 200_000 + b"\n\nbody", Trouble.HEADER_TOO_LONG),
        (b"Subject: x\n\n" + b"a" * 2_000_000, Trouble.LINE_TOO_LONG),
        (b"Subject: x\n\n" + b"a\n" * 14_000_000, Trouble.TOO_LARGE),
        (b"Content-Type: multipart/mixed\n\nbody", Trouble.NO_BOUNDARY),
        (b"Subject: x\nno colon here\n\nbody", Trouble.MALFORMED_HEADER),
    ],
)
def test_says_what_it_did_not_read(raw: bytes, trouble: Trouble) -> None:
    assert trouble in read_message(raw).troubles


def test_keeps_many_encoded_words_bounded() -> None:
    value = " ".join(["=?utf-8?Q?a=C3=A4?="] * 20_000)
    assert decode_words(value).count("ä") == MAX_ENCODED_WORDS


def test_reads_the_last_of_many_parameters() -> None:
    value = "text/plain" + "".join(f"; p{n}=x" for n in range(20_000)) + "; charset=gbk"
    assert parse_parameters(value).parameters["charset"] == "gbk"


def test_survives_any_mutation() -> None:
    """Bit flips, cuts, doubled and swapped pieces: never an exception, whatever comes out."""
    chance = random.Random(20261124)
    for _ in range(2_000):
        raw = bytearray(ALTERNATIVE)
        for _ in range(chance.randint(1, 12)):
            at = chance.randrange(len(raw))
            kind = chance.randrange(3)
            if kind == 0:
                raw[at] = chance.randrange(256)
            elif kind == 1:
                del raw[at : at + chance.randint(1, 40)]
            else:
                raw[at:at] = raw[at : at + chance.randint(1, 60)]
            if not raw:
                break
        message = read_message(bytes(raw))
        for part in message.walk():
            assert isinstance(part.text, str)
            assert isinstance(part.filename, str)
            assert all(isinstance(h.value, str) for h in part.headers)
