"""A recorded run replays to the same answers, holds no key, and a broken file is one sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reputation.gather.http import Fetched
from reputation.gather.lookup import Lookup
from reputation.gather.offline import OfflineLookup
from reputation.gather.recorded_pages import fetch_of
from reputation.gather.recording import RecordingError, RecordingLookup, ReplayLookup, RunFacts
from reputation.model import Absent, Cause, Found, Observed, Unknown
from reputation.records.answer import Answer, Question
from reputation.text import render, say
from tests.fakes import FakeZone

KEY = "canarykey0123456789"
FACTS = RunFacts("0.1.0", "2026-11-24T12:00:00+00:00", "x7k2p9")
HEADER = json.dumps({
    "recording": 1, "tool_version": "1", "started_at": FACTS.started_at, "random_label": "r",
    "resolvers": ["127.0.0.1:53"],
})  # fmt: skip
ZONE = FakeZone({
    "example.com": {"TXT": [b"v=spf1 \xff\x00\x1b -all", "other"], "MX": ["10 mx.example.com"], "A": ["198.51.100.1"]},
    f"2.0.0.127.{KEY}.bl.test": {"A": ["127.0.0.2"]},
    "slow.test": Cause.TIMEOUT,
})  # fmt: skip
QUESTIONS = [
    Question("example.com", "TXT"),
    Question("Example.com", "MX"),
    Question("example.com"),
    Question("example.com", "AAAA"),
    Question("none.test"),
    Question("slow.test", "TXT"),
    Question(f"2.0.0.127.{KEY}.bl.test", "A", "2.0.0.127.bl.test"),
]


class Explaining:
    """A lookup whose every answer is Unknown with a detail, another one each time."""

    resolvers = ("127.0.0.1:53",)

    def __init__(self) -> None:
        self.count = 0

    def ask_many(self, questions: list[Question], pace: object = None) -> list[Observed[Answer]]:
        self.count += 1
        detail = say("the name server answered {code}", code=f"RCODE {self.count}")
        return [Unknown(Cause.SERVFAIL, question.source, detail) for question in questions]


def test_a_replay_answers_as_the_run_did(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    with RecordingLookup(ZONE, path, FACTS) as recording:
        recorded = recording.ask_many(QUESTIONS[:3]) + recording.ask_many(QUESTIONS[3:])
        recording.took(1.25)
    replay = ReplayLookup(path)
    replayed = replay.ask_many(QUESTIONS)
    assert [unnamed(a) for a in replayed] == [unnamed(a) for a in recorded]
    assert replay.took(0.01) == 1.25
    assert (replay.resolvers, replay.facts, replay.random_label) == (ZONE.resolvers, FACTS, "x7k2p9")


def unnamed(answer: Observed[Answer]) -> object:
    """The answer without the owner's name, which a recording holds without the key."""
    return (answer.value.records, answer.value.ttl) if isinstance(answer, Found) else type(answer).__name__, (
        answer.source.lower()
    )


def test_no_key_is_recorded(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    with RecordingLookup(ZONE, path, FACTS) as recording:
        recording.ask_many(QUESTIONS)
    assert "2.0.0.127.bl.test" in path.read_text("utf-8")
    assert KEY not in path.read_text("utf-8")


def test_a_replay_works_with_another_key_or_none(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    with RecordingLookup(ZONE, path, FACTS) as recording:
        recording.ask_many(QUESTIONS)
    (answer,) = ReplayLookup(path).ask_many([Question("2.0.0.127.mine.bl.test", "A", "2.0.0.127.bl.test")])
    assert isinstance(answer, Found)
    assert answer.value.records == ("127.0.0.2",)


def test_a_question_asked_again_is_answered_in_the_recorded_order(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    with RecordingLookup(Explaining(), path, FACTS) as recording:  # type: ignore[arg-type]
        for _ in range(2):
            recording.ask_many([Question("a.test")])
    replay = ReplayLookup(path)
    answers = [replay.ask_many([Question("a.test")])[0] for _ in range(3)]
    codes = [render(a.detail, "en") for a in answers if isinstance(a, Unknown) and a.detail]
    assert [code[-1] for code in codes] == ["1", "2", "2"]


def test_what_was_not_recorded_is_unknown_and_offline(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    RecordingLookup(ZONE, path, FACTS).close()
    (answer,) = ReplayLookup(path).ask_many([Question("example.com", "TXT")])
    assert isinstance(answer, Unknown)
    assert (answer.cause, answer.source) == (Cause.OFFLINE, "TXT example.com")
    assert answer.detail


def test_a_run_that_was_killed_leaves_what_it_had(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    recording = RecordingLookup(ZONE, path, FACTS)
    recording.ask_many(QUESTIONS[:1])
    path.write_bytes(path.read_bytes() + b'{"ask": "A cut.te')
    (answer,) = ReplayLookup(path).ask_many(QUESTIONS[:1])
    recording.close()
    assert isinstance(answer, Found)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("[]\n", 1),
        ("{}\n", 1),
        ('{"recording": 2}\n', 1),
        (HEADER.replace('"r"', "7") + "\n", 1),
        (HEADER.replace("2026", "May") + "\n", 1),
        (HEADER.replace("+00:00", "") + "\n", 1),
        ("\x00\xff" * 2000 + "\n", 1),
        (HEADER + "\nnonsense\n", 2),
        (HEADER + "\n[1]\n", 2),
        (HEADER + '\n{"ask": "A x"}\n', 2),
        (HEADER + '\n{"ask": 7, "absent": "name"}\n', 2),
        (HEADER + '\n{"ask": "A x", "absent": "all"}\n', 2),
        (HEADER + '\n{"ask": "A x", "absent": "name"}\n{"ask": "A x", "unknown": "bored"}\n', 3),
        (HEADER + '\n{"ask": "A x", "found": [7], "owner": "x", "ttl": 1}\n', 2),
        (HEADER + '\n{"ask": "A x", "found": [], "owner": "x", "ttl": true}\n', 2),
        (HEADER + '\n{"ask": "A x", "found": [{"bytes": "\\u4e2d"}], "owner": "x", "ttl": 1}\n', 2),
        (HEADER + '\n{"ask": "A x", "unknown": "timeout", "template": "{a.b}", "values": {"a": 1}}\n', 2),
        (HEADER + '\n{"ask": "A x", "unknown": "timeout", "template": "{a:99999999}", "values": {"a": 1}}\n', 2),
        (HEADER + '\n{"ask": "A x", "unknown": "timeout", "template": "{a", "values": {"a": 1}}\n', 2),
        (HEADER + '\n{"ask": "A x", "unknown": "timeout", "template": "{a}", "values": {"a": []}}\n', 2),
        (HEADER + '\n{"fetch": 7, "status": 200}\n', 2),
        (HEADER + '\n{"fetch": "https://x/", "status": "200"}\n', 2),
        (HEADER + '\n{"fetch": "https://x/", "status": 200, "content_type": "", "body": "\\u4e2d"}\n', 2),
        (HEADER + '\n{"fetch": "https://x/", "status": 200, "content_type": "", "template": "{a.b}"}\n', 2),
        (HEADER + '\n{"fetch": "https://x/"}\n', 2),
        (HEADER + "\n" + "[" * 100_000 + "\n", 2),
    ],
)
def test_a_broken_file_is_one_sentence_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "broken.jsonl"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(RecordingError) as caught:
        ReplayLookup(path)
    assert str(caught.value).startswith(f"{path}, line {line}: ")


def test_a_file_that_is_not_there_and_one_that_cannot_be_made(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="cannot be read"):
        ReplayLookup(tmp_path / "none.jsonl")
    with pytest.raises(RecordingError, match="cannot be written"):
        RecordingLookup(ZONE, tmp_path / "none" / "run.jsonl", FACTS)


PAGES = {
    "https://a.test/good": Found(Fetched(200, "text/plain", bytes(range(256))), "https://a.test/good"),
    "https://a.test/404": Found(
        Fetched(404, "", b"", say("the server answered {status}", status=404)), "https://a.test/404"
    ),
    "https://a.test/none": Absent("https://a.test/none"),
    "https://a.test/slow": Unknown(Cause.TIMEOUT, "https://a.test/slow"),
    "https://a.test/odd": Unknown(Cause.REFUSED, "https://a.test/odd", say("{host} is odd", host="a.test")),
}


def test_pages_are_kept_and_given_back_without_a_network(tmp_path: Path) -> None:
    """What was fetched, what was not there, and why the rest is unknown; a replay of a replay too."""
    path, again, fetched = tmp_path / "run.jsonl", tmp_path / "again.jsonl", []

    def fetching(url: str, lookup: Lookup) -> Observed[Fetched]:
        fetched.append(url)
        return PAGES[url]

    with RecordingLookup(ZONE, path, FACTS) as recording:
        recorded = {url: fetch_of(recording, fetching)(url, recording) for url in PAGES}
    assert recorded == PAGES and fetched == list(PAGES)
    with RecordingLookup(ReplayLookup(path), again, FACTS) as recording:
        copied = {url: fetch_of(recording, fetching)(url, recording) for url in PAGES}
    replay = ReplayLookup(again)
    replayed = {url: fetch_of(replay, fetching)(url, replay) for url in PAGES}
    assert fetched == list(PAGES)
    assert [shown(page) for page in copied.values()] == [shown(page) for page in PAGES.values()]
    assert [shown(page) for page in replayed.values()] == [shown(page) for page in PAGES.values()]
    missing = fetch_of(replay, fetching)("https://b.test/", replay)
    assert isinstance(missing, Unknown) and missing.cause is Cause.OFFLINE and fetched == list(PAGES)


def shown(page: Observed[Fetched]) -> object:
    """The page with its sentences as they are read."""
    if isinstance(page, Found):
        got = page.value
        return page.source, got.status, got.content_type, got.body, got.problem and render(got.problem, "en")
    detail = page.detail if isinstance(page, Unknown) else None
    return page.source, type(page), getattr(page, "cause", None), detail and render(detail, "en")


def test_a_run_that_may_not_ask_fetches_nothing() -> None:
    """--offline."""
    page = fetch_of(OfflineLookup())("https://a.test/", OfflineLookup())
    assert isinstance(page, Unknown) and page.cause is Cause.OFFLINE


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_ends_the_recording_and_not_the_run() -> None:
    with RecordingLookup(ZONE, Path("/dev/full"), FACTS) as recording:
        answers = recording.ask_many(QUESTIONS[:1])
    assert isinstance(answers[0], Found)
    assert "cannot be written" in str(recording.trouble)
