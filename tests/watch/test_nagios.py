"""Plugin mode: status line, performance data, thresholds, and UNKNOWN with exit 3 for every failure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from reputation.bad_input import BadInput
from reputation.formats.columns import columns
from reputation.plugin_range import plugin_range
from tests.cli.command_line import Ended, here, process
from tests.servers import closed_port
from tests.watch.world import World, running

IP = "203.0.113.5"
PERFORMANCE = re.compile(
    r"servers=\d+;[-0-9.:@~]*;[-0-9.:@~]*;0 time=\d+\.\d\ds;;;0 unknown=\d+;;;0 lists=\d+;;;0"
)  # fmt: skip


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Two lists on loopback."""
    with running(tmp_path) as world:
        yield world


def plugin(world: World, folder: Path, *words: str, command: str = "listings") -> Ended:
    """One run as a monitoring system makes it."""
    asking = ("--resolver", world.address, "--blocklists", str(folder / "lists"), "--lang", "en")
    return here(command, *asking, *(() if command == "check-rbl" else ("-f", "nagios")), *words)


def looked_at(ended: Ended) -> tuple[int, str]:
    """Code and status line, after a look at the form of the whole."""
    head, bar, performance = ended.out.split("\n")[0].partition(" | ")
    assert bar and PERFORMANCE.fullmatch(performance), ended.out
    assert columns(head) < (161 if head.startswith("CHECK_RBL") else 80)
    assert all("|" not in line for line in ended.out.split("\n")[1:])
    assert ended.err == ""
    return ended.code, head


def test_the_four_states(world: World, tmp_path: Path) -> None:
    """OK, CRITICAL for a listing, UNKNOWN when no list answers, OK with a note when one of two does not."""
    assert looked_at(plugin(world, tmp_path, IP)) == (0, f"REPUTATION OK - {IP}: listed by 0 of 2")
    world.list(IP, "ip.test")
    assert looked_at(plugin(world, tmp_path, IP)) == (
        2, f"REPUTATION CRITICAL - {IP}: listed by 1 of 2, on ip.test"
    )  # fmt: skip
    world.delist(IP, "ip.test")
    world.blind.add("ip.test")
    assert looked_at(plugin(world, tmp_path, IP)) == (0, f"REPUTATION OK - {IP}: listed by 0 of 2, 1 not checked")
    assert looked_at(plugin(world, tmp_path, IP, "--strict"))[0] == 3
    world.blind.add("other.test")
    assert looked_at(plugin(world, tmp_path, IP)) == (3, f"REPUTATION UNKNOWN - {IP}: listed by 0 of 2, 2 not checked")


@pytest.mark.parametrize(
    ("limits", "code"),
    [(("-w", "0"), 1), (("-w", "0", "-c", "0"), 2), (("-w", "1", "-c", "5"), 0), (("-c", "2:"), 2), (("-c", "@1"), 2),
     (("-w", "@2:3"), 0), (("-w", "~:0"), 1)],
)  # fmt: skip
def test_thresholds_count_listings(world: World, tmp_path: Path, limits: tuple[str, ...], code: int) -> None:
    """One listing against ranges of every form."""
    world.list(IP, "other.test")
    ended = plugin(world, tmp_path, IP, *limits)
    assert looked_at(ended)[0] == code
    assert "servers=1;" in ended.out


@pytest.mark.parametrize(
    ("text", "alerts"),
    [
        ("10", [-1, 11, 21]), ("10:", [-1, 0, 9]), ("~:10", [11, 21]), ("10:20", [-1, 0, 9, 21]), ("@10:20", [10, 11]),
        ("0", [-1, 9, 10, 11, 21]), ("@0", [0]),
    ],
)  # fmt: skip
def test_ranges_are_read_as_the_guidelines_have_them(text: str, alerts: list[int]) -> None:
    """Alerts outside, with @ inside."""
    read = plugin_range("-w", text)
    assert [value for value in (-1, 0, 9, 10, 11, 21) if read.alerts(value)] == alerts


@pytest.mark.parametrize("text", ["", "a", "5:2", "@", "1:2:3", "1..2", "--", "½", "²", "٣"])
def test_a_range_that_is_none_is_refused(text: str) -> None:
    """Each with a sentence."""
    with pytest.raises(BadInput):
        plugin_range("-w", text)


def test_check_rbl_keeps_its_words_and_labels(world: World, tmp_path: Path) -> None:
    """The line that existing set-ups parse."""
    world.list(IP, "ip.test")
    code, head = looked_at(plugin(world, tmp_path, "-H", IP, "-t", "9", "-r", "4", command="check-rbl"))
    assert code == 2 and head.startswith(f"CHECK_RBL CRITICAL - {IP} BLACKLISTED on 1 server of 2 (ip.test (127.")
    code, head = looked_at(plugin(world, tmp_path, "-H", IP, "-s", "other.test", "-a", "see wiki", command="check-rbl"))
    assert (code, head) == (0, f"CHECK_RBL OK - {IP} BLACKLISTED on 0 servers of 1 see wiki")
    world.blind.add("other.test")
    _, head = looked_at(plugin(world, tmp_path, "-H", IP, command="check-rbl"))
    assert head == f"CHECK_RBL CRITICAL - {IP} BLACKLISTED on 1 server of 2, 1 not checked (ip.test (127.0.0.2))"


@pytest.mark.parametrize(
    ("limits", "code", "shown"),
    [
        ((), 2, "servers=1;0;0;0"), (("-w", "1", "-c", "1"), 2, "servers=1;0;0;0"),
        (("-w", "1", "-c", "5"), 1, "servers=1;0;4;0"), (("-w", "2", "-c", "3"), 0, "servers=1;1;2;0"),
        (("-w", "@1:2", "-c", "3"), 1, "servers=1;@1:2;2;0"),
    ],
)  # fmt: skip
def test_check_rbl_alerts_from_so_many_listings_on(
    world: World, tmp_path: Path, limits: tuple[str, ...], code: int, shown: str
) -> None:
    """Its -c 1 means "from one listing on"; read as a range of the guidelines it would stay silent."""
    world.list(IP, "ip.test")
    ended = plugin(world, tmp_path, "-H", IP, *limits, command="check-rbl")
    assert looked_at(ended)[0] == code and shown in ended.out


def test_check_rbl_takes_a_limit_that_no_number_of_lists_reaches(world: World, tmp_path: Path) -> None:
    world.list(IP, "ip.test")
    ended = plugin(world, tmp_path, "-H", IP, "-w", "9" * 5_000, "-c", "9" * 5_000, command="check-rbl")
    assert ended.code == 0 and "ValueError" not in ended.out


def test_check_rbl_counts_the_lists_that_are_meant_for_it_and_cuts_no_name(world: World, tmp_path: Path) -> None:
    """Many lists: as many as fit, and how many more; an address that no list takes was not asked about."""
    for zone in ("ip.test", "other.test"):
        world.list(IP, zone)
    _, head = looked_at(plugin(world, tmp_path, "-H", IP, "-a", "x" * 70, command="check-rbl"))
    assert head.endswith(f" BLACKLISTED on 2 servers of 2 (ip.test (127.0.0.2) +1) {'x' * 70}")
    code, head = looked_at(plugin(world, tmp_path, "2606:4700::1111"))
    assert code == 3 and "nothing was asked" in head


def test_check_rbl_tells_its_version(world: World, tmp_path: Path) -> None:
    """As every plugin does."""
    assert re.fullmatch(r"check_rbl \(reputation [\d.]+\)\n", here("check-rbl", "-V").out)


def test_check_rbl_looks_up_the_addresses_of_a_name(world: World, tmp_path: Path) -> None:
    """A host name is asked about by its addresses; -n names the resolver."""
    world.records["mx.shop.test"] = {"A": [IP]}
    world.list(IP, "ip.test")
    ended = here("check-rbl", "-n", world.address, "--blocklists", str(tmp_path / "lists"), "-H", "mx.shop.test")
    assert ended.code == 2 and IP in ended.out


FAILURES = [
    ["listings"], ["listings", "example"], ["listings", "10.0.0.1"], ["listings", "https://example.com"],
    ["listings", "203.0.113.0/8"], ["listings", "256.1.1.1"], ["listings", "--targets", "nowhere.txt"],
    ["listings", IP, "--lists", "nowhere.test"], ["listings", IP, "--lists", ","],
    ["listings", IP, "--resolver", "bad resolver"], ["listings", IP, "--blocklists", "nowhere"],
    ["listings", IP, "--timeout", "soon"], ["listings", IP, "--timeout", "-1"], ["listings", IP, "--no-such-option"],
    ["listings", IP, "--config", "nowhere.toml"], ["listings", IP, "--replay", "nowhere.jsonl"],
    ["listings", IP, "--record", "nowhere/at/all"], ["listings", IP, "--lang", "fr"],
    ["listings", IP, "--fail-on", "often"], ["listings", IP, "-w", "many"], ["listings", IP, "-c", "5:2"],
    ["listings", IP, "--color", "pink"], ["check"], ["check", "a@b@c"], ["check", IP, "--ip", "x"],
    ["check", "example.com", "--selector", "-"], ["check", "example.com", "--draft", "nowhere.eml"],
    ["chekc", "example.com"], ["listings", IP, "-w"], ["check-rbl"], ["check-rbl", "-H", "x"],
    ["check-rbl", "-H", IP, "-U", "a.example"], ["check-rbl", "-H", IP, "-t", "0"],
    ["check-rbl", "-H", IP, "-s", "nowhere.test"], ["check-rbl", "-H", IP, "--what"],
    ["check-rbl", "-H", IP, "--whitelistings"], ["check-rbl", "-H", IP, "--extra-opts=x@y"],
]  # fmt: skip


@pytest.mark.parametrize("words", FAILURES, ids=" ".join)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_failure_is_unknown_with_exit_3_and_one_line(
    words: list[str], language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A typing error must not page anybody as listed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REPUTATION_LANG", language)
    given = ["--resolver", f"127.0.0.1:{closed_port()}"] if "--resolver" not in words else []
    ended = here(*words[:1], *([] if words[0] == "check-rbl" else ["-f", "nagios"]), *given, *words[1:])
    assert ended.code == 3, ended
    name = "CHECK_RBL" if words[0] == "check-rbl" else "REPUTATION"
    assert re.fullmatch(name + r" UNKNOWN - [^\n|]+\n", ended.out), ended.out
    assert "Traceback" not in ended.err


def test_without_a_resolver_the_state_is_unknown(tmp_path: Path) -> None:
    """Nobody answers: no listing, no OK."""
    ended = process("listings", "-f", "nagios", IP, "--resolver", f"127.0.0.1:{closed_port()}", "--timeout", "3")
    assert ended.code == 3 and " UNKNOWN - " in ended.out
