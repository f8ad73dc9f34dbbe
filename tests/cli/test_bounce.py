"""`reputation bounce` and `reputation codes` as a user runs them."""

from __future__ import annotations

import csv
import email
import io
import json
import mailbox
from email import policy
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from reputation.cli.frame.main import run
from reputation.formats.columns import columns

REPORT = """From: MAILER-DAEMON@mx.haus.example
To: me@out.example
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary=I

--I
Content-Type: message/delivery-status

Final-Recipient: rfc822; {recipient}
Action: failed
Status: {status}
Diagnostic-Code: smtp; {text}

--I
Content-Type: message/rfc822

From: Me <me@out.example>
To: {recipient}
Subject: {subject}

hello
--I--
"""


def report(recipient: str, text: str, subject: str = "price list", status: str = "5.0.0") -> str:
    return REPORT.format(recipient=recipient, text=text, subject=subject, status=status)


def called(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = run(["bounce", *words])
    out = capsys.readouterr()
    return code, out.out, out.err


def test_a_reply_line_as_an_argument_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = called(capsys, "550 5.1.1 <joe@gmial.com>: user unknown", "--lang", "en")
    assert code == 0
    assert "joe@gmail.com" in out  # the suggestion
    assert "hard: do not send again" in out


def test_the_same_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = called(capsys, "550 5.1.1 <joe@x.example>: user unknown", "--lang", "zh")
    assert code == 0
    assert "地址不存在" in out
    assert "怎么处理" in out


def test_json_lines_carry_the_names_of_the_contract(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "a.eml"
    file.write_text(report("joe@x.example", "550 5.1.1 user unknown"))
    code, out, _ = called(capsys, str(file), "-f", "json-lines")
    found = json.loads(out)
    assert code == 0
    assert (found["file"], found["n"]) == (str(file), 1)
    recipient = found["recipients"][0]
    assert {
        "recipient",
        "verdict",
        "reason",
        "status",
        "reply",
        "permanent",
        "advice",
        "template",
        "text",
        "confidence",
    } <= set(recipient)
    assert (recipient["verdict"], recipient["reason"], recipient["reply"]) == ("hard", "address", "550")
    assert recipient["status"] == "5.1.1"  # the code in the reply, not the empty 5.0.0 of the field
    assert recipient["permanent"] is True


def test_an_ordinary_mail_is_no_bounce_and_no_failure(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "a.eml"
    file.write_text("From: a@x.example\nTo: b@x.example\nSubject: hello\n\nThank you.\n")
    code, out, _ = called(capsys, str(file), "-f", "json")
    message = json.loads(out)["messages"][0]
    assert code == 0
    assert (message["verdict"], message["recipients"]) == ("none", [])
    assert message["why"]


def test_many_files_end_with_counts_and_lists(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for number in range(12):
        (tmp_path / f"{number}.eml").write_text(report(f"u{number}@firma.de", "550 5.1.1 user unknown"))
    (tmp_path / "full.eml").write_text(report("voll@firma.de", "552 5.2.2 mailbox full"))
    code, out, _ = called(capsys, str(tmp_path), "--sent", "1000", "-f", "json")
    summary = json.loads(out)["summary"]
    assert code == 0
    assert summary["verdicts"] == {"hard": 12, "soft": 1}
    assert (summary["countries"], summary["hard_rate"]) == ({"de": 13}, 0.012)
    assert (len(summary["remove"]), summary["retry"]) == (12, ["voll@firma.de"])
    _, table, _ = called(capsys, str(tmp_path), "--sent", "100", "--lang", "en")
    assert "Too few mails to judge by." in table


@pytest.mark.parametrize(("sent", "words"), [(1000, "Below the 2 %"), (400, "Above the 2 %"), (200, "Clean the list"), (12, "Too few")])  # fmt: skip  # noqa: E501
def test_the_hard_rate_is_held_against_the_lines(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, sent: int, words: str
) -> None:
    for number in range(12):
        (tmp_path / f"{number}.eml").write_text(report(f"u{number}@firma.de", "550 5.1.1 user unknown"))
    _, out, _ = called(capsys, str(tmp_path), "--sent", str(sent), "--lang", "en")
    assert words in out


def test_an_unreadable_file_is_one_sentence_and_the_rest_goes_on(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    good = tmp_path / "good.eml"
    good.write_text(report("joe@x.example", "550 5.1.1 user unknown"))
    (tmp_path / "empty.eml").write_bytes(b"")
    (tmp_path / "binary.eml").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    code, out, err = called(capsys, str(tmp_path), str(tmp_path / "missing.eml"), "-f", "json-lines")
    assert code == 1
    assert len(out.splitlines()) == 1
    assert len(err.strip().splitlines()) == 3


def test_mbox_and_maildir_are_read(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "box")
    for number in range(3):
        box.add(report(f"u{number}@x.example", "550 5.1.1 user unknown"))
    box.close()
    maildir = mailbox.Maildir(tmp_path / "dir")
    maildir.add(report("m@x.example", "552 5.2.2 mailbox full"))
    code, out, _ = called(capsys, str(tmp_path / "box"), str(tmp_path / "dir"), "-f", "json-lines")
    found = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [(f["n"], f["recipients"][0]["recipient"]) for f in found] == [
        (1, "u0@x.example"), (2, "u1@x.example"), (3, "u2@x.example"), (1, "m@x.example"),
    ]  # fmt: skip


def test_the_table_for_a_crm_is_safe_and_tagged(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "a.eml"
    file.write_text(report("+cmd@x.example", "550 5.1.1 user unknown"))
    _, out, _ = called(capsys, str(file), "-f", "csv", "--lang", "en")
    rows = list(csv.DictReader(io.StringIO(out.removeprefix("\ufeff"))))
    assert out.startswith("\ufeff")
    assert rows[0]["email"] == "'+cmd@x.example"
    assert rows[0]["reason_zh"] == "地址不存在"
    assert rows[0]["tag"].endswith("-bounce;mailbox-to-verify")


def test_drafts_take_the_subject_and_let_no_header_in(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    subject = "=?utf-8?q?offer=0D=0ABcc:_x=40evil.example?="
    file = tmp_path / "a.eml"
    file.write_text(report("joe@x.example", "552 5.2.2 mailbox full", subject))
    code, _, _ = called(capsys, str(file), "--draft", str(tmp_path / "drafts"))
    draft = email.message_from_bytes(next((tmp_path / "drafts").iterdir()).read_bytes(), policy=policy.default)
    assert code == 0
    assert (draft["To"], draft["Bcc"]) == ("joe@x.example", None)
    assert "offer" in draft["Subject"]


def test_the_workbook_keeps_codes_as_text(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "codes.xlsx"
    assert run(["codes", "--xlsx", str(file)]) == 0
    capsys.readouterr()
    book = CalamineWorkbook.from_path(file)
    rows = book.get_sheet_by_index(0).to_python()
    assert len(rows) >= 627  # the heading and every row of the table
    assert "550" in {row[1] for row in rows}  # not the number 550
    assert "Read me" in book.sheet_names[1]


@pytest.mark.parametrize(
    ("query", "match"),
    [("5.1.1", "5.1.1"), ("550", "550"), ("5.7.620", "5.7.606-5.7.649"), ("灰名单", "450"), ("tss04", "[tss04]"),
     ("451 4.7.0 [TSS04] Messages temporarily deferred", "[tss04]"), ("netease dt:spm", "dt:spm")],
)  # fmt: skip
def test_the_table_is_searched_by_code_text_or_provider(
    capsys: pytest.CaptureFixture[str], query: str, match: str
) -> None:
    assert run(["codes", query, "-f", "json"]) == 0
    assert match in [row["match"] for row in json.loads(capsys.readouterr().out)]


def test_a_table_in_a_file_does_not_keep_another_format_away(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Without one asked for, the file is all; with one, both are there."""
    book, page = tmp_path / "codes.xlsx", tmp_path / "codes.json"
    assert run(["codes", "5.1.1", "--xlsx", str(book)]) == 0
    assert capsys.readouterr().out == ""
    assert run(["codes", "5.1.1", "--xlsx", str(book), "-f", "json"]) == 0
    assert "5.1.1" in {row["match"] for row in json.loads(capsys.readouterr().out)}
    assert run(["codes", "5.1.1", "--csv", str(tmp_path / "codes.csv"), "-f", "json", "-o", str(page)]) == 0
    assert json.loads(page.read_text("utf-8")) and (tmp_path / "codes.csv").exists()
    assert run(["codes", "zzzzzz", "--xlsx", str(book)]) == 1


def test_a_query_that_fits_nothing_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["codes", "zzzzzz", "--lang", "en"]) == 1
    assert "Nothing in the table fits." in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [["--sent", "0", "x y"], ["imap://a@b.example/INBOX"], ["imaps://a:secret@b.example/INBOX"], ["imaps://b.example"],
     ["-f", "sarif", "550 no"], ["imaps://a@b.example/IN%0d%0aBOX"]],
)  # fmt: skip
def test_wrong_use_is_one_sentence_and_exit_2(capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    code, out, err = called(capsys, *words)
    assert (code, out) == (2, "")
    assert len(err.strip().splitlines()) == 1
    assert "secret" not in err


def test_the_days_of_the_bounces_are_kept(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """First and last day come from the messages, in the table for a CRM and as real dates in the workbook."""
    for number, day in enumerate(("Mon, 05 Jan 2026 10:00:00 +0800", "Fri, 02 Jan 2026 10:00:00 +0800")):
        (tmp_path / f"{number}.eml").write_text(f"Date: {day}\n" + report("joe@x.example", "550 5.1.1 user unknown"))
    book = tmp_path.parent / "contacts.xlsx"
    _, out, _ = called(capsys, str(tmp_path), "-f", "csv", "--xlsx", str(book), "--lang", "zh")
    row = next(csv.DictReader(io.StringIO(out.removeprefix("\ufeff"))))
    assert (row["first_seen"], row["last_seen"], row["count"]) == ("2026-01-02", "2026-01-05", "2")
    assert row["tag"] == "2026-01-bounce;邮箱待核实"
    cells = CalamineWorkbook.from_path(book).get_sheet_by_index(0).to_python()[1]
    assert str(cells[7]).startswith("2026-01-02")
    assert not isinstance(cells[7], str)


@pytest.mark.parametrize("command", ["bounce", "codes", "explain", "lists", "history", "schema", "version"])
def test_the_help_names_no_option_that_would_do_nothing(capsys: pytest.CaptureFixture[str], command: str) -> None:
    assert run([command, "--help"]) == 0
    shown = capsys.readouterr().out
    assert "--format" in shown
    assert not [option for option in ("--strict", "--fail-on", "--save", "--resolver", "--color") if option in shown]


BLOCKED = "Remote host said: 554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org"


@pytest.mark.parametrize("width", ["60", "80"])
def test_the_explanation_fits_the_terminal_and_the_texts_can_be_copied(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: str
) -> None:
    """What is to be copied begins in the first column, without marks, and no paragraph is broken."""
    monkeypatch.setenv("COLUMNS", width)
    _, out, _ = called(capsys, BLOCKED, "--lang", "zh")
    explained, _, texts = out.partition("\n-- ")
    assert all(columns(line) <= int(width) for line in explained.splitlines())
    rules = [line for line in f"-- {texts}".splitlines() if line.startswith("--")]
    assert {columns(line) for line in rules} == {int(width)}
    assert "\n联系人没有问题，原因在我方的服务器、域名或发信程序。请运行\n" in texts
    assert "|" not in texts


def test_a_chinese_reader_is_told_for_whom_each_text_is(capsys: pytest.CaptureFixture[str]) -> None:
    """The colleague's in Chinese; the customer's in English first, and without a subject where it goes by chat."""
    _, out, _ = called(capsys, BLOCKED, "--lang", "zh")
    headings = [line.strip("- ") for line in out.splitlines() if line.startswith("-- ")]
    assert headings[0] == "转给 IT 同事的文字"
    assert [heading[-4:] for heading in headings[1:]] == ["（英文）", "（中文）"]
    assert "Mail to" not in out and "Our e-mail to you" not in out


def test_what_was_pasted_is_called_so(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """For machines it keeps its name."""
    for language, name in (("zh", "粘贴的内容"), ("en", "pasted text")):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(BLOCKED.encode())))
        assert called(capsys, "-", "--lang", language)[1].startswith(f"{name}\n")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(BLOCKED.encode())))
    assert json.loads(called(capsys, "-", "-f", "json-lines")[1])["file"] == "<stdin>"


def test_the_drafts_are_for_the_colleague_and_for_the_contact(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The contact's also in English, whatever the user speaks; none of them goes to the address that refused us."""
    assert called(capsys, BLOCKED, "--draft", str(tmp_path / "drafts"), "--lang", "zh")[0] == 0
    written = {path.name for path in (tmp_path / "drafts").iterdir()}
    assert {name.rpartition("-")[2] for name in written} == {"colleague.eml", "zh.eml", "en.eml"}
    for path in (tmp_path / "drafts").iterdir():
        assert b"\nTo:" not in path.read_bytes()


def test_json_says_for_whom_each_text_is(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = called(capsys, BLOCKED, "-f", "json-lines", "--lang", "en")
    texts = json.loads(out)["recipients"][0]["texts"]
    assert [text["for"] for text in texts] == ["colleague", "channel"]
    assert all(text["subject"] and text["body"] for text in texts)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "gbk", "utf-8-sig"])
@pytest.mark.parametrize("name", ["退信.txt", "退信.eml"])
def test_a_bounce_is_read_however_windows_saved_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, encoding: str, name: str
) -> None:
    file = tmp_path / name
    text = (
        report("joe@x.example", "550 5.1.1 user unknown")
        if name.endswith("eml")
        else "收件人：joe@x.example\n退信原因：550 5.1.1 User unknown\n"
    )
    file.write_bytes(text.encode(encoding))
    _, out, _ = called(capsys, str(file), "-f", "json-lines")
    assert [(r["recipient"], r["verdict"]) for r in json.loads(out)["recipients"]] == [("joe@x.example", "hard")]


@pytest.mark.parametrize(
    ("content", "word"),
    [(b"PK\x03\x04" + bytes(90), "Word"), (b"%PDF-1.7" + bytes(90), "PDF"), (b"\x89PNG" + bytes(90), "picture"),
     (b"\xd0\xcf\x11\xe0" + bytes(90), "Outlook"), (bytes(90), "binary")],
)  # fmt: skip
def test_what_holds_no_text_is_refused_with_a_way_out(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, word: str
) -> None:
    """As a file and on standard input; nothing is guessed out of its bytes."""
    file = tmp_path / "bounce.bin"
    file.write_bytes(content)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
    for words in ([str(file)], ["-"]):
        code, out, err = called(capsys, *words, "--lang", "en")
        assert (code, out) == (2, "") and word in err


@pytest.mark.parametrize("width", ["60", "80", "100"])
def test_many_bounces_are_one_line_each_within_the_terminal(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, width: str
) -> None:
    """The address, the reason and the end of the file's name stay readable."""
    monkeypatch.setenv("COLUMNS", width)
    for number in range(5):
        (tmp_path / f"退信-{number}.eml").write_text(
            report(f"a.very.long.name.{number}@firma.example", "550 5.1.1 gone")
        )
    (tmp_path / "mail.eml").write_text("From: a@x.example\nTo: b@x.example\nSubject: hello\n\nThank you.\n")
    _, out, _ = called(capsys, str(tmp_path), "--lang", "zh")
    rows = [line for line in out.splitlines() if ".eml" in line]
    assert len(rows) == 6 and all(columns(line) <= int(width) for line in rows)
    assert len({columns(line[: line.index("地址不存在")]) for line in rows if "地址" in line}) == 1
    assert "? " not in out and "不是退信" in out


def test_a_part_in_utf16_does_not_hide_the_message_around_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Under a short head the zeros of the part are most of what begins the file."""
    words = "550 5.1.1 <john@acme.example>: Recipient address rejected: User unknown " * 4
    head = b"Subject: Undelivered\nFrom: MAILER-DAEMON@x.example\nContent-Type: text/plain; charset=utf-16le\n\n"
    path = tmp_path / "bounce.eml"
    path.write_bytes(head + words.encode("utf-16-le"))
    _, out, _ = called(capsys, str(path), "-f", "json-lines")
    assert "john@acme.example" in out
