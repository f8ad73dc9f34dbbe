"""`reputation listings` against real name servers: states, formats, exit codes, bad input, keys."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reputation.model import Json
from tests.cli.command_line import Ended, here, process
from tests.servers import rbldnsd, silent_port, unbound
from tests.servers.odd import Query, Reply, a, answer, odd_server

CATALOGUE = """
operator = "Example"
checked = 2026-11-24
sources = ["https://lists.test/"]

[[list]]
zone = "ip.test"
name = "Example IP"
kinds = ["ip4", "ip6"]
severity = "critical"
default = true
test_listed = ["127.0.0.2", "::ffff:7f00:2"]
test_unlisted = ["127.0.0.1", "::ffff:7f00:1"]
delist = "https://lists.test/remove"
delist_how = "Ask on the page."
[list.codes]
"127.0.0.2" = "spam source"
"127.0.0.10" = {meaning = "dynamic range", as = "policy"}
"127.255.255.0/24" = {meaning = "refused", as = "refused"}

[[list]]
zone = "name.test"
name = "Example domains"
kinds = ["domain", "url-host"]
severity = "major"
default = true
test_listed = "test"
test_unlisted = "invalid"
[list.codes]
"127.0.1.2" = "spam domain"

[[list]]
zone = "refusing.test"
name = "Refusing"
kinds = ["ip4"]
severity = "minor"
default = true
test_listed = "127.0.0.2"
test_unlisted = "127.0.0.1"
[list.codes]
"127.0.0.2" = "listed"
"127.255.255.254" = {meaning = "open resolver", as = "refused"}
"""
IP4 = """:127.0.0.2:Listed, see https://lists.test/?ip=$
127.0.0.2
203.0.113.5
:127.0.0.10:Dynamic
203.0.113.77
"""
IP6 = """:127.0.0.2:Listed
::ffff:7f00:2
2001:db8::5
"""
NAMES = """:127.0.1.2:Spam domain
test
listed.example
.xn--bcher-kva.example
"""
REFUSING = """2.0.0.127 A 127.255.255.254
1.0.0.127 A 127.255.255.254
"""


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("catalogue")
    (folder / "example.toml").write_text(CATALOGUE, "utf-8")
    return str(folder)


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real blocklist server."""
    zones = {"ip.test:ip4set": IP4, "ip.test:ip6trie": IP6, "name.test:dnset": NAMES, "refusing.test:generic": REFUSING}
    with rbldnsd(tmp_path_factory.mktemp("rbldnsd"), zones) as server:
        yield server.address


@pytest.fixture
def ask(lists: str, catalogue: str) -> Any:
    """Runs the command against these lists."""
    return lambda *words: here("listings", *words, "--resolver", lists, "--blocklists", catalogue)


def states(ended: Ended) -> dict[str, dict[str, Json]]:
    """Target -> zone -> state, of JSON lines."""
    lines = [json.loads(line) for line in ended.out.splitlines()]
    return {line["target"]: {r["zone"]: r["state"] for r in line["results"]} for line in lines}


@pytest.mark.real_server
def test_every_kind_of_target(ask: Any) -> None:
    """IPv4, IPv6, mapped, a block, domains in both scripts, an e-mail address: each line has each list's state."""
    ended = ask(
        "203.0.113.4/31", "2001:db8::5", "2001:db8::6", "::ffff:203.0.113.77", "www.listed.example", "bücher.example",
        "sales@clean.example", "-f", "json-lines",
    )  # fmt: skip
    found = states(ended)
    by_ip = {"name.test": "not-applicable", "refusing.test": "refused"}
    only_name = {"ip.test": "not-applicable", "refusing.test": "not-applicable"}
    assert found == {
        "203.0.113.4": by_ip | {"ip.test": "clean"},
        "203.0.113.5": by_ip | {"ip.test": "listed"},
        "2001:db8::5": {"ip.test": "listed", "name.test": "not-applicable", "refusing.test": "not-applicable"},
        "2001:db8::6": {"ip.test": "clean", "name.test": "not-applicable", "refusing.test": "not-applicable"},
        "203.0.113.77": by_ip | {"ip.test": "listed-policy"},
        "www.listed.example": only_name | {"name.test": "listed"},
        "xn--bcher-kva.example": only_name | {"name.test": "listed"},
        "clean.example": only_name | {"name.test": "clean"},
    }
    assert ended.code == 1


@pytest.mark.real_server
def test_a_line_holds_the_fields_of_the_contract(ask: Any) -> None:
    """Of a listing and of an unknown."""
    line = json.loads(ask("203.0.113.5", "-f", "json-lines").out)
    listed, _, refused = sorted(line["results"], key=lambda result: str(result["zone"]))
    assert listed["check"] == "blocklist-listing"
    assert (listed["outcome"], listed["state"], listed["list"]) == ("fail", "listed", "Example IP")
    assert listed["codes"] == [{"address": "127.0.0.2", "meaning": "spam source"}]
    assert listed["delist"] == "https://lists.test/remove"
    assert "TXT Listed, see https://lists.test/?ip=203.0.113.5" in listed["evidence"]
    assert (refused["outcome"], refused["cause"]) == ("unknown", "blocked-by-operator")
    assert (line["verdict"], line["coverage"]) == ("stop", {"asked": 2, "unknown": 1})


@pytest.mark.real_server
def test_the_lines_say_what_the_report_says(ask: Any) -> None:
    """The fast way and the ordinary way give the same results, field by field."""
    words = ("203.0.113.5", "203.0.113.9", "203.0.113.77", "listed.example", "2001:db8::5")
    lines = [json.loads(line) for line in ask(*words, "-f", "json-lines", "--lang", "zh").out.splitlines()]
    report = json.loads(ask(*words, "-f", "json", "--lang", "zh").out)
    told = [{k: v for k, v in result.items() if k != "said"} for result in report["results"]]
    assert [result for line in lines for result in line["results"]] == told


@pytest.mark.real_server
def test_a_name_in_another_script_is_shown_as_people_write_it(ask: Any) -> None:
    """The A-label for machines, the U-label beside it."""
    report = json.loads(ask("B\u00fccher.example", "-f", "json").out)
    assert report["subject"]["domains"] == ["xn--bcher-kva.example"]
    assert report["subject"]["display"] == {"xn--bcher-kva.example": "b\u00fccher.example"}


@pytest.mark.real_server
@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("203.0.113.5",), 1),
        (("203.0.113.4",), 0),
        (("203.0.113.4", "--strict"), 3),
        (("203.0.113.5", "--fail-on", "never"), 0),
        (("203.0.113.4", "--lists", "refusing.test"), 3),
    ],
)
def test_exit_codes(ask: Any, words: tuple[str, ...], code: int) -> None:
    """Whether as lines or as a report."""
    for name in ("json-lines", "json"):
        assert ask(*words, "-f", name).code == code


@pytest.mark.real_server
def test_targets_from_a_file_and_from_standard_input(lists: str, catalogue: str, tmp_path: Path) -> None:
    """Comments and empty lines are skipped, a target named twice is asked once."""
    text = "# ours\n203.0.113.4  # first\n\n203.0.113.4\nlisted.example\n"
    (tmp_path / "targets").write_text(text)
    words = ("-f", "json-lines", "--resolver", lists, "--blocklists", catalogue)
    from_file = here("listings", "--targets", str(tmp_path / "targets"), *words)
    from_pipe = process("listings", "--targets", "-", *words, text_in=text)
    assert list(states(from_file)) == list(states(from_pipe)) == ["203.0.113.4", "listed.example"]


@pytest.mark.real_server
def test_a_resolver_that_invents_answers_is_named_once(lists: str, catalogue: str, tmp_path: Path) -> None:
    """A real resolver that rewrites NXDOMAIN: nothing through it counts, and one note says so."""
    extra = ('local-zone: "invalid." redirect', 'local-data: "invalid. 60 A 203.0.113.66"')
    with unbound(tmp_path, {"ip.test": lists}, extra) as resolver:
        ended = here("listings", "203.0.113.5", "203.0.113.4", "-f", "json-lines", "--lists", "ip.test",
                     "--resolver", resolver.address, "--blocklists", catalogue)  # fmt: skip
    assert {state for zones in states(ended).values() for state in zones.values()} == {"untrusted"}
    assert ended.err.count("invents answers") == 1
    assert resolver.address in ended.err
    assert ended.code == 3


@pytest.mark.real_server
def test_through_a_real_resolver(lists: str, catalogue: str, tmp_path: Path) -> None:
    """unbound in between, one list refused by it and one dead behind it."""
    extra = ('local-zone: "name.test." always_refuse',)
    with unbound(tmp_path, {"ip.test": lists, "refusing.test": lists}, extra) as resolver:
        ended = here("listings", "203.0.113.5", "listed.example", "-f", "json-lines", "--resolver", resolver.address,
                     "--blocklists", catalogue)  # fmt: skip
    found = states(ended)
    assert found["203.0.113.5"]["ip.test"] == "listed"
    assert found["listed.example"]["name.test"] == "unreachable"


@pytest.mark.parametrize("lists_asked", ["default", "all"])
def test_when_all_lists_are_silent_every_one_is_unreachable(lists_asked: str) -> None:
    """Not clean, not listed: could not tell. The shipped catalogue, and the run ends by itself."""
    with silent_port() as address:
        ended = here("listings", "203.0.113.5", "-f", "json-lines", "--resolver", address, "--timeout", "1", "--lists",
                     lists_asked)  # fmt: skip
    (zones,) = states(ended).values()
    assert set(zones.values()) <= {"unreachable", "not-applicable"}
    assert list(zones.values()).count("unreachable") >= 5
    assert ended.code == 3


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ("203.0.113.4\n\nnot a target\n", "line 3"),
        ("10.0.0.1\n", "line 1"),
        ("203.0.0.0/16\n", "at most 1024"),
        ("# nothing\n", "names no target"),
    ],
)
def test_a_bad_line_ends_the_run_before_any_question(lines: str, says: str, tmp_path: Path, counting: Any) -> None:
    """One sentence with the line's number, exit code 2."""
    (tmp_path / "targets").write_text(lines)
    ended = here("listings", "--targets", str(tmp_path / "targets"), "--resolver", counting.address)
    assert (ended.code, ended.out) == (2, "")
    assert says in ended.err
    assert len(ended.err.strip().splitlines()) == 1
    assert counting.asked == []


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--targets", "/does/not/exist"],
        ["192.168.1.1"],
        ["203.0.113.5", "--lists", "dnsbl.sorbs.net"],
        ["203.0.113.5", "--lists", "zen.spamhaus.ogr"],
        ["203.0.113.5", "-f", "jsonlines"],
    ],
)
def test_bad_words_are_one_sentence(words: list[str], counting: Any) -> None:
    """Exit code 2, nothing asked."""
    ended = here("listings", *words, "--resolver", counting.address)
    assert (ended.code, len(ended.err.strip().splitlines())) == (2, 1)
    assert counting.asked == []


@pytest.mark.real_server
def test_a_recorded_run_replays_to_the_same_lines(lists: str, catalogue: str, tmp_path: Path) -> None:
    """Without any network, the probe for a rewriting resolver included."""
    words = ("listings", "203.0.113.5", "listed.example", "-f", "json-lines", "--blocklists", catalogue)
    recorded = here(*words, "--resolver", lists, "--record", str(tmp_path / "run"))
    replayed = here(*words, "--replay", str(tmp_path / "run"))
    assert recorded.out == replayed.out
    assert recorded.code == replayed.code == 1


def test_the_second_run_of_a_day_asks_no_test_entry(catalogue: str) -> None:
    """What passed stays passed for this resolver; the subject is asked again."""
    asked: list[str] = []

    def replies(query: Query) -> list[Reply]:
        asked.append(query.name)
        return [Reply(answer(query, *([a("127.0.0.2")] if query.name.startswith("2.0.0.127.") else []), code=0))]

    with odd_server(replies) as server:
        words = (
            "listings",
            "203.0.113.5",
            "--lists",
            "ip.test",
            "--blocklists",
            catalogue,
            "--resolver",
            server.address,
        )
        assert here(*words).code == 0
        first = len(asked)
        assert here(*words).code == 0
    assert "2.0.0.127.ip.test" in asked[:first]
    assert sorted(name.partition(".")[2] if "invalid" in name else name for name in asked[first:]) == [
        "5.113.0.203.ip.test", "invalid",
    ]  # fmt: skip


@pytest.mark.real_server
def test_no_output_holds_a_key(lists: str, catalogue: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the format, and even when the keyed list fails."""
    key = "canary0key0canary0key0abcd"
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "keyed.toml").write_text(CATALOGUE.replace("default = true", 'default = true\nkey = "example"'))
    monkeypatch.setenv("REPUTATION_KEY_EXAMPLE", key)
    written = tmp_path / "written"
    for name in ("json", "json-lines", "table"):
        ended = here("listings", "203.0.113.5", "listed.example", "-f", name, "--resolver", lists, "--blocklists",
                     str(tmp_path / "own"), "-vv", "--record", str(written))  # fmt: skip
        assert ended.code in (0, 1, 3)
        assert key not in ended.out + ended.err
        assert key not in written.read_text("utf-8", "replace")
        written.unlink()
