"""`reputation lint --fix` in HTML: an edit lands where every reader sees a tag or a text, or it is not made."""

from __future__ import annotations

from pathlib import Path

import pytest

from reputation.records.sure_markup import sure_markup
from tests.cli.command_line import here

HEAD = "From: Anna <anna@own.example.com>\nSubject: offer\n\n"
LINK = "http://own.example.com/a"


def _fixed(path: Path, text: str) -> str:
    path.write_text(HEAD + text, "utf-8")
    assert here("lint", "--fix", "--write", str(path)).code == 0
    return path.read_text("utf-8").removeprefix(HEAD)


@pytest.mark.parametrize(
    "page",
    [
        '<p>x</p><a title="never closed> <img src=a.png> so cheap!! </a>',
        "<p>x</p><a title='never closed> <img src=a.png></a>",
        f'<p>x</p><td title="never closed> <a href={LINK}>x</a>',
        '<p>x</p><a title="closed late> <img src="a.png"> x</a>',
        "<p>x</p><a title=<img src=a.png>x</a>",
        "<p>x</p><img src=a.png",
        '<p>x</p><img src="a.png>x',
        '<p>x</p><img src=a.png"> so</p>',
        "<p>x</p><img {{#if text}}title=x{{/if}} src=a.png>",
        "<p>x</p><img {{attributes}}>",
        '<p>x</p><img src="{{ "a.png" | asset }}">',
        '<p>x</p><img src="a.png"title="b">',
        "<p>x</p><!-- <img src=a.png> so cheap!! -->",
        "<p>x</p><!-- <img src=a.png> so cheap!! --!> y",
        "<p>x</p><!-- never closed <img src=a.png>",
        "<p>x</p><!--[if mso]><img src=a.png><p>so cheap!!</p><![endif]-->",
        f"<p>x</p><!--[if gte mso 9]><a href='{LINK}'>x</a><![endif]-->",
        "<p>x</p><style>/* <img src=a.png> so cheap!! */</style>",
        "<p>x</p><style>a</stylex><img src=a.png> so cheap!! </style>",
        "<p>x</p><script>'<img src=a.png>'</script>",
        "<p>x</p><script><!-- <script>a</script><img src=a.png> so cheap!! --></script>",
        "<p>x</p><title><img src=a.png></title>",
        "<p>x</p><textarea><img src=a.png> so cheap!! </textarea>",
        "<p>x</p><xmp><img src=a.png></xmp>",
        "<p>x</p><iframe><img src=a.png> so cheap!! </iframe>",
        "<p>x</p><noembed><img src=a.png></noembed><noframes><img src=a.png></noframes>",
        "<p>x</p><plaintext><img src=a.png> so cheap!! </plaintext>",
        "<p>x</p><![CDATA[ a > b <img src=a.png> so cheap!! ]]>",
        "<p>x</p><![CDATA[ a > b <img src=a.png> so cheap!! ",
        "<p>x</p>&ex\u200bcl;&excl; y",
        f"<p>x</p><a href='{LINK[:-2]}:81/a'>x</a>",
        f"<p>x</p><a href='{LINK[:-2]}:{{{{port}}}}/a'>x</a>",
        "<p>x</p><a href='http://anna@own.example.com/a'>x</a>",
        "<p>x</p><a data-href='http://own.example.com/a' href='https://own.example.com/'>x</a>",
    ],
)
def test_what_some_reader_takes_for_something_else_is_left_alone(tmp_path: Path, page: str) -> None:
    assert _fixed(tmp_path / "a.html", page) == page


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        ('<td a="b"" c="d"><img src=a.png> so!! </td>', '<td a="b"" c="d"><img alt="" src=a.png> so! </td>'),
        ("<p>so cheap!! </p><img title='x>x", "<p>so cheap! </p><img title='x>x"),
        ("<p>5 < 6 <img src=a.png></p>", '<p>5 < 6 <img alt="" src=a.png></p>'),
        ("<!--><img src=a.png>--></p>", '<!--><img alt="" src=a.png>--></p>'),
        ("<![if !mso]><img src=a.png><![endif]></p>", '<![if !mso]><img alt="" src=a.png><![endif]></p>'),
        ("<!--[if !mso]><!--><img src=a.png><!--<![endif]--></p>",
         '<!--[if !mso]><!--><img alt="" src=a.png><!--<![endif]--></p>'),
        ("<style>a</style><IMG src='{{ url }}'/></p>", "<style>a</style><IMG alt=\"\" src='{{ url }}'/></p>"),
        (f"<script>'<!--'</script><a id=x href={LINK}?a=b>x</a>",
         "<script>'<!--'</script><a id=x href=https://own.example.com/a?a=b>x</a>"),
        ("<?xml version='1'?><p>so cheap!! </p>", "<?xml version='1'?><p>so cheap! </p>"),
        ("<p>free&#8203;dom so&nbsp;cheap&#33;!&excl; </p>", "<p>freedom so&nbsp;cheap! </p>"),
    ],
)  # fmt: skip
def test_what_nobody_takes_for_something_else_is_repaired(tmp_path: Path, page: str, wanted: str) -> None:
    assert _fixed(tmp_path / "a.html", page) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (f"See {LINK} and {LINK}.", "See https://own.example.com/a and https://own.example.com/a."),
        (f"HTTP://own.example.com/](http:x {LINK}", "HTTPS://own.example.com/](http:x https://own.example.com/a"),
        ("http://own.example.com:81/a http://own.example.com:{{port}}/", None),
        ("http://other.example.net/ www.own.example.com", None),
    ],
)
def test_a_bare_address_becomes_https_where_it_begins(tmp_path: Path, text: str, wanted: str | None) -> None:
    assert _fixed(tmp_path / "a.txt", text) == (wanted or text)


def test_a_name_of_the_own_network_has_no_certificate(tmp_path: Path) -> None:
    text = "From: anna@own.local\n\nSee http://own.local/a\n"
    path = tmp_path / "a.txt"
    path.write_text(text)
    assert "nothing" in here("lint", "--fix", "--write", "--lang", "en", str(path)).err
    assert path.read_text() == text


@pytest.mark.parametrize(
    "unit",
    ["<a ", "<a<a", "<a x=", '<a x="', "<a x = ", " = ", "<!--", "<!", "<?", "<![CDATA[", "<script>", "</", "</a", "<",
     "<script><!--</script>", "<style></stylex>"],
)  # fmt: skip
@pytest.mark.parametrize("before", ["", "<a ", "<script>"])
def test_markup_that_never_ends_is_no_work(before: str, unit: str) -> None:
    """Nothing is looked for twice in vain: with the square of the length this would take hours."""
    source = (before + unit * 200_000)[:600_000]
    sure = sure_markup(source)
    assert not sure.is_tag(len(source) - 1, len(source)) and not sure.is_text(1, len(source) + 1)
