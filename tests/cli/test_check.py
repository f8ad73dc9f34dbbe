"""`reputation check`, `report` and `demo` as a user meets them: exit codes, files, replays, and no key anywhere."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from reputation.formats import format_names
from tests.cli.command_line import Ended, here, process, sentences
from tests.cli.conftest import Counting

Start = Callable[[str], str]
CANARY = "canarycanarycanary26chars0"
HEALTHY = ("maple-tools.example", "--ip", "192.0.2.10", "--selector", "s1")


def check(address: str, *words: str) -> Ended:
    """`reputation check` against one name server."""
    return here("check", "--resolver", address, *words)


def report_of(ended: Ended) -> dict[str, Any]:
    """The JSON report on standard output."""
    found: dict[str, Any] = json.loads(ended.out)
    return found


@pytest.mark.parametrize(
    ("story", "words", "code"),
    [
        ("healthy", HEALTHY, 0),
        ("listed", ("harbour-trade.example", "--ip", "192.0.2.20"), 1),
        ("listed", ("harbour-trade.example", "--ip", "192.0.2.20", "--fail-on", "never"), 0),
        ("refused-resolver", ("willow-lighting.example", "--ip", "192.0.2.40", "--selector", "s1"), 0),
        ("refused-resolver", ("willow-lighting.example", "--ip", "192.0.2.40", "--selector", "s1", "--strict"), 3),
        ("everything-down", ("night-train.example", "--timeout", "1"), 3),
        ("everything-down", ("192.0.2.60", "--timeout", "1"), 3),
        ("healthy", (*HEALTHY, "--offline"), 3),
    ],
)
def test_the_exit_code_says_what_the_report_says(story: str, words: tuple[str, ...], code: int, world: Start) -> None:
    """0 nothing, 1 something, 3 could not tell."""
    assert check(world(story), *words).code == code


def test_targets_of_all_kinds_in_one_report(world: Start) -> None:
    """A domain, an e-mail address, an IP address, a domain in Chinese."""
    ended = check(
        world("healthy"), "Maple-Tools.Example.", "a@lotus-export.example", "192.0.2.77", "例子.example", "-f", "json"
    )
    subject = report_of(ended)["subject"]
    assert subject["domains"] == ["maple-tools.example", "lotus-export.example", "xn--fsqu00a.example"]
    assert subject["ips"] == ["192.0.2.77"] and subject["display"] == {"xn--fsqu00a.example": "例子.example"}


def test_a_draft_alone_names_its_sender(world: Start, tmp_path: Path) -> None:
    """No target: the From of the draft is one."""
    draft = tmp_path / "mail.eml"
    draft.write_text("From: a@maple-tools.example\nSubject: hello\n\nGood morning\n")
    found = report_of(check(world("healthy"), "--draft", str(draft), "-f", "json"))
    assert found["subject"]["domains"] == ["maple-tools.example"] and found["subject"]["drafts"] == [str(draft)]


def test_a_draft_that_can_not_be_read_costs_nothing_of_the_rest(world: Start, tmp_path: Path) -> None:
    """One sentence, exit 2, and the whole report; a plugin has one line and a code of its own for it."""
    good, gone = tmp_path / "good.html", tmp_path / "gone.eml"
    good.write_text("<html><body><p>Good morning, the price list is out.</p></body></html>", "utf-8")
    words = (world("healthy"), *HEALTHY, "--draft", str(good), "--draft", str(gone))
    ended = check(*words, "-f", "json")
    assert ended.code == 2 and len(sentences(ended.err)) == 1 and "gone.eml" in ended.err
    found = report_of(ended)
    assert [one["file"] for one in found["problems"]] == [str(gone)] and found["verdict"] == "undecided"
    assert {"listing", "authentication", "content"} <= {result["area"] for result in found["results"]}
    assert "gone.eml" in check(*words, "--lang", "en").out.split("\n\n")[0]
    plugin = check(*words, "-f", "nagios")
    assert plugin.code == 3 and "UNKNOWN" in plugin.out and len(sentences(plugin.out)) == 1
    saved = tmp_path / "saved.json"
    saved.write_text(ended.out, "utf-8")
    assert here("report", str(saved)).code == 2 and here("report", str(saved), "-f", "nagios").code == 3


def test_the_table_says_how_good_the_evidence_of_a_finding_about_a_draft_is(world: Start, tmp_path: Path) -> None:
    """Also where the finding stands among the fixes and is cut."""
    draft = tmp_path / "bad.html"
    draft.write_text('<html><body><p>See <a href="http://203.0.113.7/x">this</a></p></body></html>', "utf-8")
    content = check(world("healthy"), *HEALTHY, "--draft", str(draft), "--lang", "en").out.partition("\nContent ")[2]
    assert "see 1 above" in content and "(measured)" in content


def test_one_list_by_name_is_the_only_one_asked(world: Start) -> None:
    """--lists ZONE."""
    ended = check(world("healthy"), *HEALTHY, "--lists", "ZEN.spamhaus.org", "-f", "json")
    assert {r["zone"] for r in report_of(ended)["results"] if "zone" in r} == {"zen.spamhaus.org"}


def test_a_folder_of_lists_replaces_the_catalogue(world: Start, tmp_path: Path) -> None:
    """--blocklists DIR."""
    (tmp_path / "own.toml").write_text(
        'operator = "Own"\nchecked = 2026-01-01\nsources = ["https://own.example/"]\n'
        '[[list]]\nzone = "bl.own.example"\nname = "Own"\nkinds = ["ip4"]\nseverity = "minor"\ndefault = true\n'
    )
    ended = check(world("healthy"), *HEALTHY, "--blocklists", str(tmp_path), "-f", "json")
    assert {r["zone"] for r in report_of(ended)["results"] if "zone" in r} == {"bl.own.example"}


def test_a_replay_gives_the_same_report(world: Start, tmp_path: Path, counting: Counting) -> None:
    """Recorded once, replayed without a network: to the last letter."""
    tape = tmp_path / "tape.jsonl"
    first = check(world("listed"), "harbour-trade.example", "--ip", "192.0.2.20", "--record", str(tape), "-f", "json")
    again = check(counting.address, "harbour-trade.example", "--ip", "192.0.2.20", "--replay", str(tape), "-f", "json")
    assert first.out == again.out and (first.code, again.code) == (1, 1) and counting.asked == []


def test_a_saved_report_is_shown_again_in_the_other_language(world: Start, tmp_path: Path) -> None:
    """`reputation report FILE --lang zh`, with the exit code of the report."""
    saved = tmp_path / "r.json"
    check(world("listed"), "harbour-trade.example", "--ip", "192.0.2.20", "-f", f"json={saved}", "--lang", "en")
    chinese, english = here("report", str(saved), "--lang", "zh"), here("report", str(saved), "--lang", "en")
    assert chinese.code == english.code == 1
    assert re.search("[一-鿿]{4}", chinese.out) and not re.search("[一-鿿]", english.out)
    assert json.loads(here("report", str(saved), "-f", "json", "--lang", "en").out) == json.loads(saved.read_text())


def test_save_keeps_json_and_each_format(world: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """--save alone means reports/; the names come from the domain and the time."""
    monkeypatch.chdir(tmp_path)
    ended = check(world("healthy"), "--save", *HEALTHY, "-f", "table")
    names = sorted(path.name for path in (tmp_path / "reports").iterdir())
    assert ended.code == 0 and ended.out
    assert [re.sub(r"\d{8}-\d{6}", "TIME", name) for name in names] == [
        "maple-tools.example-TIME.json", "maple-tools.example-TIME.txt",
    ]  # fmt: skip
    assert json.loads((tmp_path / "reports" / names[0]).read_text())["verdict"] == "ready"


def test_a_folder_that_cannot_be_made_costs_no_report(world: Start, tmp_path: Path) -> None:
    """The report is on the terminal, the sentence on standard error."""
    (tmp_path / "file").write_text("")
    ended = check(world("healthy"), *HEALTHY, "--save", str(tmp_path / "file" / "below"))
    assert ended.code == 2 and "maple-tools.example" in ended.out and len(sentences(ended.err)) == 1


def test_the_configuration_speaks_for_the_user(world: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Language, resolver, format, list and --fail-on from ./reputation.toml; the command line outranks it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "reputation.toml").write_text(
        f'lang = "zh"\nresolver = "{world("listed")}"\nformat = ["json"]\nlists = "bl.spamcop.net"\nfail_on = "never"\n'
    )
    words = ("check", "harbour-trade.example", "--ip", "192.0.2.20")
    configured, outranked = here(*words), here(*words, "--fail-on", "fail", "--lang", "en")
    assert (configured.code, outranked.code) == (0, 1)
    assert report_of(configured)["run"]["language"] == "zh" and report_of(outranked)["run"]["language"] == "en"
    assert {r["zone"] for r in report_of(configured)["results"] if "zone" in r} == {"bl.spamcop.net"}


def test_nothing_but_the_report_is_on_standard_output(world: Start) -> None:
    """No progress without a terminal."""
    ended = check(world("healthy"), *HEALTHY, "-f", "json")
    assert ended.err == "" and report_of(ended)["schema_version"] == 1


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_the_report_survives_the_encoding(world: Start, encoding: str) -> None:
    """Redirected on a Chinese Windows, mailed by cron."""
    address = world("listed")
    for language in ("zh", "en"):
        ended = process(
            "check", "harbour-trade.example", "--ip", "192.0.2.20", "--resolver", address, "--lang", language,
            encoding=encoding,
        )  # fmt: skip
        assert ended.code == 1 and ended.err == "" and "192.0.2.20" in ended.out and "Spamhaus" in ended.out


def test_no_key_is_in_any_output(world: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Configuration with keys, every format, verbose, recorded, saved, refused, crashed: the canary is nowhere."""
    monkeypatch.chdir(tmp_path)
    keys = tmp_path / "keys.toml"
    keys.write_text(f'[keys]\nspamhaus_dqs = "{CANARY}"\n')
    keys.chmod(0o644)
    monkeypatch.setenv("REPUTATION_KEY_ABUSIX", CANARY)
    formats = [word for name in format_names() for word in ("-f", f"{name}=out.{name}")]
    runs = [
        ["check", *HEALTHY, "-vv", "--lists", "all", "--record", "tape.jsonl", "--save", "out", "--config", str(keys)],
        ["check", *HEALTHY, "-f", "json", "--lists", "zen.dq.spamhaus.net", "--config", str(keys)],
        ["check", *HEALTHY, "--replay", "tape.jsonl", "-vv", "--config", str(keys)],
        ["check", *HEALTHY, *formats, "--strict", "--config", str(keys)],
        ["config", "show", "--origin", "--config", str(keys)],
        ["config", "show", "-f", "json", "--config", str(keys)],
        ["lists", "dq", "--config", str(keys)],
        ["explain", "zen.dq.spamhaus.net", "--config", str(keys)],
    ]
    told = []
    for story in ("healthy", "refused-resolver", "everything-down"):
        for words in runs:
            asks = ["--resolver", world(story), "--timeout", "1"] if words[0] == "check" else []
            told += here(*words, *asks)[1:]
    monkeypatch.setattr("reputation.run.examine", _crash)
    crashed = here("check", *HEALTHY, "-vv", "--resolver", world("healthy"), "--config", str(keys))
    assert "forced crash with ***" in crashed.err
    told += crashed[1:]
    written = [p.read_text("utf-8") for p in tmp_path.rglob("*") if p.is_file() and p != keys]
    assert written and not [text for text in (*told, *written) if CANARY in text or CANARY[:12] in text]


def _crash(request: Any, means: Any) -> Any:
    raise RuntimeError(f"forced crash with {means.listing.keys['spamhaus_dqs'].reveal()}")


def test_the_settings_of_the_watch_are_shown_without_its_tokens(tmp_path: Path) -> None:
    """A webhook's address is a password."""
    file = tmp_path / "r.toml"
    file.write_text(
        'lang = "en"\n[watch]\ntargets = ["example.com"]\nremind_days = 7\n'
        f'[[watch.channel]]\nname = "ops"\nurl = "https://hooks.example/{CANARY}"\n'
        f'[[watch.channel]]\nurl = "https://hooks.example/{CANARY}"\n'
    )
    for words in (["--origin"], ["-f", "json"]):
        ended = here("config", "show", "--config", str(file), *words)
        assert ended.code == 0 and "remind_days" in ended.out and "ops" in ended.out
        assert CANARY not in ended.out + ended.err


def test_a_mistyped_key_is_noticed(world: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing else would say why the list is still not asked."""
    monkeypatch.setenv("REPUTATION_KEY_SPAMHAUS_DSQ", CANARY)
    notes = [note["message"] for note in report_of(check(world("healthy"), *HEALTHY, "-f", "json"))["notes"]]
    assert any("spamhaus_dsq" in note and "spamhaus_dqs" in note for note in notes)


def test_a_crash_is_one_sentence(world: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """Our fault, said as ours; no traceback unless somebody asks for it."""
    monkeypatch.setattr("reputation.run.examine", lambda request, means: 1 // 0)
    ended = check(world("healthy"), *HEALTHY)
    assert ended.code == 3 and ended.out == "" and len(sentences(ended.err)) == 1 and "ZeroDivisionError" in ended.err


def test_the_demo_tells_every_story_without_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 0 whatever they say, the name of each sender, and the honest words."""
    ended = here("demo", "--lang", "en")
    assert ended.code == 0
    for words in ("READY", "STOP", "FIX FIRST", "UNDECIDED", "maple-tools.example", "night-train.example", "Spamhaus"):
        assert words in ended.out
    assert "our own fault" not in ended.out


def test_one_story_in_chinese() -> None:
    """`reputation demo refused-resolver --lang zh`."""
    ended = here("demo", "refused-resolver", "--lang", "zh")
    assert ended.code == 0 and "黑名单拒绝回答" in ended.out and "willow-lighting.example" in ended.out


def test_the_demo_for_machines_keeps_the_stories_out_of_the_way() -> None:
    """-f json: only JSON on standard output."""
    ended = here("demo", "healthy", "-f", "json")
    assert ended.code == 0 and report_of(ended)["verdict"] == "ready" and "Maple Tools" in ended.err


def test_the_schema_that_is_printed_describes_what_is_reported(world: Start) -> None:
    """`reputation schema` and `check -f json` belong together."""
    schema = json.loads(here("schema").out)
    for story, words in (("healthy", HEALTHY), ("everything-down", ("night-train.example", "--timeout", "1"))):
        jsonschema.validate(report_of(check(world(story), *words, "-f", "json")), schema)
