"""MTA-STS policies and BIMI logos of a real HTTPS server with its own authority: what each oddity becomes, and that no
spelling of an address of this computer or its network is ever connected to."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reputation.checks.authentication import judge_domain
from reputation.gather.domain import DomainRequest, gather_domain
from reputation.gather.http import FetchRules, fetch
from reputation.gather.lookup import Lookup
from reputation.gather.practice import Fetch, with_practice
from reputation.gather.recorded_pages import fetch_of
from reputation.gather.recording import RecordingLookup, ReplayLookup, RunFacts
from reputation.model import Cause, Outcome, Result
from reputation.text import render
from tests.checks.test_authentication import HEALTHY
from tests.cli.command_line import here
from tests.fakes import FakeZone
from tests.servers.https import Authority, https_server, plays, trap

HOST = "mta-sts.example.com"
POLICY = b"version: STSv1\r\nmode: enforce\r\nmx: mx.example.com\r\nmax_age: 604800\r\n"
PLAYS = plays(POLICY, pause=0.05)
STS = {"_mta-sts.example.com": {"TXT": ["v=STSv1; id=20260101"]}, HOST: {"A": ["127.0.0.1"]}}
INVALID = ("a redirect", "404", "an endless body", "300 MB", "a packed bomb", "an undeclared packed bomb")
UNKNOWN = {
    "an endless header": Cause.MALFORMED_ANSWER,
    "a slow header": Cause.TIMEOUT,
    "a slow body": Cause.TIMEOUT,
}
SPELLINGS = [
    "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0x7f.1", "017700000001", "0177.0.0.1",
    "0177.1", "127.000.000.001", "127.0.0.1.", "0", "0.0.0.0", "00000000", "1", "localhost", "localhost.",
    "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]", "[fe80::1%25lo]", "[fc00::1]", "[fd00:ec2::254]", "169.254.169.254", "2852039166",
    "10.0.0.1", "172.16.0.1", "192.168.0.1", "100.64.0.1", "①②⑦.0.0.1", "127。0。0。1", "user@127.0.0.1",
    "example.com@127.0.0.1", "127.0.0.1#.example.com", "127.0.0.1%2eexample.com", "127.0.0.1\\.example.com",
]  # fmt: skip
ADDRESSES = [
    "127.0.0.1", "127.0.0.53", "127.255.255.254", "0.0.0.0", "0.0.0.1", "10.0.0.1", "10.255.255.255", "172.16.0.1",
    "172.31.255.255", "192.168.0.1", "192.168.255.255", "169.254.0.1", "169.254.169.254", "100.64.0.1",
    "100.127.255.255", "192.0.0.8", "192.0.2.2", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1",
    "239.255.255.255", "240.0.0.1", "255.255.255.255", "::1", "::", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::127.0.0.1", "64:ff9b:1::7f00:1", "2002:7f00:1::1",
    "2001:0:7f00:1::1", "fe80::1", "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1", "2001:db8::1", "2001:2::1",
    "3fff::1", "5f00::1", "192.0.0.171", "192.88.99.1",
]  # fmt: skip


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """One root for all."""
    return Authority(tmp_path_factory.mktemp("authority"))


def judged(zone: dict[str, Any], rules: FetchRules) -> dict[str, Result]:
    """The results by check, of the healthy sender with these records."""
    lookup = FakeZone({**HEALTHY, **zone})
    facts = gather_domain(lookup, DomainRequest(domain="example.com", practice=True))
    facts = with_practice(facts, lookup, lambda url, asking: fetch(url, asking, rules))
    return {result.check: result for result in judge_domain(facts)}


def sts(authority: Authority, certificate: Path, play: str, timeout: float = 5.0) -> Result:
    """What becomes of the policy. As in life, but loopback is permitted and our own root is trusted."""
    with https_server(certificate, PLAYS[play]) as port:
        rules = FetchRules(
            port=port, timeout=timeout, context=authority.context, permitted=lambda address: address.is_loopback
        )
        return judged(STS, rules)["mta-sts-invalid"]


def test_a_good_policy_passes(authority: Authority) -> None:
    """Over a certificate that fits."""
    assert sts(authority, authority.issue(HOST), "good").outcome is Outcome.PASS


@pytest.mark.parametrize("play", ["good", "404", "a slow header"])
def test_a_recorded_policy_is_judged_alike_without_a_network(authority: Authority, tmp_path: Path, play: str) -> None:
    """The server is gone when the run is repeated, by the same code and by `auth --replay`."""
    path, began = tmp_path / "run.jsonl", RunFacts("0.1.0", "2026-11-24T12:00:00+00:00", "x7k2p9")
    served = https_server(authority.issue(HOST), PLAYS[play])
    with RecordingLookup(FakeZone({**HEALTHY, **STS}), path, began) as recording, served as port:
        bounds = FetchRules(
            port=port, timeout=0.6, context=authority.context, permitted=lambda address: address.is_loopback
        )
        first = with_pages(recording, fetch_of(recording, lambda url, asking: fetch(url, asking, bounds)))
    replay = ReplayLookup(path)
    assert key(with_pages(replay, fetch_of(replay))) == key(first)
    report = here("auth", "example.com", "--replay", str(path), "-f", "json", "--no-second-opinion")
    (told,) = [one for one in json.loads(report.out)["results"] if one["check"] == "mta-sts-invalid"]
    assert (told["outcome"], told.get("cause")) == (first.outcome.value, first.cause and first.cause.value)


def with_pages(lookup: Lookup, fetching: Fetch) -> Result:
    """What becomes of the policy through this lookup."""
    facts = gather_domain(lookup, DomainRequest(domain="example.com", practice=True))
    (found,) = [one for one in judge_domain(with_practice(facts, lookup, fetching)) if one.check == "mta-sts-invalid"]
    return found


def key(result: Result) -> tuple[object, ...]:
    """What must not change."""
    return result.outcome, result.cause, render(result.message, "en")


@pytest.mark.parametrize("play", INVALID)
def test_a_policy_that_cannot_be_used_is_found(authority: Authority, play: str) -> None:
    """It was answered, so the fault is the domain's and not unknown; nothing is followed or unpacked."""
    result = sts(authority, authority.issue(HOST), play)
    assert result.outcome not in (Outcome.PASS, Outcome.UNKNOWN, Outcome.SKIPPED)


@pytest.mark.parametrize(
    ("host", "days"), [("www.example.com", (-1, 30)), (HOST, (-30, -1)), (HOST, (1, 30))],
    ids=["another name", "expired", "not yet valid"],
)  # fmt: skip
def test_a_certificate_that_does_not_hold_is_found(authority: Authority, host: str, days: tuple[int, int]) -> None:
    """Senders would refuse the policy as well, so it says so."""
    result = sts(authority, authority.issue(host, days), "good")
    assert result.outcome not in (Outcome.PASS, Outcome.UNKNOWN)
    assert "certificate" in str(result.message)


@pytest.mark.parametrize("play", UNKNOWN)
def test_a_policy_that_does_not_come_is_unknown(authority: Authority, play: str) -> None:
    """Slow or no HTTP at all: never said to be missing or wrong."""
    result = sts(authority, authority.issue(HOST), play, timeout=0.6)
    assert (result.outcome, result.cause) == (Outcome.UNKNOWN, UNKNOWN[play])


def test_no_spelling_of_an_address_of_this_computer_is_connected_to() -> None:
    """As the host of a BIMI logo, with and without a port; what resolves, resolves to loopback."""
    assert len(SPELLINGS) >= 40
    anywhere = {"localhost": {"A": ["127.0.0.1"]}, "1": {"A": ["127.0.0.1"]}}
    with trap() as (port, caught):
        for host in [*SPELLINGS, *(f"{spelling}:{port}" for spelling in SPELLINGS)]:
            zone = {"default._bimi.example.com": {"TXT": [f"v=BIMI1; l=https://{host}/logo.svg".encode()]}} | anywhere
            result = judged(zone, FetchRules(port=port, timeout=2))["bimi-invalid"]
            assert result.outcome is not Outcome.PASS, host
        assert caught == []


def test_no_name_that_leads_into_this_network_is_connected_to() -> None:
    """As an address of the MTA-STS host and of the logo's, alone and beside one of the open Internet."""
    assert len(ADDRESSES) >= 40
    logo = {"default._bimi.example.com": {"TXT": ["v=BIMI1; l=https://logo.example.com/logo.svg"]}}
    with trap() as (port, caught):
        for address in ADDRESSES:
            kind = "AAAA" if ":" in address else "A"
            for others in ({}, {"A": ["8.8.8.8"], "AAAA": ["2606:4700::1111"]}):
                table = {**others, kind: [*others.get(kind, ()), address]}
                zone = {**STS, HOST: table, "logo.example.com": table} | logo
                results = judged(zone, FetchRules(port=port, timeout=2))
                for check in ("mta-sts-invalid", "bimi-invalid"):
                    assert (results[check].outcome, results[check].cause) == (Outcome.UNKNOWN, Cause.REFUSED), address
        assert caught == []


class Rebinding(FakeZone):
    """Answers with an address of the open Internet first and with loopback from then on."""

    def __init__(self) -> None:
        super().__init__({**HEALTHY, **STS, HOST: {"A": ["198.41.0.4"]}})

    def ask_many(self, questions: Any, pace: Any = None) -> Any:
        answers = super().ask_many(questions, pace)
        if any(question.name == HOST for question in questions):
            self._zone[HOST] = {"A": ["127.0.0.1"]}
        return answers


def test_a_name_that_changes_its_address_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection goes to the address that was checked (here the guard of the tests stops it), never to another."""
    tried: list[object] = []

    def connecting(address: object, **_: object) -> None:
        tried.append(address)
        raise OSError

    monkeypatch.setattr("socket.create_connection", connecting)
    lookup = Rebinding()
    facts = gather_domain(lookup, DomainRequest(domain="example.com", practice=True))
    with_practice(facts, lookup, lambda url, asking: fetch(url, asking, replace(FetchRules(), timeout=1)))
    assert tried == [("198.41.0.4", 443)]
