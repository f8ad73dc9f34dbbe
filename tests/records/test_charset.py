"""A declared charset is believed unless the bytes are plainly of another: what writers write, in each charset."""

from __future__ import annotations

import pytest

from reputation.records.charset import codec_of, decode

WRITTEN = {
    "l'été créée, Ça coûte, à bientôt, où, ÉTÉ À LA PLAGE": ("iso-8859-1", "windows-1252", "iso-8859-15"),
    "Größe, Grüße, Jürgen Müßig, süß, ÄRGER ÜBER ÖL": ("iso-8859-1", "windows-1252", "iso-8859-2", "windows-1250"),
    "Señor Muñoz, ¿cómo está? ¡Mañana! NIÑO": ("iso-8859-1", "windows-1252"),
    "informação, amanhã, NÃO À POLUIÇÃO, PROMOÇÃO ÚNICA": ("iso-8859-1", "windows-1252", "iso-8859-15"),
    "Hyvää päivää, määräaika, HYVÄÄ YÖTÄ": ("iso-8859-1", "iso-8859-4", "iso-8859-10"),
    "Jäääär, töööö, kuuüür, öö äär": ("iso-8859-1", "windows-1257", "iso-8859-13"),
    "Þórður Ægisson, ÞAÐ ER ÍSLAND, góðan": ("iso-8859-1",),
    "zażółć gęślą jaźń, źdźbło, ŚWIĄTECZNA ZNIŻKA": ("iso-8859-2", "windows-1250", "iso-8859-16"),
    "žluťoučký kůň, příští týden, šťěščř, PŘÍŠTÍ TÝDEN": ("iso-8859-2", "windows-1250"),
    "tűrő tükörfúrógép, Győző, ÁRVÍZTŰRŐ": ("iso-8859-2", "windows-1250"),
    "ŞİİR ÇIĞLIK, ışık ve gölge, Şükrü Çağlayan": ("iso-8859-9", "windows-1254", "iso-8859-3"),
    "šįmet žemės ūkio ąžuolų, ŠĮ MĖNESĮ": ("iso-8859-13", "windows-1257", "iso-8859-4"),
    "Уважаемые господа, СКИДКИ ДО КОНЦА МЕСЯЦА": ("windows-1251", "koi8-r", "iso-8859-5"),
    "Αγαπητοί κύριοι, Γιώργος": ("iso-8859-7", "windows-1253"),
    "שלום רב": ("windows-1255", "iso-8859-8"),
    "王经理，您好，报价单稍后发给您。ERP 系统、T恤、U盘": ("gb2312", "gbk", "gb18030"),
    "朱镕基 陶喆 王珺 张翀 刘彧": ("gbk",),
    "王經理，您好，報價單稍後寄給您。": ("big5", "cp950", "gbk"),
    "陳啟峯 游錫堃": ("big5", "gbk"),
    "いつもお世話になっております。カタログ": ("shift_jis", "euc-jp", "gb2312"),
    "안녕하세요, 견적서를 보내드립니다": ("euc-kr",),
    "Mr. 一": ("gb2312", "big5"),
}


@pytest.mark.parametrize(
    ("text", "charset"), [pytest.param(t, c, id=f"{c}: {t}") for t, charsets in WRITTEN.items() for c in charsets]
)
def test_what_is_declared_rightly_is_believed_as_a_whole_and_word_for_word(text: str, charset: str) -> None:
    codec = codec_of(charset) or ""
    for piece in (text, *text.split()):
        decoded = decode(piece.encode(codec), charset)
        assert (decoded.text, decoded.misdeclared, decoded.damaged) == (piece, False, False)


@pytest.mark.parametrize(
    ("text", "codec", "declared"),
    [
        ("您好，附件是我们最新的产品目录，请查收。", "gb18030", "iso-8859-1"),
        ("您好，附件是我们最新的产品目录，请查收。", "gb18030", "windows-1252"),
        ("您好，附件是我们最新的产品目录，请查收。", "gb18030", "big5"),
        ("您好，附件是我們最新的產品目錄，請查收。", "big5", "iso-8859-1"),
        ("您好，附件是我們最新的產品目錄，請查收。", "big5", "gbk"),
        ("안녕하세요, 견적서를 보내드립니다", "cp949", "iso-8859-1"),
        ("Mit freundlichen Grüßen, Jürgen Müller", "cp1252", "gb2312"),
        ("Mit freundlichen Grüßen, Jürgen Müller", "cp1252", "big5"),
        ("Señor Muñoz llegará mañana", "cp1252", "gbk"),
    ],
)
def test_what_is_plainly_of_another_charset_is_read_in_that_one(text: str, codec: str, declared: str) -> None:
    decoded = decode(text.encode(codec), declared)
    assert (decoded.text, decoded.misdeclared) == (text, True)
