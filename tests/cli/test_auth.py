"""`reputation auth` against a real authoritative server, and what it answers to bad words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.command_line import here
from tests.servers.real import nsd

ZONE = """
@ IN MX 10 mx
mx IN A 203.0.113.6
@ IN TXT "v=spf1 ip4:203.0.113.5 include:_spf.sender.test -all exp=why.sender.test"
_spf IN TXT "v=spf1 ip4:198.51.100.0/24 -all"
why IN TXT "%{i} is not ours"
_dmarc IN TXT "v=DMARC1; p=reject; rua=mailto:dmarc@sender.test"
other IN TXT "v=spf1 ip4:203.0.113.9 -all"
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """ "host:port" of a server that knows sender.test."""
    with nsd(tmp_path_factory.mktemp("nsd"), {"sender.test": ZONE}) as one:
        yield one.address


def evaluation(server: str, *words: str) -> dict[str, object]:
    """The `spf` of the SPF result."""
    ended = here("auth", "sender.test", "--resolver", server, "-f", "json", *words)
    found = [result["spf"] for result in json.loads(ended.out)["results"] if "spf" in result]
    assert len(found) == 1
    return dict(found[0])


@pytest.mark.real_server
def test_spf_is_evaluated_for_the_address(server: str) -> None:
    """Pass through an include, fail with the owner's own explanation."""
    assert evaluation(server, "--ip", "198.51.100.7")["result"] == "pass"
    refused = evaluation(server, "--ip", "203.0.113.9")
    assert (refused["result"], refused["explanation"]) == ("fail", "203.0.113.9 is not ours")


@pytest.mark.real_server
def test_the_envelope_sender_decides_whose_record_is_read(server: str) -> None:
    """MAIL FROM of another domain; the empty one of a bounce takes the HELO name."""
    assert evaluation(server, "--ip", "203.0.113.9", "--mail-from", "news@other.sender.test")["result"] == "pass"
    assert evaluation(server, "--ip", "203.0.113.9", "--mail-from", "<>", "--helo", "other.sender.test")["result"] == (
        "pass"
    )


@pytest.mark.real_server
def test_a_fault_sets_the_exit_code(server: str) -> None:
    """DKIM is missing in this zone, and nothing else is."""
    ended = here("auth", "sender.test", "--resolver", server, "-f", "json")
    outcomes = {result["check"]: result["outcome"] for result in json.loads(ended.out)["results"]}
    assert ended.code == 1
    assert outcomes["dkim-missing"] == "fail"
    assert outcomes["spf-missing"] == outcomes["dmarc-missing"] == outcomes["mx-missing"] == "pass"


@pytest.mark.parametrize(
    "words",
    [
        ("auth", "no domain"),
        ("auth", "203.0.113.5"),
        ("auth", "example.com", "--ip", "10.0.0.1"),
        ("auth", "example.com", "--ip", "300.1.1.1"),
        ("auth", "example.com", "--selector", "a..b"),
        ("auth", "example.com", "--helo", "-"),
        ("auth", "example.com", "--mail-from", "a@b@"),
        ("auth",),
    ],
)
def test_bad_words_end_in_one_sentence_and_no_question(words: tuple[str, ...]) -> None:
    """Exit code 2, one line, before anything is asked."""
    ended = here(*words)
    assert (ended.code, ended.out) == (2, "")
    assert len(ended.err.splitlines()) == 1


@pytest.mark.real_server
def test_the_plan_goes_step_by_step_to_reject(server: str) -> None:
    """What is done, what comes now, what waits, each with its record."""
    ended = here("auth", "sender.test", "--resolver", server, "--plan", "-f", "json")
    plan = json.loads(ended.out)
    assert ended.code == 0
    assert [(step["step"], step["state"]) for step in plan["steps"]] == [
        ("spf", "done"),
        ("dkim", "now"),
        ("watch", "done"),
        ("read", "done"),
        ("quarantine", "done"),
        ("reject", "done"),
    ]
    assert plan["zone"] == "sender.test"


def test_a_plan_without_an_answer_says_so() -> None:
    """Exit code 3, and no step is called done or missing."""
    ended = here("auth", "sender.test", "--offline", "--plan", "-f", "json")
    assert ended.code == 3
    assert {step["state"] for step in json.loads(ended.out)["steps"]} == {"cannot-tell"}
    assert here("auth", "sender.test", "--offline", "--plan", "-f", "html").code == 2


@pytest.mark.real_server
def test_a_message_says_who_handed_it_over(server: str, tmp_path: Path) -> None:
    """The address of its Received headers is evaluated; a message without headers is a sentence, not an end."""
    file = tmp_path / "sent.eml"
    file.write_text(
        "Return-Path: <news@sender.test>\nReceived: from x ([203.0.113.5]) by mx.example.net; today\n"
        "From: sales@sender.test\nSubject: x\n\nhello\n"
    )
    ended = here("auth", "sender.test", "--resolver", server, "-f", "json", "--message", str(file))
    results = json.loads(ended.out)["results"]
    assert [(r["target"], r["spf"]["result"]) for r in results if "spf" in r] == [("203.0.113.5", "pass")]
    assert "dkim-signature-missing" in [r["check"] for r in results if r["outcome"] == "fail"]
    file.write_text("\nhello\n")
    ended = here("auth", "sender.test", "--resolver", server, "--message", str(file))
    assert ended.code in (0, 1)
    assert "no headers" in ended.out
