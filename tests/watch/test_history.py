"""What the watchman remembers, as its owner reads it."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import time
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from reputation.formats.history_view import sparkline, thinned
from reputation.history import ledger
from reputation.history.changes import Key, Observation, Rules, Standing
from reputation.history.queries import Point
from reputation.history.store import open_store
from reputation.text import plain, say
from tests.cli.command_line import here, process, sentences

DAY = 86400.0
BEGIN = 1_800_000_000.0
NASTY = '=cmd|"/c calc"!A1 <script>alert(1)</script>\x1b[2J'


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """Ten days of a domain whose address is listed from the third to the sixth, and of an address that is fine."""
    file = tmp_path / "w.sqlite"
    with open_store(file) as store:
        for day in range(10):
            bad = 3 <= day <= 6
            for name, ip in (("shop.test", "203.0.113.5"), ("203.0.113.9", "203.0.113.9")):
                listed = bad and name == "shop.test"
                ledger.keep(store, _run(name, ip, day, listed=listed), [], Rules())
    return file


def _run(name: str, ip: str, day: int, *, listed: bool) -> ledger.TargetRun:
    standing = Standing.BAD if listed else Standing.GOOD
    message = json.dumps(plain(say("Listed: {why}", why=NASTY))) if listed else ""
    seen = Observation(key=Key(ip, "blocklist-listing", "ip.test"), at=BEGIN + day * DAY, standing=standing,
                       message=message, severity="critical")  # fmt: skip
    score = None if day == 8 else (40 if listed else 90)
    return ledger.TargetRun(
        run_id=f"run{day}", target=name, at=BEGIN + day * DAY, verdict="stop" if listed else "ready", low=score,
        high=score and score + 5, asked=2, unknown=0, observations=[seen],
        outcomes={f"blocklist-listing ip.test {ip}": "fail" if listed else "pass"}, records={}, subjects=(ip,),
    )  # fmt: skip


def history(state: Path, *words: str) -> str:
    """What is printed."""
    ended = here("history", *words, "--state", str(state), "--lang", "en")
    assert (ended.code, ended.err) == (0, ""), ended
    return ended.out


def test_all_targets_in_a_table(state: Path) -> None:
    """A line each, with the score and how it went."""
    lines = history(state).splitlines()
    assert [line.split()[0] for line in lines[1:]] == ["203.0.113.9", "shop.test"]
    assert "90-95" in lines[2]


def test_one_target_with_its_listing_and_when_it_ended(state: Path) -> None:
    """The address of the domain was listed from the third day to the seventh."""
    out = history(state, "shop.test")
    assert "2027-01-18 08:00 UTC .. 2027-01-22 08:00 UTC  203.0.113.5  ip.test" in out
    assert "\x1b" not in out and "\\x1b[2J" in out
    assert "run9" in out


def test_the_sparkline_has_a_form_for_every_terminal(state: Path) -> None:
    """Blocks where they can be shown, ASCII elsewhere, "?" for a run without a score."""
    points = [Point("r", "t", float(n), "ready", low, low, 1, 0) for n, low in enumerate((0, 50, 100, None))]
    assert sparkline(points, unicode=True) == "▁▄█?"
    assert sparkline(points, unicode=False).isascii() and sparkline(points, unicode=False)[-1] == "?"
    ended = process("history", "shop.test", "--state", str(state), encoding="ascii")
    assert ended.code == 0 and ended.out.isascii()
    assert re.search(r"[_.:*=+#-]{8}\?[_.:*=+#-]", ended.out)


@pytest.mark.parametrize(("count", "width"), [(1, 5), (5, 5), (6, 5), (400, 40), (41, 40)])
def test_thinning_keeps_the_end(count: int, width: int) -> None:
    """Never more than fits, never without the last run, always in order."""
    points = [Point("r", "t", float(n), "ready", 1, 1, 1, 0) for n in range(count)]
    kept = thinned(points, width)
    assert len(kept) == min(count, width) and kept[-1] is points[-1]
    assert [p.at for p in kept] == sorted({p.at for p in kept})


def test_json_is_for_programs(state: Path) -> None:
    """Times in RFC 3339, null for what lasts."""
    found = json.loads(history(state, "shop.test", "-f", "json"))["targets"][0]
    assert found["spans"][0]["since"] == "2027-01-18T08:00:00Z"
    assert [run["low"] for run in found["runs"]][7:9] == [90, None]


def test_csv_holds_no_formula(state: Path) -> None:
    """A stranger's text does not run in a spreadsheet."""
    text = history(state, "-f", "csv")
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text[1:])))
    assert rows[0]["until"] == "2027-01-22T08:00:00Z"
    assert not any(value.startswith(("=", "+", "-", "@")) for row in rows for value in row.values())


def test_html_is_one_page_with_a_drawing_and_no_script(state: Path) -> None:
    """Well formed, a gap where the score is not known, strangers' text as text."""
    text = history(state, "shop.test", "-f", "html")
    assert "<script" not in text and "&lt;script&gt;" in text and "default-src 'none'" in text
    drawn = ElementTree.fromstring(re.search(r"<svg.*?</svg>", text, re.DOTALL).group())  # type: ignore[union-attr]
    assert len(drawn.findall("polyline")) == 2


def test_two_runs_are_compared(state: Path) -> None:
    """Only what differs."""
    assert history(state, "shop.test", "--compare", "run1", "run4") == (
        "blocklist-listing ip.test 203.0.113.5: pass -> fail\n"
    )
    assert "same" in history(state, "shop.test", "--compare", "run1", "run2")
    changes = json.loads(history(state, "shop.test", "--compare", "run6", "run7", "-f", "json"))["changes"]
    assert [(c["before"], c["after"]) for c in changes] == [("fail", "pass")]


def test_export_writes_everything_as_lines(state: Path) -> None:
    """Runs and spans, each a JSON object."""
    rows = [json.loads(line) for line in history(state, "--export").splitlines()]
    assert [sum(row["kind"] == kind for row in rows) for kind in ("run", "span")] == [20, 1]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (["shop.tst"], "shop.test"),
        (["nobody.example"], "never watched"),
        (["--compare", "a", "b"], "needs a target"),
        (["shop.test", "--compare", "a", "b"], "no such runs"),
        (["--days", "x"], "1 to 36500"),
        (["--days", "0"], "1 to 36500"),
        (["-f", "sarif"], "sarif"),
        (["not a target"], "not a target"),
    ],
)
def test_bad_input_is_one_sentence(state: Path, words: list[str], names: str) -> None:
    """Exit 2 and nothing on standard output."""
    ended = here("history", *words, "--state", str(state), "--lang", "en")
    assert (ended.code, ended.out) == (2, "")
    assert len(sentences(ended.err)) == 1 and names in ended.err


def test_an_address_of_a_target_has_its_own_history(state: Path) -> None:
    """Under the target that it is a part of, with nothing but what concerns it."""
    shown = history(state, "203.0.113.5")
    assert shown.startswith("shop.test\n") and "203.0.113.5  ip.test" in shown
    with open_store(state) as store:
        ledger.keep(store, _run("shop.test", "203.0.113.6", 20, listed=False), [], Rules())
    assert "Nothing was ever confirmed" in history(state, "203.0.113.6")


def test_runs_that_a_wrong_clock_dated_into_the_future_are_not_the_last_ones(tmp_path: Path) -> None:
    """A server that started with its clock in 2038 is shown as it is today."""
    file = tmp_path / "w.sqlite"
    today = (time.time() - BEGIN) / DAY
    with open_store(file) as store:
        ledger.keep(store, replace(_run("shop.test", "203.0.113.5", 4000, listed=False), run_id="odd"), [], Rules())
        now = replace(_run("shop.test", "203.0.113.5", 0, listed=True), run_id="now", at=BEGIN + today * DAY)
        ledger.keep(store, now, [], Rules())
    assert "  now  " in history(file, "shop.test") and "  odd  " not in history(file, "shop.test")


def test_without_a_history_it_says_so(tmp_path: Path) -> None:
    """Neither a missing file nor an empty one is a fault of ours; a damaged one is named."""
    told = here("history", "--state", str(tmp_path / "none"), "--lang", "en").err
    assert f"No history yet in {tmp_path / 'none'}:" in told
    (tmp_path / "junk").write_bytes(b"junk" * 5000)
    ended = here("history", "--state", str(tmp_path / "junk"), "--lang", "en")
    assert ended.code == 2 and "cannot be read" in ended.err
    assert not (tmp_path / "none").exists()


def test_reading_needs_no_right_to_write(state: Path) -> None:
    """The file is not changed by looking at it."""
    sqlite3.connect(state).execute("PRAGMA wal_checkpoint(TRUNCATE)").connection.close()
    before = state.read_bytes()
    history(state)
    assert state.read_bytes() == before
