"""The report on a terminal: its width, its first screen, and what each line says."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reputation.formats import RenderOptions, render
from reputation.formats.clean import one_line
from reputation.formats.columns import columns
from reputation.model import Area, Cause, Outcome, Range, Remedy, Report, Result, Score, Severity, Subject, Where
from reputation.text import say, verbatim
from tests.reports import HEALTHY, LISTED, any_report, listing, plain, report

STORIES = Path(__file__).parents[2] / "reports" / "samples" / "stories"
COPIED = ("v=DMARC1", "v=spf1", "https://")  # lines that are meant to be copied in one piece


def shown(found: Report, **options: object) -> str:
    """The table."""
    return render("table", found, RenderOptions(**options))  # type: ignore[arg-type]


def content(check: str, outcome: Outcome, line: int, evidence: str) -> Result:
    """One finding in a draft."""
    return Result(
        check=check, area=Area.CONTENT, target="mail.eml", outcome=outcome, severity=Severity.MINOR,
        message=verbatim(f"{evidence} was seen"), evidence=(evidence,), where=Where("mail.eml", line, 2, line, 9),
    )  # fmt: skip


@pytest.mark.parametrize("path", sorted(STORIES.glob("*.txt")), ids=lambda p: p.name)
def test_no_line_of_a_story_is_wider_than_80_columns(path: Path) -> None:
    """Except a record or an address that is meant to be copied."""
    for line in path.read_text("utf-8").splitlines():
        assert columns(line) <= 80 or any(mark in line for mark in COPIED), line


@pytest.mark.parametrize(("language", "encoding"), [("en", "ascii"), ("zh", "gbk")])
def test_a_story_needs_no_more_than_the_oldest_encoding_of_its_language(language: str, encoding: str) -> None:
    """A redirected Windows console writes GBK, a cron job often ASCII."""
    paths = sorted(STORIES.glob(f"*.{language}.txt"))
    assert len(paths) >= 4
    for path in paths:
        path.read_text("utf-8").encode(encoding)


@given(any_report, st.sampled_from([60, 80, 100]), st.sampled_from(["en", "zh"]), st.integers(0, 100))
@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.too_slow])
def test_only_what_cannot_be_broken_is_wider_than_the_terminal(
    found: Report, width: int, language: str, low: int
) -> None:
    """Whatever strangers write: a longer line is one long word, or a record or address on a line of its own."""
    found = found._replace(score=Score(Range(low, 100), found.score.areas))
    copied = {one_line(text) for r in found.results if (remedy := r.remedy) for text in (remedy.record, remedy.url)}
    for line in shown(found, width=width, language=language).splitlines():
        longest = max(columns(word) for word in line.split(" "))
        assert columns(line) <= width or longest > width // 3 or line.strip() in {text.strip() for text in copied}, line


def test_a_score_with_open_ends_shows_them_in_the_bar() -> None:
    """# is sure, ? is open, a dot is missing."""
    table = shown(LISTED._replace(score=Score(Range(50, 75), {})))
    assert "[##########?????.....] Score 50 to 75 of 100" in table


def test_findings_of_one_kind_are_said_once_with_all_their_places() -> None:
    """The first in full, the others by line and words."""
    rows = [content("spam-phrases", Outcome.INFO, line, word) for line, word in ((3, "free"), (7, "act now"))]
    table = shown(report(rows))
    assert table.count("INFO") == 1
    assert "mail.eml:3:2: free was seen" in table and "also 7:2 act now" in table


def test_the_worst_comes_first_in_an_area() -> None:
    """By outcome, then by severity, then by place."""
    minor = content("a-minor", Outcome.WARN, 1, "first line")
    major = content("a-major", Outcome.FAIL, 9, "last line")._replace(severity=Severity.MAJOR)
    table = shown(report([minor, major]))
    area = table[table.index("Content ") :]
    assert area.index("mail.eml:9:2") < area.index("mail.eml:1:2")


def test_of_hundreds_of_targets_the_first_are_named() -> None:
    """And how many more there are, on the terminal and in Markdown."""
    many = report([listing("a.test", Outcome.PASS)], subject=Subject(ips=tuple(f"203.0.113.{n}" for n in range(250))))
    for name in ("table", "markdown"):
        head = render(name, many, RenderOptions(width=80))[:400]
        assert "203.0.113.9 and 240 more" in " ".join(head.split()) and "203.0.113.11" not in head


def test_a_target_is_not_named_twice_in_a_line() -> None:
    """When the sentence names it already."""
    named = say("{target} is listed by {list}.", target="a.example", list="zen.example")
    rows = [plain("x-y", Outcome.FAIL, named)._replace(target="a.example"), plain("z", Outcome.PASS)]
    assert "a.example: a.example" not in shown(report(rows))
    assert "b.example: a.example is listed" in shown(report([rows[0]._replace(target="b.example"), rows[1]]))


def test_a_record_is_never_broken_however_narrow_the_terminal() -> None:
    """It is copied from the screen."""
    record = "v=DMARC1; p=none; rua=mailto:" + "x" * 120 + "@a.example"
    fix = plain("dmarc-missing", Outcome.FAIL, remedy=Remedy(say("does not apply"), record))
    assert record in shown(report([fix]), width=60)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_healthy_sender_has_no_blank_words(language: str) -> None:
    """Nothing to fix, nothing open: no heading for it."""
    table = shown(HEALTHY, language=language)
    assert len(table.splitlines()) <= 10 and "?" not in table


def test_a_chinese_table_of_our_own_words_has_no_english_sentence() -> None:
    """What stays Latin are names, records, commands and units."""
    words = [word for word in shown(LISTED, language="zh").split() if word.isascii() and word.isalpha()]
    assert set(words) <= {"dmarc-missing"}


def test_verbose_shows_what_is_in_order() -> None:
    """Each list and check by name; otherwise only their number."""
    assert "list3.example" in shown(HEALTHY, verbose=True)
    assert "list3.example" not in shown(HEALTHY)


def test_the_headline_names_a_few_of_many_open_questions() -> None:
    """All of them stand further below, with their cause."""
    rows = [listing(f"list{n}.example", Outcome.UNKNOWN, Severity.CRITICAL) for n in range(9)]
    table = shown(report([*rows, plain("spf-missing", Outcome.PASS)]))
    assert "list3.example and 5 more could not be checked" in " ".join(table.split())


def test_many_open_questions_are_counted_by_area_and_no_id_stands_in_the_headline() -> None:
    """The ids of checks say nothing to a salesperson."""
    rows = [plain(f"check-{n}", Outcome.UNKNOWN, severity=Severity.CRITICAL) for n in range(9)]
    rows += [listing("zen.example", Outcome.UNKNOWN, Severity.CRITICAL), plain("spf-missing", Outcome.PASS)]
    table = " ".join(shown(report(rows), language="zh").split())
    assert "没有查成：zen.example、发件认证（9 项）。" in table and "check-" not in table


def test_no_answer_at_all_sends_the_reader_to_the_network() -> None:
    """Not one question was answered: the likeliest cause is this computer."""
    rows = [plain(f"check-{n}", Outcome.UNKNOWN) for n in range(9)]
    assert "Is this computer online?" in " ".join(shown(report(rows)).split())
    offline = [row._replace(cause=Cause.OFFLINE) for row in rows]
    assert "online?" not in shown(report(offline))


def test_the_headline_names_the_domain_where_there_are_several() -> None:
    """Which of them is it?"""
    missing = plain("domain-missing", Outcome.FAIL, say("does not exist"), severity=Severity.CRITICAL)
    several = Subject(("one.example", "xn--bcher-kva.example"), ())
    assert "xn--bcher-kva.example: does not exist" in shown(report([missing], subject=several)).splitlines()[1]
    assert "xn--bcher-kva.example" not in shown(report([missing])).splitlines()[1]


def test_a_place_is_divided_from_its_sentence_as_the_language_does_it() -> None:
    """Chinese has a colon of its own."""
    found = report([content("shouting", Outcome.WARN, 3, "FREE")])
    assert "mail.eml:3:2：FREE was seen" in shown(found, language="zh")
    assert "mail.eml:3:2: FREE was seen" in shown(found, language="en")


def test_who_asked_only_the_lists_is_not_told_that_all_is_well() -> None:
    """Authentication may be missing altogether."""
    table = shown(report([listing("a.example", Outcome.PASS)]))
    assert "only this was looked at: Blocklists" in " ".join(table.split())
    assert "only" not in shown(HEALTHY)
