"""The cleaners, one per kind of output, against random and hostile text."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reputation.formats import RenderOptions, render
from reputation.formats.clean import cell, lines, one_line, safe_url
from tests.reports import PAYLOADS, hostile

ANY_TEXT = st.text(alphabet=st.characters(), max_size=40)
STEERING = st.text(alphabet="\x1b\x9b[]0;31mA\x07\x08\r\n\t\x7f\u202e\u2066\u2028\ud800\U000e0041", max_size=40)
SPREADSHEET = "=+-@\t\r\n ＝＋－＠﹦﹢﹣﹫−\u3000\u2003\xa0a1(\"'"
DANGEROUS = tuple("=+-@\t\r\n＝＋－＠﹦﹢﹣﹫−")


@given(st.one_of(ANY_TEXT, STEERING))
@settings(max_examples=10_000, deadline=None)
def test_a_terminal_gets_nothing_that_steers_it(text: str) -> None:
    """No control, no format character that turns or hides text, no separator of lines, no lone surrogate."""
    shown = one_line(text)
    assert not {unicodedata.category(c) for c in shown} & {"Cc", "Zl", "Zp", "Cs"}
    assert {unicodedata.bidirectional(c) for c in shown}.isdisjoint({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI"})
    assert shown.encode("utf-8").decode() == shown


@given(ANY_TEXT)
def test_clean_text_is_left_as_it_is(text: str) -> None:
    """Cleaning twice changes nothing, and ordinary text is not touched at all."""
    assert one_line(one_line(text)) == one_line(text)
    assert one_line("Grüße, 你好, Привет: 5 % (a=b)") == "Grüße, 你好, Привет: 5 % (a=b)"


def test_only_line_feeds_part_lines() -> None:
    """A carriage return would overwrite the line."""
    assert lines("a\r\nb\x0bc\u2028d") == "a\\x0d\nb\\x0bc\\u2028d"


@given(st.text(alphabet=SPREADSHEET, max_size=20))
@settings(max_examples=2000, deadline=None)
def test_no_spreadsheet_sees_a_formula(text: str) -> None:
    """Neither in the cell as written nor after a reader of CSV has taken the quotes away and the spaces off."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([cell(text), "end"])
    (row,) = csv.reader(io.StringIO(out.getvalue()))
    assert row[1] == "end" and not row[0].strip().startswith(DANGEROUS)


@given(st.one_of(ANY_TEXT, ANY_TEXT.map("javascript:{}".format), ANY_TEXT.map("https://a.example/{}".format)))
def test_what_becomes_a_link_begins_like_one_and_cannot_leave_its_attribute(text: str) -> None:
    """http, https or mailto, without quotes, angle brackets, blanks or controls."""
    found = safe_url(text)
    assert not found or found.lower().startswith(("http://", "https://", "mailto:"))
    assert not set(found) & set("\"'<> \n\t")


RUN = "document.body.id='ow'+'ned'"
THERE = "http://payload.example/x"
OPENINGS = [
    "",
    '">',
    "'>",
    "</p>",
    "</title>",
    "</style>",
    "</textarea>",
    "<!--",
    "-->",
    "<![CDATA[",
    "{{",
    "\x00<",
    "＜",
]
TAGS = [
    f"<script>{RUN}</script>", f"<img src={THERE} onerror={RUN}>", f"<svg onload={RUN}>",
    f"<iframe src={THERE}></iframe>",
    f"<a href=\"javascript:{RUN}\">x</a>", f"<style>@import '{THERE}'; * {{background: url({THERE})}}</style>",
    f"<link rel=stylesheet href={THERE}>", f"<body onload={RUN}>", f"<meta http-equiv=refresh content='0;url={THERE}'>",
    f"<object data={THERE}></object>", f"<form action={THERE}><input autofocus onfocus={RUN}>", f"<base href={THERE}>",
    f"<details open ontoggle={RUN}>", f"<math><mtext><script>{RUN}</script>", f"' style='background:url({THERE})' x='",
    f"<video poster={THERE}>",
]  # fmt: skip


@pytest.mark.skipif(not shutil.which("chromium"), reason="chromium is not installed")
def test_a_browser_runs_nothing_and_asks_nothing(tmp_path: Path) -> None:
    """Two hundred payloads in every field of one page: no script runs, nothing is fetched, nothing is cut off."""
    payloads = [*PAYLOADS, *(opening + tag for opening in OPENINGS for tag in TAGS)]
    assert len(payloads) >= 200
    page = tmp_path / "hostile.html"
    page.write_text(render("html", hostile(" ".join(payloads)), RenderOptions()), "utf-8", errors="replace")
    log = tmp_path / "net.json"
    command = [
        "chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--dump-dom",
        f"--user-data-dir={tmp_path / 'profile'}", "--host-resolver-rules=MAP * 127.0.0.1:9", f"--log-net-log={log}",
        page.as_uri(),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, timeout=60, text=True, errors="replace")
    assert "</footer>" in done.stdout and "<script" not in done.stdout and 'id="owned"' not in done.stdout
    assert "payload.example" not in log.read_text("utf-8", errors="replace")
