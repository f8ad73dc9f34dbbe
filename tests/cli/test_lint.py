"""`reputation lint`: places with carets, one object a draft, problems that do not stop the others, pasted text."""

from __future__ import annotations

import csv
import io
import json
import re
import socket
import threading
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, cast

import pytest

from reputation.formats.columns import columns
from reputation.formats.evidence import LABELS
from tests.cli.command_line import here, process

BAD = "From: Anna <anna@example.com>\nSubject: hello there\n\nSee http://203.0.113.7/x for details.\n"
GOOD = "From: Anna <anna@example.com>\nSubject: hello there\n\nSee https://example.com/x for details.\n"


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "bad.eml"
    path.write_text(BAD, "utf-8")
    return path


def test_points_at_the_place(bad: Path) -> None:
    ended = here("lint", str(bad))
    assert ended.code == 1
    lines = ended.out.splitlines()
    assert "4:5" in ended.out
    shown = next(n for n, line in enumerate(lines) if line.endswith("4 | See http://203.0.113.7/x for details."))
    assert lines[shown + 1].index("^") == lines[shown].index("http")
    assert lines[shown + 1].count("^") == len("http://203.0.113.7/x")


def test_writes_one_object_a_draft(bad: Path, tmp_path: Path) -> None:
    good = tmp_path / "good.txt"
    good.write_text(GOOD, "utf-8")
    ended = here("lint", str(bad), str(good), "-f", "json-lines")
    first, second = (json.loads(line) for line in ended.out.splitlines())
    assert first["file"] == str(bad)
    found = {r["check"]: r for r in first["results"]}
    assert found["ip-address-link"]["outcome"] == "fail"
    assert found["ip-address-link"]["evidence_label"] == "measured"
    assert found["ip-address-link"]["where"]["column"] == 5
    assert "fail" not in {r["outcome"] for r in second["results"]}


def test_goes_on_after_a_draft_that_can_not_be_read(bad: Path, tmp_path: Path) -> None:
    ended = here("lint", str(tmp_path / "missing.eml"), str(bad))
    assert ended.code == 2
    assert "no such file" in ended.err
    assert ended.err.count("\n") == 1
    assert "203.0.113.7" in ended.out


def test_reads_a_pasted_draft_from_standard_input() -> None:
    ended = process("lint", text_in="Subject: Test mail\n\nHello Bob, new parts are in stock.\n")
    assert "[test-text]" in ended.out


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_survives_the_encoding_of_the_terminal(bad: Path, encoding: str) -> None:
    ended = process("lint", str(bad), "--lang", "zh", encoding=encoding)
    assert ended.code == 1
    assert "Traceback" not in ended.err


HTML_ONLY = (
    "From: Li <li@pumps.test>\nSubject: offer\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n"
    '<html><body><p>Hello!!! Price l\u200bist</p>\n<a href="http://www.pumps.test/x">offer</a><img src="a.png">'
    '<a href="http://other.test/">y</a></body></html>\n'
)


def test_shows_repairs_as_a_diff_and_leaves_the_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_text(HTML_ONLY, "utf-8")
    ended = here("lint", "--fix", str(path))
    assert ended.code == 0
    added = [line for line in ended.out.splitlines() if line.startswith("+")]
    assert any("https://www.pumps.test/x" in line for line in added)
    assert path.read_text("utf-8") == HTML_ONLY


def test_writes_repairs_that_hold(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_text(HTML_ONLY, "utf-8")
    assert here("lint", "--fix", "--write", str(path)).code == 0
    text = path.read_text("utf-8")
    assert "http://www.pumps.test" not in text
    assert "http://other.test" in text
    assert "\u200b" not in text
    (line,) = here("lint", str(path), "-f", "json-lines").out.splitlines()
    found = {r["check"] for r in json.loads(line)["results"] if r["outcome"] in ("fail", "warn", "info")}
    assert not found & {"html-only", "exclamation-runs", "image-alt-missing", "invisible-in-word", "parts-disagree"}
    assert "nothing" in here("lint", "--fix", str(path)).err


def test_a_comment_in_the_draft_switches_a_check_off(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        '<!-- reputation: ignore link-port, html-only -->\n<a href="https://a.test:81/x">y</a></b>', "utf-8"
    )
    (line,) = here("lint", str(path), "-f", "json-lines").out.splitlines()
    assert "link-port" not in {r["check"] for r in json.loads(line)["results"]}


def test_chooses_checks_by_name_and_refuses_unknown_ones(bad: Path) -> None:
    (line,) = here("lint", str(bad), "--only", "ip-address-link", "-f", "json-lines").out.splitlines()
    assert {r["check"] for r in json.loads(line)["results"]} == {"ip-address-link"}
    assert here("lint", str(bad), "--ignore", "ip-address-link").code == 0
    assert here("lint", str(bad), "--ignore", "html-only, ip-address-link").code == 0
    ended = here("lint", str(bad), "--only", "ip-adress-link")
    assert ended.code == 2
    assert "ip-address-link" in ended.err


@pytest.mark.parametrize("name", ["json", "sarif", "junit", "github", "html", "markdown", "csv"])
def test_every_format_names_the_finding(bad: Path, name: str) -> None:
    assert "ip-address-link" in here("lint", str(bad), "-f", name).out or name in ("html", "markdown")
    assert "203.0.113.7" in here("lint", str(bad), "-f", name).out


def test_says_the_risk_of_each_draft(bad: Path) -> None:
    (line,) = here("lint", str(bad), "-f", "json-lines").out.splitlines()
    row = json.loads(line)
    assert row["risk"] in ("low", "medium", "high")
    assert 0 <= row["risk_score"] <= 1
    assert json.loads(here("lint", str(bad), "-f", "json").out)["files"][0]["risk"] == row["risk"]


def test_learns_from_delivered_campaigns_and_only_calms(tmp_path: Path) -> None:
    """Campaigns that look like lures, but were delivered: the next of them is no longer taken for one."""
    sent = tmp_path / "sent"
    sent.mkdir()
    odd = HTML_ONLY.replace("Li <li@pumps.test>", "Prices <x8723kq@pumps-24.top>")
    for number in range(25):
        (sent / f"{number}.eml").write_text(odd.replace("offer", f"offer {number}"), "utf-8")
    draft, letter = tmp_path / "a.eml", tmp_path / "letter.txt"
    draft.write_text(odd, "utf-8")
    letter.write_text("Hello Bob,\n\nthe drawing of the pump is ready.\n", "utf-8")
    before = {row["file"]: row for row in _rows(draft, letter)}
    assert before[str(draft)]["risk"] == "high"
    assert here("lint", "--learn", str(sent)).code == 0
    for row in _rows(draft, letter):
        assert row["risk_score"] < before[row["file"]]["risk_score"]
        assert row["risk"] != "high"


def _rows(*drafts: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in here("lint", *map(str, drafts), "-f", "json-lines").out.splitlines()]


def test_refuses_to_learn_from_a_handful(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_text(HTML_ONLY, "utf-8")
    ended = here("lint", "--learn", str(tmp_path))
    assert ended.code == 2
    assert "at least 20" in ended.err


def test_shows_the_draft_in_html_and_nothing_of_it_comes_alive(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text('<script>alert(1)</script>\n<a href="http://203.0.113.7/x" onclick="x()">y</a><img src=x>', "utf-8")
    page = here("lint", str(path), "-f", "html").out
    assert "default-src 'none'" in page
    assert "<script" not in page
    assert "<a " not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page
    assert '<mark class="fail"' in page


@pytest.mark.parametrize(
    ("language", "unread", "cause"),
    [
        ("en", "the rest is unknown", "its text is encrypted"),
        ("zh", "其余部分未知", "正文已加密"),
    ],
)
@pytest.mark.parametrize("format_name", ["table", "html"])
def test_says_once_what_kept_a_draft_from_being_read(
    tmp_path: Path, format_name: str, language: str, unread: str, cause: str
) -> None:
    path = tmp_path / "sealed.eml"
    sealed = "Content-Type: multipart/encrypted; boundary=b\n\n--b\n\nVersion: 1\n--b--\n"
    path.write_text("From: Li <li@pumps.test>\nSubject: offer\n" + sealed, "utf-8")
    ended = here("lint", str(path), "-f", format_name, "--lang", language)
    words = " ".join(ended.out.split())
    assert unread in words
    assert words.count(cause) == 1


def _configured(folder: Path, text: str) -> str:
    path = folder / "reputation.toml"
    path.write_text(text, "utf-8")
    return str(path)


def test_the_configuration_leaves_checks_out(bad: Path, tmp_path: Path) -> None:
    config = _configured(tmp_path, '[lint]\nignore = ["ip-address-link"]\n')
    ended = here("lint", str(bad), "--config", config)
    assert ended.code == 0
    assert "[ip-address-link]" not in ended.out
    asked = here("lint", str(bad), "--config", config, "--only", "ip-address-link")
    assert "[ip-address-link]" in asked.out


def test_the_configuration_leaves_checks_out_in_some_drafts(bad: Path, tmp_path: Path) -> None:
    letters = tmp_path / "letters"
    letters.mkdir()
    (letters / "one.eml").write_text(BAD, "utf-8")
    config = _configured(tmp_path, '[lint.files]\n"letters/*.eml" = ["ip-address-link"]\n')
    ended = here("lint", str(bad), str(letters), "--config", config, "-f", "json-lines")
    outer, inner = ({r["check"] for r in json.loads(line)["results"]} for line in ended.out.splitlines())
    assert "ip-address-link" in outer
    assert "ip-address-link" not in inner


def test_the_environment_leaves_checks_out(bad: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPUTATION_LINT__IGNORE", "ip-address-link, single-exclamation")
    assert here("lint", str(bad)).code == 0


@pytest.mark.parametrize("written", ["ip-address-link,", " , ip-address-link , ", ",,ip-address-link"])
@pytest.mark.parametrize("command", [("lint",), ("check", "--offline", "--draft")])
def test_empty_places_in_a_list_of_checks_mean_nothing(
    bad: Path, monkeypatch: pytest.MonkeyPatch, written: str, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("REPUTATION_LINT__IGNORE", written)
    ended = here(*command, str(bad), "-f", "json", "--lang", "en")
    assert ended.err == "" and "ip-address-link" not in {row["check"] for row in json.loads(ended.out)["results"]}
    monkeypatch.setenv("REPUTATION_LINT__IGNORE", f"{written},ip-adress-link")
    ended = here(*command, str(bad), "--lang", "en")
    assert ended.code == 2 and "There is no check ip-adress-link for drafts" in ended.err


@pytest.mark.parametrize("written", ["", " ", ","])
def test_an_empty_list_of_checks_leaves_none_out(bad: Path, monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("REPUTATION_LINT__IGNORE", written)
    assert here("lint", str(bad)) == here("lint", str(bad), "--config", _configured(bad.parent, ""))
    assert here("lint", str(bad)).code == 1


MISTYPED = (
    ("a.html", "<!-- reputation: ignore link-prot, html-only -->\n<p>Good morning</p>"),
    ("a.html", "<!-- reputation: ignore: link_prot -->\n<p>Good morning</p>"),
    ("a.eml", "Subject: hello\nX-Reputation-Ignore: html-only link-prot\n\nGood morning\n"),
    ("a.eml", "Subject: hello\nContent-Type: text/html\n\n<!-- reputation: ignore LINK-PROT --><p>Good morning</p>\n"),
)


@pytest.mark.parametrize(("name", "text"), MISTYPED)
@pytest.mark.parametrize("command", [("lint",), ("check", "--offline", "example.org", "--draft")])
def test_a_check_that_a_draft_names_wrongly_is_said_with_the_nearest(
    tmp_path: Path, command: tuple[str, ...], name: str, text: str
) -> None:
    """The author believes it left out; nothing else changes for that."""
    path = tmp_path / name
    path.write_text(text, "utf-8")
    told = here(*command, str(path), "--lang", "en")
    quiet = here(*command, str(path), "--lang", "en", "-q")
    (sentence,) = told.err.splitlines()
    assert re.match(rf"{path}: There is no check link[-_]prot for drafts; did you mean link-port", sentence)
    assert (quiet.code, quiet.err) == (told.code, "") and told.code != 2
    assert re.search("link[-_]prot", here(*command, str(path), "--lang", "zh").err)


def test_many_names_that_no_check_has_are_counted(tmp_path: Path) -> None:
    """A draft of a stranger may name thousands, and one as long as it likes."""
    names = ", ".join(f"no-{number}" for number in range(1_000))
    path = tmp_path / "a.eml"
    path.write_text(f"Subject: hello\nX-Reputation-Ignore: {names}, {'a' * 900_000}\n\nGood morning\n", "utf-8")
    lines = here("lint", str(path), "--lang", "en").err.splitlines()
    assert len(lines) <= 6 and all(len(line) < 500 for line in lines) and "more" in lines[-1]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('[lint]\nignore = ["ip-adress-link"]\n', "ip-address-link"),
        ("[lint]\nignore = 3\n", "lint.ignore must be"),
        ("[lint]\nignored = []\n", "lint.ignored must be"),
        ("[lint]\nfiles = []\n", "lint.files must be"),
        ('[lint.files]\n"" = ["ip-address-link"]\n', "a pattern of file names"),
        ('[lint.files]\n"*.eml" = ["ip-adress-link"]\n', "ip-address-link"),
    ],
)
@pytest.mark.parametrize("command", [("lint",), ("check", "--draft")])
def test_refuses_a_wrong_configuration(
    bad: Path, tmp_path: Path, command: tuple[str, ...], text: str, named: str
) -> None:
    ended = here(*command, str(bad), "--config", _configured(tmp_path, text))
    assert ended.code == 2
    assert named in ended.err
    assert "reputation.toml" in ended.err
    assert ended.err.count("\n") == 1


LONG = "李莉您好，" * 20 + "请看 http://203.0.113.7/x 。" + "谢谢您的来信，" * 20


@pytest.mark.parametrize("width", ["60", "80"])
def test_the_first_lines_are_the_answer_and_no_line_is_too_wide(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, width: str
) -> None:
    """Han characters take two columns; the caret stands under the spot all the same."""
    monkeypatch.setenv("COLUMNS", width)
    path = tmp_path / "信.txt"
    path.write_text(f"Subject: 报价\n\n{LONG}\n", "utf-8")
    lines = here("lint", str(path), "--lang", "zh").out.splitlines()
    assert lines[1].strip() == "发送之前请先改好 1 个问题。" and "1 项不合格" in lines[2] and "风险" in lines[3]
    assert all(columns(line) <= int(width) for line in lines[1:])
    shown = next(n for n, line in enumerate(lines) if "http://203.0.113.7/x" in line and " | " in line)
    assert columns(lines[shown][: lines[shown].index("http")]) == lines[shown + 1].index("^")


@pytest.mark.parametrize("word", ["", ",", " "])
def test_to_ignore_nothing_leaves_nothing_out(bad: Path, word: str) -> None:
    """As an empty variable of a script asks; what the configuration leaves out stays out."""
    assert here("lint", str(bad), "--ignore", word).out == here("lint", str(bad)).out
    (bad.parent / "c.toml").write_text('[lint]\nignore = ["ip-address-link"]\n')
    assert here("lint", str(bad), "--config", str(bad.parent / "c.toml"), "--ignore", word).code == 0


def test_a_pasted_draft_is_called_so(tmp_path: Path) -> None:
    """No file, so no name of one; machines keep theirs."""
    assert process("lint", "--lang", "zh", text_in=BAD).out.startswith("粘贴的内容\n")
    assert json.loads(process("lint", "-f", "json-lines", text_in=BAD).out)["file"] == "<stdin>"
    ended = process("lint", "--lang", "zh", text_in="")
    assert ended.code == 2 and "粘贴的内容" in ended.err and "stdin" not in ended.err


def test_a_filter_that_does_not_run_is_said_with_what_to_do(bad: Path) -> None:
    """Not "the name server refused": none was asked."""
    out = " ".join(here("lint", str(bad), "--with", "rspamd:1", "--lang", "en").out.split())
    assert "nothing listens there" in out and "Start rspamd" in out and "name server" not in out


@pytest.mark.parametrize("language", ["en", "zh"])
def test_colour_is_only_added_and_only_for_eyes(bad: Path, tmp_path: Path, language: str) -> None:
    """Nothing but the outcome is painted, and no copy in a file is, unless somebody says so."""
    plain, kept = here("lint", str(bad), "--lang", language).out, tmp_path / "kept"
    words = ["lint", str(bad), "--lang", language, "--color", "always"]
    colored = here(*words, "--save", str(kept)).out
    assert re.sub("\x1b\\[[0-9;]*m", "", colored) == plain
    assert f"\x1b[31;1m{'fail' if language == 'en' else '不合格'}\x1b[0m" in colored
    assert "\x1b" not in next(kept.glob("*.txt")).read_text("utf-8")
    assert "\x1b" not in here("lint", str(bad), "--color", "never").out + plain


@contextmanager
def _silent() -> Iterator[tuple[int, list[socket.socket]]]:
    """A port where everybody is let in and nobody is answered, and all who came."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        came: list[socket.socket] = []

        def welcome() -> None:
            with suppress(OSError):
                while True:
                    came.append(listener.accept()[0])

        thread = threading.Thread(target=welcome, daemon=True)
        thread.start()
        yield int(listener.getsockname()[1]), came
        listener.shutdown(socket.SHUT_RDWR)
        thread.join(5)
    for one in came:
        one.close()


def _opinions(*words: str) -> list[dict[str, Any]]:
    lines = (json.loads(line) for line in here("lint", *words, "-f", "json-lines", "--lang", "en").out.splitlines())
    return [row for line in lines for row in line["results"] if row["check"].startswith("second-filter-")]


@pytest.mark.parametrize("name", ["spamassassin", "rspamd"])
def test_a_silent_filter_is_waited_for_once(bad: Path, tmp_path: Path, name: str) -> None:
    """A hundred drafts would else wait a hundred times; each of them says that nothing is known."""
    for number in range(5):
        (tmp_path / f"{number}.eml").write_text(BAD, "utf-8")
    with _silent() as (port, came):
        first, *others = _opinions(str(tmp_path), "--with", f"{name}:{port}", "--timeout", "0.2")
        assert len(came) == 1
    assert [row["outcome"] for row in (first, *others)] == ["unknown"] * 6
    assert {row["cause"] for row in (first, *others)} == {"timeout"}
    assert "not asked again" not in first["message"]
    assert all("not asked again" in row["message"] and "in time" in row["message"] for row in others)


def test_a_filter_that_is_not_there_is_looked_for_once_and_the_other_is_still_asked(bad: Path, tmp_path: Path) -> None:
    (tmp_path / "other.eml").write_text(BAD, "utf-8")
    with _silent() as (port, came):
        rows = _opinions(str(tmp_path), "--with", "rspamd:1", "--with", f"spamassassin:{port}", "--timeout", "0.2")
        assert len(came) == 1
    assert [row["cause"] for row in rows] == ["refused", "timeout"] * 2
    assert ["not asked again" in row["message"] for row in rows] == [False, False, True, True]


@pytest.mark.parametrize(("language", "words"), [("en", "each draft"), ("zh", "每份草稿")])
def test_the_time_for_a_filter_is_offered(language: str, words: str) -> None:
    out = "".join(here("lint", "--help", "--lang", language).out.split())
    assert "--timeoutSECONDS" in out and words.replace(" ", "") in out


def test_learning_from_a_folder_that_is_not_there_says_so(tmp_path: Path) -> None:
    ended = here("lint", "--learn", str(tmp_path / "nothing"), "--lang", "en")
    assert ended.code == 2 and "no such folder" in ended.err


def test_what_was_pasted_cannot_be_written() -> None:
    """So nobody is told to add --write."""
    page = "<html><body><p>Hello</p><img src='https://own.example/a.png'></body></html>"
    ended = process("lint", "--fix", "--lang", "en", text_in=page)
    assert "pasted text" in ended.err and "--write" not in ended.err


def _sarif(*words: str) -> dict[str, Any]:
    (run,) = json.loads(here("lint", *words, "-f", "sarif").out)["runs"]
    return cast("dict[str, Any]", run)


@pytest.mark.parametrize("others", [True, False])
def test_a_draft_that_can_not_be_read_leaves_a_trace_in_each_format_for_machines(
    bad: Path, tmp_path: Path, others: bool
) -> None:
    """A dashboard that sees only the report must not take it for a clean one, though all other drafts be fine."""
    words = [str(tmp_path / "gone.eml"), *([str(bad)] if others else [])]
    (invocation,) = _sarif(*words)["invocations"]
    assert invocation["executionSuccessful"] is False
    (told,) = (one for one in invocation["toolExecutionNotifications"] if one["level"] == "error")
    assert "no such file" in told["message"]["text"]
    assert "gone.eml" in told["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    report = json.loads(here("lint", *words, "-f", "json").out)
    assert report["problems"][0]["file"].endswith("gone.eml") and "no such file" in report["problems"][0]["message"]
    assert report["verdict"] == "undecided"
    line = json.loads(here("lint", *words, "-f", "json-lines").out.splitlines()[-1])
    assert line["file"].endswith("gone.eml") and line["results"] == [] and line["risk"] is None
    assert "no such file" in line["problem"]
    suite = ET.fromstring(here("lint", *words, "-f", "junit").out)
    (error,) = suite.findall(".//error")
    assert suite.attrib["errors"] == "1" and "no such file" in error.attrib["message"]
    assert int(suite.attrib["tests"]) == len(suite.findall(".//testcase"))
    for name in ("github", "csv", "markdown", "html"):
        ended = here("lint", *words, "-f", name)
        assert ended.code == 2 and "no such file" in ended.out, name


def test_code_scanning_sees_the_same_alert_whether_the_path_is_absolute_or_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "drafts"
    folder.mkdir()
    (folder / "bad.eml").write_text(BAD, "utf-8")
    monkeypatch.chdir(tmp_path)
    relative, absolute = (_sarif(name) for name in ("drafts/bad.eml", str(folder / "bad.eml")))
    assert relative["results"] == absolute["results"]
    assert absolute["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "drafts/bad.eml"
    annotations = here("lint", str(folder / "bad.eml"), "-f", "github").out
    assert "file=drafts/bad.eml" in annotations


def test_a_rule_for_code_scanning_says_all_that_its_page_says(bad: Path) -> None:
    run = _sarif(str(bad))
    rule = next(one for one in run["tool"]["driver"]["rules"] if one["id"] == "ip-address-link")
    assert rule["defaultConfiguration"] == {"enabled": True, "level": "error"}
    assert "SpamAssassin" in rule["help"]["markdown"] and "203.0.113.7" in rule["help"]["markdown"]
    assert rule["properties"]["evidence_labels"] == ["measured"]
    assert {one["properties"]["evidence_label"] for one in run["results"]} <= set(LABELS)


@pytest.mark.parametrize("name", ["github", "junit", "markdown", "html"])
def test_how_good_the_evidence_is_stands_in_each_format_for_people(bad: Path, name: str) -> None:
    ended = here("lint", str(bad), "--only", "ip-address-link", "-f", name, "--lang", "en")
    assert "(measured)" in ended.out


def test_the_evidence_is_the_last_column_for_spreadsheets(bad: Path) -> None:
    out = here("lint", str(bad), "--only", "ip-address-link", "-f", "csv").out
    (row,) = csv.DictReader(io.StringIO(out.lstrip("\ufeff")))
    assert list(row)[-1] == "evidence_label" and row["evidence_label"] == "measured"


def test_a_choice_that_leaves_no_check_is_refused(bad: Path) -> None:
    ended = here("lint", str(bad), "--only", "ip-address-link", "--ignore", "ip-address-link", "--lang", "en")
    assert ended.code == 2 and "no check is left" in ended.err and not ended.out


def test_a_draft_that_is_named_twice_is_linted_once(bad: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its folder and by itself, by a relative and by an absolute path."""
    monkeypatch.chdir(bad.parent)
    ended = here("lint", str(bad.parent), "bad.eml", "./bad.eml", str(bad), "-f", "json-lines")
    assert len(ended.out.splitlines()) == 1


def test_a_far_place_does_not_run_into_the_outcome(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("\n" * 1201 + " " * 123 + "http://203.0.113.7/x\n", "utf-8")
    assert "1202:124 fail" in here("lint", str(path), "--lang", "en").out


def test_a_hook_passes_over_empty_files(bad: Path, tmp_path: Path) -> None:
    """An empty file is often tracked on purpose, and no commit may fail for it; it is said all the same."""
    empty = tmp_path / "empty.md"
    empty.write_text("\n", "utf-8")
    assert here("lint", str(empty)).code == 2
    ended = here("lint", "--skip-empty", str(empty), "--lang", "en")
    assert ended.code == 0 and "empty" in ended.err and "Error" not in ended.err
    assert here("lint", "--skip-empty", str(empty), str(bad)).code == 1
    hook = Path(__file__).parents[2] / ".pre-commit-hooks.yaml"
    assert "entry: reputation lint --skip-empty\n" in hook.read_text("utf-8")


def test_a_name_can_not_speak_to_the_terminal_nor_stop_the_others(bad: Path, tmp_path: Path) -> None:
    """Escape codes and workflow commands in file names are shown, not sent; a name too long is one problem."""
    ended = here("lint", "x\x1b[31m\n::error::y", "a" * 300, str(bad))
    assert ended.code == 2
    assert "\x1b" not in ended.err
    assert not [line for line in ended.err.splitlines() if line.startswith("::")]
    assert len(ended.err.splitlines()) == 2
    assert "ip-address-link" in ended.out


@pytest.mark.parametrize("encoding", ["8bit", "quoted-printable"])
def test_each_format_names_the_place_that_an_editor_counts(tmp_path: Path, encoding: str) -> None:
    """What ends a line for Python alone ends none here: a lone carriage return, a form feed, a line separator."""
    path = tmp_path / "a.eml"
    head = f"Subject: hello there\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: {encoding}\n\n"
    path.write_bytes((head + "one\rtwo\x0b\x0c\x85\u2028\r\nthree\r http://203.0.113.7/x\n").encode())
    words = ("lint", str(path), "--only", "ip-address-link")
    table = here(*words, "--lang", "en").out
    assert "6:8 " in table
    shown, carets = (line for line in table.splitlines() if " | " in line)
    assert shown.index("http") == carets.index("^") and carets.count("^") == len("http://203.0.113.7/x")
    assert json.loads(here(*words, "-f", "json").out)["results"][0]["where"]["line"] == 6
    (found,) = _sarif(*words[1:])["results"]
    region = found["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 6, "startColumn": 8, "endLine": 6, "endColumn": 28}
    assert "line=6,col=8," in here(*words, "-f", "github").out
    page = here(*words, "-f", "html").out
    assert next(line for line in page.splitlines() if "<mark" in line).startswith('<span class="n">   6 ')
    assert ">http://203.0.113.7/x</mark>" in page
