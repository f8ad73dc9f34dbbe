"""`reputation explain` and `reputation lists`: pages of checks, lists, closed lists and codes, in both languages."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest

from reputation.checks.registry import module_names
from reputation.cli.frame.group import command_names
from reputation.formats.columns import columns
from tests.cli.command_line import here


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("spf-missing", ("SPF", "RFC 7208")),
        ("SPF_MISSING", ("SPF",)),
        ("zen.spamhaus.org", ("127.0.0.2", "check.spamhaus.org")),
        ("spamhaus zen", ("zen.spamhaus.org",)),
        ("dnsbl.sorbs.net", ("2024",)),
        ("zone.below.ahbl.org", ("2015-01-01",)),
        ("hbl.dq.spamhaus.net.", ("hashes",)),
        ("5.7.26", ("5.7.26",)),
        ("550", ("550",)),
    ],
)
def test_each_kind_of_thing_has_its_page(name: str, words: tuple[str, ...]) -> None:
    """A check, a list by zone or name, a closed list, a status and a reply code."""
    ended = here("explain", name, "--lang", "en")
    assert ended.code == 0 and all(word in ended.out for word in words)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_check_can_be_explained(language: str) -> None:
    """No page breaks, and the Chinese ones are Chinese."""
    for name in module_names():
        ended = here("explain", name, "--lang", language)
        assert ended.code == 0, ended.err
        assert language == "en" or re.search("[一-鿿]{4}", ended.out), name


def test_how_grave_a_listing_is_and_what_a_list_holds_are_said_in_the_language_of_the_reader() -> None:
    """On the page and in the table; machines read the same names in each language."""
    for ended in (here("explain", "dbl.spamhaus.org", "--lang", "zh"), here("lists", "dbl.spamhaus", "--lang", "zh")):
        assert "严重" in ended.out and "域名、链接域名" in ended.out
        assert "critical" not in ended.out and "url-host" not in ended.out
    page = json.loads(here("explain", "dbl.spamhaus.org", "-f", "json", "--lang", "zh").out)
    assert (page["severity"], page["kinds"]) == ("critical", "domain url-host")


def test_a_page_for_machines() -> None:
    """Fields, ASCII only."""
    page = json.loads(here("explain", "spf-missing", "-f", "json", "--lang", "zh").out)
    assert page["id"] == "spf-missing" and {"title", "why", "bad", "good", "fix", "source"} <= set(page)


@pytest.mark.parametrize("command", [("explain", "zen.spamhaus.org"), ("lists",)])
def test_a_catalogue_of_ones_own_is_offered_where_it_is_read(command: tuple[str, ...]) -> None:
    """In help, because it is heard."""
    assert "--blocklists" in here(command[0], "--help").out
    assert here(*command, "--blocklists", "no-such-folder").code == 2


@pytest.mark.parametrize(("name", "near"), [("spf-mising", "spf-missing"), ("zen.spamhaus.ogr", "zen.spamhaus.org")])
def test_the_nearest_name_is_offered(name: str, near: str) -> None:
    """Typing mistakes."""
    ended = here("explain", name)
    assert ended.code == 2 and near in ended.err


def test_a_closing_day_that_is_not_known_is_said_in_the_language_of_the_reader() -> None:
    """In the table and on the page."""
    for ended in (
        here("lists", "swl.spamhaus.org", "--lang", "zh"),
        here("explain", "swl.spamhaus.org", "--lang", "zh"),
    ):
        assert "2018-12-12" in ended.out and "or before" not in ended.out


def test_a_list_that_another_contains_is_not_shown_as_asked() -> None:
    """ZEN holds SBL, so that one is asked only by name."""
    states = {row["zone"]: row["state"] for row in json.loads(here("lists", "spamhaus", "-f", "json").out)}
    assert states["zen.spamhaus.org"] == "default" and states["sbl.spamhaus.org"] == "contained"


def test_the_state_of_each_list_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key that is there changes the state."""
    before = {row["zone"]: row["state"] for row in json.loads(here("lists", "-f", "json").out)}
    monkeypatch.setenv("REPUTATION_KEY_SPAMHAUS_DQS", "canarycanarycanary26chars0")
    after = {row["zone"]: row["state"] for row in json.loads(here("lists", "-f", "json").out)}
    assert before["zen.spamhaus.org"] == "default" and before["dnsbl.sorbs.net"] == "closed"
    assert before["zen.dq.spamhaus.net"] == "needs-key" and after["zen.dq.spamhaus.net"] != "needs-key"


def test_the_catalogue_as_a_table_for_a_spreadsheet() -> None:
    """Rows and columns belong together, and the text filters."""
    rows = list(csv.DictReader(io.StringIO(here("lists", "spamcop", "-f", "csv").out)))
    assert [row["zone"] for row in rows] == ["bl.spamcop.net"] and rows[0]["kinds"] == "ip4 ip6"


@pytest.mark.parametrize(
    ("words", "expected", "forbidden"),
    [
        (("codes", "5.2.2"), ("任何服务商", "软退信，邮箱已满"), ("(any)", "soft,")),
        (("explain", "5.7.1"), ("5.7.1（任何服务商）",), ("(any)",)),
        (("config", "show", "--origin"), ("# 命令行", "# 内置"), ("built-in", "command line")),
        (
            ("bounce", "550 5.1.1 <a@x.example>: User unknown"),
            ("粘贴的内容", "发给客户的文字", "（英文）"),
            ("<text>",),
        ),
        (
            ("bounce", "550 5.1.1 <a@x.example>: User unknown", "--sent", "100"),
            ("按结论：硬退信 1", "按原因：地址不存在 1", "从收件人名单中删除（1）："),
            ("hard 1", "address 1"),
        ),
        (("auth", "--help"), ("参数：", "选项："), ("Options", "Arguments")),
    ],
)
def test_no_english_word_stands_around_the_chinese(
    words: tuple[str, ...], expected: tuple[str, ...], forbidden: tuple[str, ...]
) -> None:
    """Headings, classes and origins too; names of files, options and records stay."""
    ended = here(*words, "--lang", "zh")
    assert all(one in ended.out for one in expected), ended.out
    assert not any(one in ended.out for one in forbidden), ended.out


def test_a_bad_value_is_said_to_come_from_the_command_line_in_chinese() -> None:
    """The place of the mistake is no English word either."""
    ended = here("check", "a.example", "--timeout", "0", "--lang", "zh")
    assert ended.code == 2 and "命令行" in ended.err and "command line" not in ended.err


@pytest.mark.parametrize("name", ["", *command_names()])
def test_a_help_page_in_chinese_has_no_leftover_of_the_framework(name: str) -> None:
    """Neither the types of Python nor the English words of the usage line."""
    out = here(*filter(None, (name, "--help", "--lang", "zh"))).out
    assert not [word for word in ("<str", "<list", "OPTIONS", "[[", "default:", "[ARGS]", "{") if word in out], out
    assert out.startswith(f"用法：{' '.join(filter(None, ('reputation', name)))} [选项]")


def test_each_source_of_a_list_stands_on_its_own_line_with_the_date_apart() -> None:
    lines = here("explain", "zen.spamhaus.org", "--lang", "en").out.splitlines()
    sources = lines[lines.index("Source") + 1 : lines.index("Last looked at")]
    assert len(sources) > 3 and all(line.count("https://") <= 1 for line in sources)


@pytest.mark.parametrize("width", ["60", "80"])
def test_the_codes_begin_in_the_language_of_the_reader(monkeypatch: pytest.MonkeyPatch, width: str) -> None:
    """Then the other one, for the colleague; nothing is wider than the terminal but a text without a space."""
    monkeypatch.setenv("COLUMNS", width)
    out = here("codes", "5.7.26", "--lang", "zh").out
    assert 0 < out.index("重发") < out.index("alignment")
    assert all(
        columns(line) <= int(width) for line in here("codes", "--lang", "zh").out.splitlines() if " " in line[8:]
    )


def test_a_bare_550_is_not_called_hard() -> None:
    """Its own text warns of that."""
    assert "硬退信" not in here("codes", "550", "--lang", "zh").out.splitlines()[0]


def test_a_reply_and_a_status_code_together_are_explained() -> None:
    """As they stand in a bounce."""
    assert here("explain", "550 5.1.1", "--lang", "en").out == here("explain", "5.1.1", "--lang", "en").out != ""


def test_a_part_of_a_name_finds_the_whole() -> None:
    assert "zen.spamhaus.org" in here("explain", "zen", "--lang", "en").err


def test_the_braces_of_an_example_are_not_eaten() -> None:
    """{{first_name}} is a tag of a tool and {first_name} is not."""
    for language in ("en", "zh"):
        out = here("explain", "unfilled-placeholder", "--lang", language).out
        assert "{{first_name}}" in out and "{{...}}" in out


@pytest.mark.parametrize(
    ("name", "language", "words"),
    [
        ("ip-address-link", "en", ("major", "measured")),
        ("ip-address-link", "zh", ("较重", "经统计验证")),
        ("unfilled-placeholder", "en", ("major, minor, informational",)),
        ("spf-missing", "en", ("Severity",)),
        ("folklore-phrases", "en", ("folklore", "off by default", "--only folklore-phrases")),
        ("folklore-phrases", "zh", ("民间说法", "默认不检查")),
    ],
)
def test_a_page_says_how_grave_a_finding_is_and_how_good_its_evidence(
    name: str, language: str, words: tuple[str, ...]
) -> None:
    out = here("explain", name, "--lang", language).out
    assert all(word in out for word in words), out


@pytest.mark.parametrize(
    ("name", "chinese", "english"),
    [
        ("exclamation-density", "自行统计", "Own measurement"),
        ("sending-services", "服务商数据文件", "data file"),
        ("folklore-phrases", "照着词表改写正文", "by a word list"),
        ("dkim-key-short", "512 位", "bits"),
    ],
)
def test_what_is_prose_in_a_source_or_an_example_is_read_in_chinese(name: str, chinese: str, english: str) -> None:
    """Names of standards, records and words of a mail stay as they are."""
    out = here("explain", name, "--lang", "zh").out
    assert chinese in out and english not in out
