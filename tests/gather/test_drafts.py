"""Drafts from files, folders and pasted text: what is read, where it stands, what is refused with one sentence."""

from __future__ import annotations

import base64
import quopri
from pathlib import Path

import pytest

from reputation.bad_input import BadInput
from reputation.facts.draft import DraftFacts, DraftKind
from reputation.gather.draft_reading import kind_of, read_draft
from reputation.gather.drafts import DraftProblem, from_bytes, read_drafts, write_draft
from reputation.model import Absent, Found
from reputation.records.trouble import Trouble


def _read(raw: bytes, suffix: str = "") -> DraftFacts:
    return read_draft("draft" + suffix, raw, kind_of(raw, suffix))


@pytest.mark.parametrize(
    ("raw", "suffix", "kind"),
    [
        (b"Subject: x\nMIME-Version: 1.0\n\nbody", "", DraftKind.MESSAGE),
        (b"Subject: x\n\nbody", "", DraftKind.TEXT),
        (b"Subject: x\n\n<html><body><p>x</p></body></html>", "", DraftKind.HTML),
        (b"<!DOCTYPE html><html></html>", ".txt", DraftKind.HTML),
        (b"# Title", ".md", DraftKind.MARKDOWN),
        (b"anything", ".eml", DraftKind.MESSAGE),
    ],
)
def test_tells_the_kind(raw: bytes, suffix: str, kind: DraftKind) -> None:
    assert _read(raw, suffix).kind is kind


@pytest.mark.parametrize(
    ("head", "line", "column"),
    [
        ("Subject: Our offer\n", 1, 10),
        ("主题：Our offer\n", 1, 4),
        ("主題： Our offer\n", 1, 5),
        ("主  题: Our offer\n", 1, 7),
        ("Betreff: Our offer\n", 1, 10),
        ("From: a@example.com\nSubject: Our offer\n", 2, 10),
        ("Date: today\r\nSubject: Our offer\r\n", 2, 10),
        ("\n \r\nSubject: Our offer\n", 3, 10),
        ("发件人： a@example.com\n发送时间： 10:12\n收件人： b@example.net\n主题： Our offer\n", 4, 5),
        ("---\nsubject: Our offer\nfrom: a@example.com\n---\n", 2, 10),
        ("---\r\ntitle: News\r\nsubject: Our offer\r\n---\r\n", 3, 10),
        ("---\ntags:\n  - a\n\nsubject: Our offer\n---\n", 5, 10),
        ("---\nsubject: Our offer\n", 2, 10),
    ],
)
def test_understands_the_head_of_a_pasted_draft(head: str, line: int, column: int) -> None:
    facts = _read(f"{head}\n\nGood morning".encode())
    assert isinstance(facts.subject, Found)
    assert facts.subject.value.text == "Our offer"
    assert (facts.subject.value.where.line, facts.subject.value.where.column) == (line, column)
    assert isinstance(facts.plain, Found)
    assert facts.plain.value.visible.text.strip() == "Good morning"


@pytest.mark.parametrize(
    "words",
    ["时间：11月24日\n地点：[地点]\n", "To: [Name]\n\nHello", "---\n\nHello", "Note: x\nSubject: y", "", "\n\n"],
)
def test_takes_no_letter_for_a_head(words: str) -> None:
    facts = _read(words.encode())
    assert isinstance(facts.subject, Absent)
    assert isinstance(facts.plain, Found) and facts.plain.value.source == words


def test_knows_sender_reply_to_and_selectors() -> None:
    facts = _read(
        b'From: "Anna Li" <anna@example.com>\nReply-To: x@example.net\n'
        b"DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=mail1;\n h=from; bh=x; b=y\n\nbody",
        ".eml",
    )
    assert isinstance(facts.sender, Found)
    assert (facts.sender.value.mailbox.name, facts.from_domain) == ("Anna Li", "example.com")
    assert isinstance(facts.reply_to, Found)
    assert facts.selectors == (("mail1", "example.com"),)
    assert isinstance(facts.subject, Absent)


@pytest.mark.parametrize(
    ("encoding", "body", "line", "column"),
    [
        ("8bit", '<p>ä</p>\n<p><a href="https://example.com/">y</a></p>', 6, 4),
        ("quoted-printable", '<p>=C3=A4=\nx</p>\n<p><a href=3D"https://example.com/">y</a></p>', 7, 4),
        ("base64", "PHA+eDwvcD4KPHA+PGEgaHJl\nZj0iaHR0cHM6Ly9leGFtcGxlLmNvbS8iPnk8L2E+PC9wPg==", 5, 17),
    ],
)
def test_places_a_link_in_the_encoded_file(encoding: str, body: str, line: int, column: int) -> None:
    head = f"Subject: x\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: {encoding}\n\n"
    facts = _read((head + body).encode(), ".eml")
    (link,) = facts.links
    assert link.target.host == "example.com"
    assert (link.where.line, link.where.column) == (line, column)


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
@pytest.mark.parametrize("encoding", ["8bit", "quoted-printable", "base64"])
def test_places_what_stands_behind_bytes_that_mean_nothing(encoding: str, charset: str) -> None:
    words = "Größe".encode("cp1252")
    body = words * 9 + b" \xff\n<p>\xe4\xbd\n" + words + b'\n<p><a href="https://example.com/">y</a></p>\n'
    if encoding != "8bit":
        body = base64.encodebytes(body) if encoding == "base64" else quopri.encodestring(body)
    head = f"Content-Type: text/html; charset={charset}\nContent-Transfer-Encoding: {encoding}\n\n"
    raw = head.encode() + body
    (link,) = _read(raw, ".eml").links
    if encoding == "base64":
        window = raw.splitlines()[link.where.line - 1][(link.where.column - 1) // 4 * 4 :]
        assert b"<a href" in base64.b64decode(window)[:10]
    else:
        assert raw.splitlines()[link.where.line - 1].startswith(b"<p><a")
        assert link.where.column == 4


@pytest.mark.parametrize(
    ("subject", "value", "spot"),
    [
        ("Subject: Dear [Name]", (1, 10, 1, 21), (1, 15, 1, 21)),
        ("Subject:[Name]!", (1, 9, 1, 16), (1, 9, 1, 15)),
        ("Subject:  \r\n [Name] order", (2, 2, 2, 14), (2, 2, 2, 8)),
        ("Subject: An offer\n\tto go on\n\tfor [Name]", (1, 10, 3, 12), (3, 6, 3, 12)),
        ("Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?= [Name]", (1, 10, 1, 44), (1, 38, 1, 44)),
        ("Subject: =?utf-8?Q?Gr=C3=BC?=\n =?utf-8?Q?=C3=9Fe_[Name]?= x", (1, 10, 2, 30), (2, 2, 2, 28)),
        ("Subject: =?utf-8?Q?a?= b =?utf-8?Q?c?= [Name]", (1, 10, 1, 46), (1, 40, 1, 46)),
    ],
)
def test_places_what_stands_in_a_header(subject: str, value: tuple[int, ...], spot: tuple[int, ...]) -> None:
    line = _read(f"{subject}\n\nbody".encode(), ".eml").subject
    assert isinstance(line, Found)
    start = line.value.text.index("[Name]")
    assert line.value.where[1:5] == value
    assert line.value.spot(start, start + 6)[1:5] == spot


@pytest.mark.parametrize("subject", ["Subject:", "Subject: ", "Subject: \n \n", "Subject: =?utf-8?Q??="])
def test_an_empty_header_stands_on_its_own_line(subject: str) -> None:
    line = _read(f"{subject}\nFrom: a@example.com\n\nbody".encode(), ".eml").subject
    assert isinstance(line, Found)
    assert (line.value.where.line, line.value.where.end_line) == (1, 1)


def test_places_what_stands_in_a_later_text_of_the_message() -> None:
    part = "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n{}"
    texts = ["<p>one</p>\n", '<p>two</p>\n  <a href="http://203.0.113.7/">x</a>']
    written = [part.format(base64.encodebytes(text.encode()).decode()) for text in texts]
    head = "Content-Type: multipart/mixed; boundary=b\n\n--b\n"
    raw = head + "--b\n".join(written) + "--b\n\nSee http://203.0.113.8/\n--b--\n"
    facts = _read(raw.encode(), ".eml")
    assert isinstance(facts.html, Found)
    assert facts.html.value.visible.text.split() == ["one", "two", "x", "See", "http://203.0.113.8/"]
    places = [(link.where.line, link.where.column) for link in facts.every_link]
    begins = raw.index(written[1]) + len(part.format(""))
    assert places[0] == (raw.count("\n", 0, begins) + 1, 13 * 4 // 3 + 1)
    assert places[1] == (raw[: raw.index("See")].count("\n") + 1, 5)


def test_counts_the_mark_of_a_charset() -> None:
    body = b'\xef\xbb\xbf<p>\n<a href="https://example.com/">y</a></p>\n'
    (link,) = _read(b"Content-Type: text/html; charset=utf-8\n\n" + body, ".eml").links
    assert (link.where.line, link.where.column) == (4, 1)


def test_reads_links_and_text_of_markdown() -> None:
    facts = _read(b'# Hi\n\nsee [our **site**](https://example.com/a "t") and <https://example.net/>\n', ".md")
    assert facts.link_hosts == ("example.com", "example.net")
    assert isinstance(facts.plain, Found)
    assert "https://example.com" not in facts.plain.value.visible.text


@pytest.mark.parametrize(
    ("words", "hosts"),
    [
        ("官网https://www.mingtu-led.com（电话0574-12345678）", ["www.mingtu-led.com"]),
        ("请看官网https://www.mingtu-led.com查看产品目录，谢谢", ["www.mingtu-led.com"]),
        ("官网www.mingtu-led.com或www.mingtu.cn。", ["www.mingtu-led.com", "www.mingtu.cn"]),
        ("见https://a.example/路径https://b.example/", ["a.example", "b.example"]),
        ("https://a.example에서", ["a.example"]),
        ("www.a.example.谢谢", ["www.a.example"]),
        ("http://例子.中国/，请看", ["例子.中国"]),
        ("http://shop.例子.com/a查看", ["shop.例子.com"]),
        ("http://bücher.example/größe", ["bücher.example"]),
        ("http://пример.рф/", ["пример.рф"]),
        ("https://user:pw@a.example:81/x|b", ["a.example"]),
        ("https://[2001:db8::1]/x", ["[2001:db8::1]"]),
        ("https://查看 and awww.x.com", []),
    ],
)
def test_an_address_in_a_text_ends_where_the_prose_goes_on(words: str, hosts: list[str]) -> None:
    assert [link.target.host for link in _read(words.encode(), ".txt").links] == hosts


def test_words_behind_an_address_are_counted() -> None:
    facts = _read("请看https://www.mingtu-led.com查看产品目录，谢谢您的询价".encode(), ".txt")
    assert isinstance(facts.plain, Found)
    assert facts.plain.value.words == 7


@pytest.mark.parametrize(
    ("charset", "words"),
    [
        ("gb18030", "尊敬的客户，新品到货"),
        ("shift_jis", "お客様へ、ありがとう"),
        ("koi8_r", "Уважаемые господа, новые цены"),
        ("utf-16", "尊敬的客户"),
    ],
)
def test_reads_undeclared_charsets_of_files(charset: str, words: str) -> None:
    facts = from_bytes("draft.txt", words.encode(charset), ".txt")
    assert isinstance(facts, DraftFacts)
    assert isinstance(facts.plain, Found)
    assert facts.plain.value.visible.text == words


def test_notes_what_it_could_not_read() -> None:
    facts = _read(b"Subject: x\nContent-Type: text/html\n\n" + b"<div>" * 100_000, ".eml")
    assert facts.incomplete
    assert Trouble.TOO_DEEP in facts.troubles


@pytest.mark.parametrize(
    ("raw", "suffix", "words"),
    [
        (b"", ".txt", "empty"),
        (b" \n\n", ".eml", "empty"),
        (b"PK\x03\x04rest", ".eml", "Word"),
        (b"\x89PNG\r\n", ".html", "picture"),
        (b"text\0text", ".txt", "binary"),
        (b"a" * (25 * 1024 * 1024 + 1), ".txt", "25 MB"),
    ],
)
def test_refuses_with_one_sentence(raw: bytes, suffix: str, words: str) -> None:
    problem = from_bytes("draft" + suffix, raw, suffix)
    assert isinstance(problem, DraftProblem)
    assert words in str(problem.message)


def test_reads_a_folder_and_goes_on_after_a_bad_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Hello", "utf-8")
    (tmp_path / "b.eml").write_bytes(b"")
    (tmp_path / "c.bin").write_bytes(b"\0")
    found = list(read_drafts([str(tmp_path), str(tmp_path / "missing.eml")]))
    assert [type(one) for one in found] == [DraftFacts, DraftProblem, DraftProblem]


def test_says_so_when_a_folder_holds_no_draft(tmp_path: Path) -> None:
    (problem,) = read_drafts([str(tmp_path)])
    assert isinstance(problem, DraftProblem)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("suffix", [".txt", ".eml", ""])
def test_reads_what_notepad_calls_unicode(encoding: str, suffix: str) -> None:
    """UTF-16, with its mark and without, as a text and as a saved message."""
    raw = "From: Li <li@own.example>\r\nSubject: Our offer\r\nMIME-Version: 1.0\r\n\r\nGood morning\r\n".encode(
        encoding
    )
    facts = from_bytes(f"draft{suffix}", raw, suffix)
    assert isinstance(facts, DraftFacts)
    assert isinstance(facts.subject, Found) and facts.subject.value.text == "Our offer"
    assert isinstance(facts.plain, Found) and "Good morning" in facts.plain.value.source


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16le", "utf-16be"])
@pytest.mark.parametrize("suffix", [".eml", ".txt"])
def test_a_part_in_utf_16_does_not_make_the_message_one(encoding: str, suffix: str) -> None:
    """Below a short head most bytes of the sample belong to the part."""
    head = b"From: Li <li@own.example>\nSubject: Our offer\nContent-Type: text/plain; charset=" + encoding.encode()
    text = "Good morning to all of you, the new catalogue is here. " * 9
    facts = from_bytes(f"draft{suffix}", head + b"\n\n" + text.encode(encoding), suffix)
    assert isinstance(facts, DraftFacts)
    assert isinstance(facts.subject, Found) and facts.subject.value.text == "Our offer"
    assert isinstance(facts.plain, Found) and facts.plain.value.source == text


@pytest.mark.parametrize("damage", [b"\x00\xd8\x20\x00", b"x"])
def test_what_is_damaged_in_utf_16_is_not_written_as_something_else(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes("From: Li <li@own.example>\nSubject: Our offer\n\nGood morning\n".encode("utf-16") + damage)
    before = path.read_bytes()
    (draft,) = read_drafts([str(path)])
    assert isinstance(draft, DraftFacts)
    with pytest.raises(BadInput, match="more than"):
        write_draft(draft, draft.raw.replace(b"Good", b"Bad"))
    assert path.read_bytes() == before


def test_a_draft_that_changed_meanwhile_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(b"Subject: Our offer\n\nGood morning\n")
    (draft,) = read_drafts([str(path)])
    assert isinstance(draft, DraftFacts)
    path.write_bytes(b"Subject: Our offer\n\nGood evening\n")
    with pytest.raises(BadInput, match="no longer"):
        write_draft(draft, b"Subject: Our offer\n\nBad morning\n")
    assert path.read_bytes() == b"Subject: Our offer\n\nGood evening\n"


def test_writing_a_draft_touches_no_file_beside_it(tmp_path: Path) -> None:
    """Whatever its name, also one that is as long as a name can be."""
    path, other = tmp_path / ("a" * 251 + ".eml"), tmp_path / "a.eml.reputation-new"
    path.write_bytes(b"Subject: Our offer\n\nGood morning\n")
    other.write_text("mine")
    (draft,) = read_drafts([str(path)])
    assert isinstance(draft, DraftFacts)
    write_draft(draft, b"Subject: Our offer\n\nBad morning\n")
    assert path.read_bytes() == b"Subject: Our offer\n\nBad morning\n"
    assert sorted(tmp_path.iterdir()) == sorted([path, other]) and other.read_text() == "mine"
