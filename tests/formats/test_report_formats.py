"""Every format over every kind of report: valid, bounded, harmless, the same after a journey through JSON."""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from importlib.resources import files

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reputation.formats import RenderOptions, format_names, render
from reputation.formats.clean import cell, file_stem, lines, one_line, safe_url
from reputation.formats.columns import columns, wrap
from reputation.formats.saved import SavedError, from_json
from reputation.model import Report
from tests.reports import DARK, HEALTHY, LISTED, PAYLOADS, any_report, hostile

SCHEMA = json.loads(files("reputation").joinpath("schema.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
EN, ZH = RenderOptions(), RenderOptions(language="zh")
NAMED = {"healthy": HEALTHY, "listed": LISTED, "dark": DARK}


def test_the_schema_is_a_schema() -> None:
    """JSON Schema 2020-12."""
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@given(any_report)
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
def test_every_report_is_valid_json_and_comes_back_the_same(report: Report) -> None:
    """Schema holds; reading and writing again changes no byte; ASCII only."""
    text = render("json", report, EN)
    VALIDATOR.validate(json.loads(text))
    assert text.isascii()
    assert render("json", from_json(text), EN) == text


@pytest.mark.parametrize("name", format_names())
@pytest.mark.parametrize("kind", NAMED)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_saved_report_renders_like_a_fresh_one(name: str, kind: str, language: str) -> None:
    """In each format, and in the other language too."""
    options = RenderOptions(language=language)
    saved = from_json(render("json", NAMED[kind], EN))
    assert render(name, saved, options) == render(name, NAMED[kind], options)


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"schema_version": "1"}', '{"schema_version": 99}', '{"schema_version": 1}',
     '{"schema_version": 1, "tool": 3}', "[" * 100_000, '{"schema_version": 1, "run": {"id": []}}',
     json.dumps({**json.loads(render("json", LISTED, EN)), "verdict": "maybe"}),
     json.dumps({**json.loads(render("json", LISTED, EN)), "results": [1]}),
     json.dumps({**json.loads(render("json", LISTED, EN)), "score": None})],
)  # fmt: skip
def test_a_file_that_is_no_report_is_refused_in_one_sentence(text: str) -> None:
    """One kind of error for whatever is wrong."""
    with pytest.raises(SavedError) as caught:
        from_json(text)
    assert "\n" not in str(caught.value.sentence)


@pytest.mark.parametrize("template", ["{x.__class__}", "{x:>999999999}", "{x!r}", "{missing}", "{", "{0[1]}"])
def test_a_template_from_a_file_cannot_reach_into_objects(template: str) -> None:
    """What is not one of our sentences in form is shown word for word."""
    raw = json.loads(render("json", LISTED, EN))
    raw["results"][0]["said"]["message"] = {"id": template, "values": {"x": "y"}}
    raw["results"][0]["message"] = "as it was"
    assert str(from_json(json.dumps(raw)).results[0].message) == "as it was"


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("width", [60, 80, 100])
@pytest.mark.parametrize("kind", NAMED)
def test_no_line_of_the_table_is_wider_than_the_terminal(kind: str, width: int, language: str) -> None:
    """Except for a record or an address, which stay whole to be copied."""
    table = render("table", NAMED[kind], RenderOptions(language=language, width=width))
    for line in table.splitlines():
        assert columns(line) <= width or " " not in line.strip() or "v=DMARC1" in line


def test_a_healthy_sender_fits_on_one_screen() -> None:
    """24 lines of 80 columns."""
    assert len(render("table", HEALTHY, EN).splitlines()) <= 24


def test_the_record_to_publish_stays_in_one_piece() -> None:
    """It is meant to be copied."""
    fix = next(fix for fix in LISTED.fixes if fix.remedy and fix.remedy.record)
    for name in ("table", "markdown", "html"):
        assert fix.remedy is not None and fix.remedy.record in render(name, LISTED, EN)


def test_what_is_unknown_is_named_with_its_cause_and_never_called_clean() -> None:
    """With everything unknown there is no score and no good word."""
    table = render("table", DARK, EN)
    assert "No score" in table and "2 of 2" in table
    assert "clean" not in table and "fine" not in table


def test_colour_only_where_it_is_wanted_and_words_beside_it() -> None:
    """Without colour no escape; with colour the label is still there."""
    assert "\x1b" not in render("table", LISTED, EN)
    coloured = render("table", LISTED, RenderOptions(color=True))
    assert "\x1b[" in coloured and "FAIL" in coloured


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "utf-8"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_table_survives_old_encodings(encoding: str, language: str) -> None:
    """English in ASCII, Chinese in GBK, without one replaced character of our own."""
    table = render("table", HEALTHY, RenderOptions(language=language)).replace("ü", "u")
    if encoding == "ascii" and language == "zh":
        return
    assert table.encode(encoding, "replace").decode(encoding) == table


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("name", format_names())
def test_no_payload_breaks_a_format(name: str, payload: str) -> None:
    """Rendered without an exception, and can be written as UTF-8."""
    render(name, hostile(payload), EN).encode("utf-8")


@given(st.text(alphabet=st.characters(), max_size=60))
@settings(max_examples=2000, deadline=None)
def test_nothing_that_steers_a_terminal_gets_through(text: str) -> None:
    """No control, no bidi control, no line separator, no lone surrogate."""
    shown = one_line(text)
    assert not set(shown) & set("\x1b\x00\x07\x9b\r\n\u202e\u2028\u2029\ud800\udfff\u200b\u2066")


class _Tags(HTMLParser):
    """Collects tags and attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_page_holds_no_tag_that_we_did_not_write(payload: str) -> None:
    """No script, no image, no handler, no address but http, https and mailto, whatever the fields hold."""
    page = render("html", hostile(payload), EN)
    parser = _Tags()
    parser.feed(page)
    assert not {tag for tag, _ in parser.seen} & {"script", "img", "iframe", "object", "embed", "form", "link", "base"}
    for _, attributes in parser.seen:
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        assert (attributes.get("href") or "https:").startswith(("http:", "https:", "mailto:"))


def test_a_page_is_self_contained_and_says_so() -> None:
    """A policy that allows nothing but the one style sheet; a language; a viewport."""
    page = render("html", LISTED, ZH)
    assert "default-src 'none'" in page.replace("&#39;", "'")
    assert 'lang="zh-Hans"' in page and "viewport" in page
    assert "http" not in page.replace("https://lists.example/remove", "").replace("http-equiv", "")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_cell_runs_as_a_formula(payload: str) -> None:
    """Nor after spaces, nor full-width; the table keeps its shape."""
    rows = list(csv.reader(io.StringIO(render("csv", hostile(payload), EN).lstrip("\ufeff"))))
    assert {len(row) for row in rows} == {len(rows[0])}
    for value in (value for row in rows[1:] for value in row):
        assert not value.lstrip(" \u3000").startswith(tuple("=+-@\t\r＝＋－＠"))


def test_csv_opens_in_excel() -> None:
    """Byte order mark and CRLF."""
    text = render("csv", LISTED, EN)
    assert text.startswith("\ufeff") and "\r\n" in text


@pytest.mark.parametrize("payload", PAYLOADS)
def test_junit_is_xml_whatever_it_holds(payload: str) -> None:
    """Parsed by a real parser; counts agree."""
    root = ET.fromstring(render("junit", hostile(payload), EN).encode("utf-8", "replace"))
    assert int(root.attrib["tests"]) == len(root.findall(".//testcase"))
    assert int(root.attrib["skipped"]) == len(root.findall(".//skipped"))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_in_junit_turns_or_hides_what_stands_beside_it(payload: str) -> None:
    """A file may be called so that its name reads backwards; a remedy of several lines keeps them."""
    text = render("junit", hostile(payload), EN)
    assert lines(text) == text
    root = ET.fromstring(render("junit", LISTED, EN))
    assert any("\n" in (failure.text or "") for failure in root.iter("failure"))


def test_with_strict_the_unknown_is_no_green_tick() -> None:
    """The run exits with 3 for it, so no dashboard may count it as passed or merely left out."""
    strict = RenderOptions(strict=True)
    root = ET.fromstring(render("junit", DARK, strict))
    assert int(root.attrib["errors"]) == len(root.findall(".//error")) == DARK.coverage.unknown
    assert root.attrib["skipped"] == "0" and not root.findall(".//skipped")
    assert {line.split(" ")[0] for line in render("github", DARK, strict).splitlines()} == {"::warning"}
    (invocation,) = json.loads(render("sarif", DARK, strict))["runs"][0]["invocations"]
    assert {told["level"] for told in invocation["toolExecutionNotifications"]} == {"error"}


def test_sarif_has_rules_fingerprints_and_no_result_for_the_unknown() -> None:
    """Unknown is a notification, not an alert."""
    run = json.loads(render("sarif", LISTED, EN))["runs"][0]
    assert {r["ruleId"] for r in run["results"]} == {"blocklist-listing", "dmarc-missing"}
    assert all(r["partialFingerprints"] and r["locations"] for r in run["results"])
    assert len(run["invocations"][0]["toolExecutionNotifications"]) == 1


@pytest.mark.parametrize("payload", PAYLOADS)
def test_an_annotation_stays_on_its_line(payload: str) -> None:
    """No payload starts a workflow command of its own."""
    for line in render("github", hostile(payload), EN).split("\n")[:-1]:
        assert line.startswith(("::error ", "::warning ", "::notice "))


def test_markdown_makes_no_link_and_no_html_out_of_data() -> None:
    """What strangers write is escaped."""
    text = render("markdown", hostile("[x](javascript:alert(1))<b>"), EN)
    prose = re.sub(r"(?s)```.*?```", "", text)  # inside a fence it is only text
    assert "[x](" not in prose and "<b>" not in prose.replace("\\<b\\>", "")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [("=1", "'=1"), (" =1", "' =1"), ("＝1", "'＝1"), ("ok", "ok"), ("a=b", "a=b"), ("\t=1", "'\\x09=1"), ("-", "'-")],
)
def test_a_cell_is_quoted_only_where_it_must_be(raw: str, expected: str) -> None:
    """The apostrophe is seen by people, so it is spent sparingly."""
    assert cell(raw) == expected


@pytest.mark.parametrize(
    ("url", "safe"),
    [("https://a.example/x?y=1", True), ("mailto:a@b.example", True), ("javascript:alert(1)", False), ("//x", False),
     ("https://a b", False), ('https://a"onload=', False), ("HTTPS://A.example", True), ("data:text/html,x", False)],
)  # fmt: skip
def test_only_ordinary_addresses_become_links(url: str, safe: bool) -> None:
    """http, https and mailto."""
    assert bool(safe_url(url)) is safe


@pytest.mark.parametrize("text", ["../../etc/passwd", "CON", "a" * 300, "", "...", "bücher.example", "x\x00y", "用户"])
def test_a_file_name_stays_in_its_folder(text: str) -> None:
    """a-z, 0-9, dot and hyphen, at most 100, no leading dot."""
    stem = file_stem(text)
    assert (
        stem
        and len(stem) <= 100
        and not stem.startswith(".")
        and set(stem) <= set("abcdefghijklmnopqrstuvwxyz0123456789.-")
    )


def test_han_lines_break_between_characters_but_not_before_a_full_stop() -> None:
    """Two columns each."""
    rows = wrap("可以发送：没有发现会妨碍邮件送达的问题。" * 3, 20)
    assert all(columns(row) <= 22 for row in rows) and not any(row[0] in "。：，" for row in rows)
