"""Hostile drafts: bombs and mutations go through reading, judging and risk without an exception."""

from __future__ import annotations

import base64
import importlib
import os
import random
import re
import time

import pytest

from reputation.checks.drafts import judge_draft
from reputation.checks.registry import modules_of
from reputation.facts.draft import DraftFacts
from reputation.gather.drafts import DraftProblem, from_bytes
from reputation.model import Cause, Found, Outcome, Verdict
from reputation.records.later import Later
from reputation.records.link import parse_target
from reputation.risk.kinds import finder, ways_of
from reputation.risk.model import risk_of
from reputation.score import verdict

HEAD = b"From: Anna <anna@example.com>\nSubject: offer\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n"
SEED = (
    b"From: =?utf-8?B?5byg5LiJ?= <anna@example.com>\r\nReply-To: b@gmail.com\r\n"
    b"Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?= 100%\r\n"
    b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b1"\r\n\r\n--b1\r\nContent-Type: text/plain; '
    b"charset=gb18030\r\nContent-Transfer-Encoding: base64\r\n\r\n1tDOxLLiytSjrLT6v6q3osaxo6E=\r\n"
    b"--b1\r\nContent-Type: "
    b"text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<html><body style=3D\"color:#fff;"
    b"background:#fff\"><p>Dear {{name}}, act now!!!</p><a href=3D\"http://203.0.113.7:81/x\">www.example.com</a>"
    b"<img src=3D\"a.png\"></body></html>\r\n"
    b"--b1\r\nContent-Type: application/x-dosexec; name=\"a.exe\"\r\n\r\nMZ\r\n--b1--\r\n"
)  # fmt: skip
BOMBS = {
    "unclosed comments": HEAD + b"<!" * 500_000,
    "unclosed tags": HEAD + b"<a<a" * 250_000,
    "deep divs": HEAD + b"<div>" * 100_000,
    "one long line": HEAD + b"a" * 5_000_000,
    "links": HEAD + b'<a href="http://e.example/x">l</a>' * 30_000,
    "images": HEAD + b"<img src=x>" * 90_000,
    "references": HEAD + b"&amp;&#65;" * 100_000,
    "styles": HEAD + b'<p style="color:#fff;background:#eee">x</p>' * 20_000,
    "open quote": HEAD + b'<a href="' + b"x" * 900_000,
    "capitals": HEAD + b"FREE MONEY NOW !!! " * 50_000,
    "han": HEAD + "代开发票 ".encode() * 60_000,
    "zero width": HEAD + "f\u200br\u200be\u200be ".encode() * 60_000,
    "pictures": HEAD + b"![a](<" * 20_000,
    "targets": HEAD + b"[a](" * 30_000,
    "placeholders": HEAD + b"{{x}} [Name] %%x%% <<Y>> " * 40_000,
    "blanks": HEAD
    + b'<p style="color:#fff">x<p style="background:'
    + b" " * 30_000
    + b'">'
    + b'<p style="color:'
    + b" " * 30_000
    + b'"><img width="1'
    + b" " * 60_000
    + b'x"><style>@import'
    + b" " * 30_000
    + b"x</style><!-- reputation: ignore"
    + b" " * 400_000,
    "gaps": HEAD + b"a b c d e f g " * 70_000,
    "signs": HEAD + b"$ % ! ? @ # 1 " * 70_000,
    "subject": b"Subject: " + b"!" * 60_000 + b"\n\nx",
    "folded placeholders": b"Subject: " + b"[Name]\n " * 7_000 + b"\n\nx",
    "encoded words": b"Subject: " + b"=?utf-8?Q?=C3=A4?= " * 3_000 + b"\n\nx",
    "addresses": b"From: " + b"(" * 60_000 + b"\n\nx",
    "parameters": b"Content-Type: text/plain" + b"; a=b" * 12_000 + b"\n\nx",
    "parts": b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 100_000,
    "messages": b"Content-Type: message/rfc822\n\n" * 20_000,
}


def _run(raw: bytes, suffix: str = ".eml") -> None:
    facts = from_bytes("draft" + suffix, raw, suffix)
    if isinstance(facts, DraftProblem):
        return
    results = judge_draft(facts)
    assert not [r for r in results if r.cause is Cause.INTERNAL_ERROR]
    risk_of(facts)


@pytest.mark.parametrize("name", BOMBS)
def test_survives_a_bomb(name: str) -> None:
    _run(BOMBS[name])


@pytest.mark.parametrize("suffix", [".html", ".md", ".txt"])
@pytest.mark.parametrize("name", ["unclosed tags", "deep divs", "placeholders", "gaps", "pictures", "targets"])
def test_survives_a_bomb_in_other_kinds(name: str, suffix: str) -> None:
    _run(BOMBS[name], suffix)


def test_what_was_cut_is_unknown_and_never_passed() -> None:
    facts = from_bytes("draft.eml", BOMBS["deep divs"], ".eml")
    assert isinstance(facts, DraftFacts)
    outcomes = {r.check: r.outcome for r in judge_draft(facts)}
    assert outcomes["ip-address-link"] is Outcome.UNKNOWN
    assert outcomes["image-without-text"] is Outcome.UNKNOWN
    assert outcomes["subject-capitals"] is Outcome.PASS


def test_survives_mutations() -> None:
    """Bit flips, cuts, doubled pieces, from a seed of this run: a failure prints it, and that it can be set again."""
    seed = int(os.environ.get("MUTATION_SEED") or random.SystemRandom().randrange(2**32))
    print(f"MUTATION_SEED={seed}")
    chance = random.Random(seed)
    for _ in range(5_000):
        raw = bytearray(SEED)
        for _ in range(chance.randint(1, 15)):
            at = chance.randrange(max(1, len(raw)))
            kind = chance.randrange(3)
            if kind == 0 and raw:
                raw[at] = chance.randrange(256)
            elif kind == 1:
                del raw[at : at + chance.randint(1, 60)]
            else:
                raw[at:at] = raw[at : at + chance.randint(1, 80)]
        _run(bytes(raw), chance.choice([".eml", ".html", ".txt", ".md"]))


READERS = (
    "checks.content._attached", "checks.content._placeholders", "checks.content._quoted", "checks.draft_edits",
    "gather.draft_reading", "gather.markdown", "records.link",
    "records.mixed_script", "risk.headers", "risk.host_names", "risk.letters", "risk.links", "risk.lures",
    "risk.structure", "risk.wording",
)  # fmt: skip


def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    modules = [*modules_of("content"), *(importlib.import_module(f"reputation.{name}") for name in READERS)]
    found = [(f"{m.__name__}.{n}", v.compiled()) for m in modules for n, v in vars(m).items() if isinstance(v, Later)]
    kinds = finder(ways_of("kinds") | ways_of("footer")), finder(ways_of("lures"))
    found += [("wording.toml", pattern) for pattern in kinds]
    return [(name, value) for name, value in found if isinstance(value.pattern, str)]


ATTACKS = (
    "a",
    "a ",
    "!",
    "{{",
    "[",
    "1",
    "= ",
    "<<a",
    "http://",
    "re: ",
    "0a",
    "A.",
    "a@a.",
    "\u200b",
    "代",
    "color:#fff;",
    "![a](<",
    "[a](",
    "[a]( ",
    "](",
    "https://www.",
    "www.代.",
    "mailbox a ",
    "view a ",
    "order order ",
    "verify your a ",
    "add a@",
    "12345 ",
    "{$name",
    "##name",
    "[your name ",
    "某某公司",
    "we attach ",
    "find a ",
    "list a ",
    "附件为",
    "schrieb ",
    "from: a\n",
    "---- ",
    "a-",
    "bit.ly/",
    "1.1.",
    "Ã¼",
    "Ð°",
    "ä½\xa0",
    ">Ã",
    "https:/",
)
LONGEST_SEARCH = 0.5  # seconds; ten times what a pattern may need here, for machines that are slow or busy


@pytest.mark.parametrize(("name", "pattern"), _patterns(), ids=lambda v: v if isinstance(v, str) else "")
def test_every_pattern_ends_on_attack_strings(name: str, pattern: re.Pattern[str]) -> None:
    """Linear: a hundred thousand characters of each attack string are searched to the end."""
    for attack in ATTACKS:
        text = (attack * 100_000)[:100_000]
        start = time.process_time()
        assert sum(1 for _ in pattern.finditer(text)) >= 0
        assert time.process_time() - start < LONGEST_SEARCH, attack


HTML = b"Content-Type: text/html; charset=utf-8\n"
MIXED = b"Content-Type: multipart/mixed; boundary=b\n\n--b\n"
LINK = b'<a href="http://203.0.113.7/">x</a>'


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"Content-Type: text/html (a page); charset=utf-8\n\n" + LINK, id="comment in a field"),
        pytest.param(HTML + b"Content-Transfer-Encoding: 7bit;\n\n<!-->" + LINK, id="comment that ends at once"),
        pytest.param(HTML + b"Content-Transfer-Encoding: (plain) 7bit\n\n<!--->" + LINK, id="and with one more dash"),
        pytest.param(HTML + b"\n<!-- a --!>" + LINK + b"<!-- b -->", id="comment that ends with a bang"),
        pytest.param(HTML + b"\n<!--!> a -->" + LINK, id="comment that begins with a bang"),
        pytest.param(HTML + b"\n<a " + b"x1 " * 3 + LINK[3:], id="few attributes"),
        pytest.param(HTML + b"\n<a " + b"".join(b"x%d=1 " % n for n in range(200)) + LINK[3:], id="many attributes"),
        pytest.param(b"Content-Type: text/html; name=x.html\n\n" + LINK, id="whole message with a name"),
        pytest.param(MIXED + HTML + b"\n<p>one\n--b\n" + HTML + b"\n" + LINK + b"\n--b--", id="second text of a mixed"),
        pytest.param(
            MIXED + HTML + b"\n<!-- one\n--b\n" + HTML + b"\n" + LINK + b"\n--b--", id="behind one that never ends"
        ),
        pytest.param(
            MIXED + b"Content-Type: multipart/alternative; boundary=c\n\n--c\n\nx\n--c\nContent-Type: text/html; "
            b"name=x.html\n\n" + LINK + b"\n--c--\n--b--",
            id="alternative with a name",
        ),
        pytest.param(b"Content-Type: application/xhtml+xml\n\n" + LINK, id="XHTML"),
        pytest.param(b"Content-Type: text/x-web\n\nhttp://203.0.113.7/", id="text of an unknown kind"),
        pytest.param(b"Content-Type: text/html charset=utf-8\n\n" + LINK, id="no semicolon behind the type"),
        pytest.param(
            HTML + b"Content-Transfer-Encoding: base64\n\nPHA+YQ==\n" + base64.encodebytes(LINK),
            id="base64 in two pieces",
        ),
        pytest.param(HTML + b"\n<map name=m><area href='http://203.0.113.7/'></map>", id="spot of a picture"),
        pytest.param(HTML + b"\n<!--[IF vml]>" + LINK + b"<![endif]-->", id="condition in capitals"),
        pytest.param(
            MIXED + b"Content-Type: multipart/alternative; boundary=c\n\n--d\n\nhttp://203.0.113.7/\n--d--\n--b--",
            id="multipart without its boundary",
        ),
        pytest.param(
            MIXED.replace(b"mixed", b"alternative")
            + b"\nx\n--b\nContent-Type: text/x-amp-html\n\n"
            + LINK
            + b"\n--b--",
            id="AMP",
        ),
        pytest.param(
            MIXED.replace(b"mixed", b"alternative")
            + b"\nx\n--b\nContent-Type: text/enriched\n\nhttp://203.0.113.7/\n--b--",
            id="enriched text",
        ),
        pytest.param(
            MIXED.replace(b"mixed", b"alternative")
            + b"\n"
            + b"http://a.example/ " * 2_000
            + b"\n--b\n"
            + HTML
            + b"\n"
            + LINK
            + b"\n--b--",
            id="beside many links",
        ),
        pytest.param(HTML + b"\n<p>x</p><!--[if gte mso 9]><p>" + LINK + b"</p><![endif]-->", id="Outlook's own text"),
        pytest.param(
            HTML + b"\n<!--[if mso]><v:roundrect href='http://203.0.113.7/'>x</v:roundrect><![endif]-->", id="VML"
        ),
        pytest.param(HTML + b"\n<!--[if !mso]><!-->" + LINK + b"<!--<![endif]-->", id="not Outlook"),
        pytest.param(HTML + b"\n<form action='http://203.0.113.7/'></form>", id="form"),
        pytest.param(HTML + b"\n<form><button formaction='http://203.0.113.7/'>x</button></form>", id="button"),
        pytest.param(HTML + b"\n<base href='http://203.0.113.7/a/'><a href='b.html'>x</a>", id="relative to a base"),
        pytest.param(HTML + b"\n<a href='&#1;http://203.0.113.7/'>x</a>", id="control before the scheme"),
        pytest.param(HTML + b"\n<a href='http://203.0.113%2e7/'>x</a>", id="escaped host"),
        pytest.param(HTML + b"\n<a href='http://203.0.113&#x3002;7/'>x</a>", id="ideographic stop"),
        pytest.param(HTML + "\n<a href='http://２０３.0．113.7/'>x</a>".encode(), id="wide digits"),
        pytest.param(HTML + b"\n<a href='http://203.0&shy;.113.7/'>x</a>", id="soft hyphen in the host"),
        pytest.param(HTML + b"\n<a href='http://" + b"u" * 9_000 + b"@203.0.113.7/'>x</a>", id="long user before it"),
    ],
)
def test_what_a_mail_program_shows_is_read(raw: bytes) -> None:
    draft = from_bytes("a.eml", raw, ".eml")
    assert isinstance(draft, DraftFacts)
    assert "203.0.113.7" in draft.link_hosts
    assert "ip-address-link" in {r.check for r in judge_draft(draft) if r.outcome is Outcome.FAIL}


@pytest.mark.parametrize("host", ["0xcb.0.0x71.7", "3405803783", "0313.0.0161.07", "203.0.28935", "0xCB007107", "1"])
def test_numbers_alone_are_an_address(host: str) -> None:
    assert parse_target(f"http://{host}/").is_address


@pytest.mark.parametrize("host", ["163.com", "7.example.com", "1.2.3.4.5", "0xcb.example", "12.", "4.x"])
def test_a_name_with_digits_is_none(host: str) -> None:
    assert parse_target(f"http://{host}/").is_address == (host == "12.")


SEALED = b"Content-Type: multipart/encrypted; boundary=b\n\n--b\nContent-Type: application/pgp-encrypted\n\nx\n--b--"


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        pytest.param(SEALED, "encrypted", id="PGP"),
        pytest.param(b"Content-Type: application/pkcs7-mime; smime-type=signed-data\n\nMII", "signature", id="S/MIME"),
        pytest.param(HTML + b"Content-Transfer-Encoding: x-uuencode\n\nbegin 644 a", "encoding", id="uuencode"),
        pytest.param(
            b"\n-----BEGIN PGP MESSAGE-----\n\nhQ\n-----END PGP MESSAGE-----\n", "encrypted", id="PGP in the text"
        ),
        pytest.param(b"Content-Type: application/octet-stream; name=smime.p7m\n\nMII", "signature", id="by its name"),
        pytest.param(
            MIXED + b"\nx\n--b\nContent-Type: application/ms-tnef\n\nx\n--b--", "winmail.dat", id="Outlook's own"
        ),
        pytest.param(
            b"Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nU3ViamVjdDo=",
            "encoding",
            id="closed message",
        ),
    ],
)
def test_a_text_that_can_not_be_read_is_unknown(raw: bytes, words: str) -> None:
    draft = from_bytes("a.eml", b"From: Anna <a@example.com>\nSubject: Offer\n" + raw, ".eml")
    assert isinstance(draft, DraftFacts)
    results = judge_draft(draft)
    found = {r.check: r for r in results}["script-link"]
    assert found.outcome is Outcome.UNKNOWN
    assert words in str(found.message)
    assert verdict(results) is Verdict.UNDECIDED
    assert risk_of(draft) is None


@pytest.mark.parametrize(
    "subject",
    [
        pytest.param(b"a" * 66_000 + b"!!!", id="too long"),
        pytest.param(b"=?utf-8?Q?a?= " * 1_001 + b"=?utf-8?Q?=21=21=21?=", id="too many encoded words"),
    ],
)
def test_of_a_subject_that_was_cut_nothing_is_said_to_be_well(subject: bytes) -> None:
    draft = from_bytes("a.eml", b"From: a@example.com\nSubject: " + subject + b"\n\nHello", ".eml")
    assert isinstance(draft, DraftFacts)
    outcomes = {r.check: r.outcome for r in judge_draft(draft)}
    assert outcomes["subject-exclamations"] is Outcome.UNKNOWN


@pytest.mark.parametrize(
    "parameters",
    [
        'name="a.exe\u200b"',
        'name="a.exe. "',
        'name="a.exe\u202c"',
        "".join(f"p{n}=1; " for n in range(150)) + "name=a.exe",
    ],
)
def test_no_name_hides_what_it_ends_in(parameters: str) -> None:
    head = f"Content-Type: application/octet-stream; {parameters}\nContent-Disposition: attachment\n\n"
    draft = from_bytes("a.eml", MIXED + b"\nHello\n--b\n" + head.encode() + b"MZ\n--b--", ".eml")
    assert isinstance(draft, DraftFacts)
    assert "risky-attachment" in {r.check for r in judge_draft(draft) if r.outcome is Outcome.FAIL}


PICTURE = (
    b"Content-Type: image/jpeg; name=a.jpg\nContent-Disposition: inline; filename=a.jpg\nContent-ID: <a@b>\n\nx\n--b--"
)


@pytest.mark.parametrize(
    ("part", "html", "is_carried"),
    [
        pytest.param(PICTURE, b"<p>Please find attached</p>", True, id="picture as Apple Mail sends it"),
        pytest.param(PICTURE, b"<p>Please find attached</p><img src='cid:a@b'>", False, id="picture of the text"),
        pytest.param(
            b"Content-Type: text/csv; name=a.csv\nContent-Disposition: inline\n\nx\n--b--", b"<p>x", True, id="table"
        ),
        pytest.param(b"Content-Type: text/calendar\n\nx\n--b--", b"<p>x", True, id="invitation"),
        pytest.param(b"Content-Type: message/rfc822\n\nSubject: x\n\nx\n--b--", b"<p>x", True, id="message"),
        pytest.param(b"Content-Type: application/pgp-signature\n\nx\n--b--", b"<p>x", False, id="signature"),
    ],
)
def test_knows_what_goes_with_the_text_as_a_file(part: bytes, html: bytes, is_carried: bool) -> None:
    draft = from_bytes("a.eml", MIXED + HTML + b"\n" + html + b"\n--b\n" + part, ".eml")
    assert isinstance(draft, DraftFacts)
    assert bool(draft.attachments) is is_carried


@pytest.mark.parametrize(
    "head",
    [
        "text/javascript; name=run.js\nContent-Disposition: inline",
        "text/plain; name=run.bat\nContent-Disposition: inline",
        "image/png; name=run.exe\nContent-Disposition: inline",
        "application/pdf; name=run.exe\nContent-Disposition: attachment; filename=run.pdf",
        "application/x-msdownload",
    ],
)
def test_a_program_is_one_however_it_is_declared(head: str) -> None:
    raw = MIXED + b"\nHello\n--b\nContent-Type: " + head.encode() + b"\n\nMZ\n--b--"
    draft = from_bytes("a.eml", raw, ".eml")
    assert isinstance(draft, DraftFacts)
    assert "risky-attachment" in {r.check for r in judge_draft(draft) if r.outcome is Outcome.FAIL}


def test_a_letter_with_the_notice_of_a_gateway_is_one_text() -> None:
    letter = b"Dear friend,\n\nplease find attached our list of prices for the next year.\n"
    raw = (
        MIXED + b"\n" + letter + b"--b\n" + HTML + b"\n<p>This message is confidential. Delete it otherwise.</p>\n--b--"
    )
    draft = from_bytes("a.eml", raw, ".eml")
    assert isinstance(draft, DraftFacts)
    found = {r.check for r in judge_draft(draft) if r.outcome in (Outcome.FAIL, Outcome.WARN, Outcome.INFO)}
    assert {"attachment-forgotten", "generic-greeting"} <= found
    assert not found & {"parts-disagree", "html-only"}


@pytest.mark.parametrize("where", ["text part", "Outlook"])
def test_links_beyond_the_bound_leave_all_of_them_open(where: str) -> None:
    many = b"<a href='http://a.example/'>x</a> " * 2_001
    html = b"<p>x</p><!--[if mso]>" + many + b"<![endif]-->" if where == "Outlook" else b"<p>x"
    text = b"http://a.example/ " * 2_001 if where == "text part" else b"x"
    raw = MIXED.replace(b"mixed", b"alternative") + b"\n" + text + b"\n--b\n" + HTML + b"\n" + html + b"\n--b--"
    draft = from_bytes("a.eml", raw, ".eml")
    assert isinstance(draft, DraftFacts)
    assert {r.outcome for r in judge_draft(draft, only=("link-shortener",))} == {Outcome.UNKNOWN}


WORDS = b"Our parts are in stock and we can ship them from our warehouse in the next week to each of you. " * 4


@pytest.mark.parametrize(
    "style",
    [
        b"display:/**/none", b"display&#58;none", b"opacity:0.01", b"color:rgba(0,0,0,0)", b"transform:scale(0)",
        b"position:absolute;clip:rect(0,0,0,0)", b"position:absolute;clip:rect(0 0 0 0)", b"font:0/0 a",
        b"font:0px/1 a",
    ],
)  # fmt: skip
def test_hidden_is_what_a_reader_does_not_see(style: bytes) -> None:
    draft = from_bytes("a.html", b"<p>Good morning</p><p style='" + style + b"'>" + WORDS + b"</p>", ".html")
    assert isinstance(draft, DraftFacts)
    assert isinstance(draft.html, Found)
    assert draft.html.value.visible.text.split() == ["Good", "morning"]


@pytest.mark.parametrize(
    "style", [b"opacity:0.9", b"color:rgba(0,0,0,0.8)", b"font:10px/1.2 Arial", b"transform:scale(0.9)", b"clip:auto"]
)
def test_shown_is_what_a_reader_sees(style: bytes) -> None:
    draft = from_bytes("a.html", b"<p style='" + style + b"'>Good morning</p>", ".html")
    assert isinstance(draft, DraftFacts)
    assert isinstance(draft.html, Found)
    assert draft.html.value.visible.text.split() == ["Good", "morning"]


def test_a_place_ends_behind_the_reference_of_its_last_character() -> None:
    draft = from_bytes("a.html", b"<p>Dear &#91;Name&#93;, hello</p>", ".html")
    assert isinstance(draft, DraftFacts)
    (found,) = [r for r in judge_draft(draft) if r.check == "unfilled-placeholder"]
    assert found.where is not None
    assert (found.where.column, found.where.end_column) == (9, 23)
