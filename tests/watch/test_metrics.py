"""Prometheus: what promtool accepts, what an unknown leaves out, the textfile and the endpoint."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from reputation.formats.prometheus import MetricRun, MetricTarget, exposition
from reputation.gather.metrics_server import metrics_server
from reputation.model import Area, Cause, Outcome, Result, Score
from reputation.text import say
from tests.cli.command_line import here
from tests.servers import needs
from tests.watch.world import World, configure, running, watch

IP = "203.0.113.5"
RUN = MetricRun(at=1_800_000_000.0, duration_s=0.5, success_at=1_800_000_000.0, lists=2, luzilla=True)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Two lists on loopback."""
    with running(tmp_path) as world:
        yield world


def promtool(text: str) -> str:
    """What promtool complains about; nothing when it accepts the text."""
    done = subprocess.run(
        [needs("promtool"), "check", "metrics"], input=text, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr if done.returncode else ""


def samples(text: str) -> dict[str, float]:
    """Name with labels -> value."""
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def test_watch_writes_a_textfile_that_others_may_read(world: World, tmp_path: Path) -> None:
    """Mode 0644, no other file left, a final line end, and the values of what was seen."""
    file = tmp_path / "textfile" / "reputation.prom"
    file.parent.mkdir()
    configure(tmp_path, world, f'[watch]\ntargets = ["{IP}"]\nmetrics = "{file}"\nluzilla = true\nconfirmations = 1\n')
    world.list(IP, "ip.test")
    world.blind.add("other.test")
    mask = os.umask(0o077)
    try:
        watch(tmp_path)
    finally:
        os.umask(mask)
    assert stat.S_IMODE(file.stat().st_mode) == 0o644
    assert [path.name for path in file.parent.iterdir()] == ["reputation.prom"]
    text = file.read_text()
    assert text.endswith("\n")
    found = samples(text)
    assert found[f'reputation_blocklist_listed{{target="{IP}",kind="ip",list="ip.test"}}'] == 1
    assert f'reputation_blocklist_listed{{target="{IP}",kind="ip",list="other.test"}}' not in found
    assert found[f'reputation_blocklist_check_success{{target="{IP}",list="other.test"}}'] == 0
    assert found[f'luzilla_rbls_errors{{rbl="other.test",ip="{IP}",hostname="{IP}"}}'] == 1
    assert found[f'luzilla_rbls_ips_blacklisted{{rbl="other.test",ip="{IP}",hostname="{IP}"}}'] == 0
    since = f'reputation_blocklist_listed_since_timestamp_seconds{{target="{IP}",list="ip.test"}}'
    assert found[since] <= found["reputation_last_run_timestamp_seconds"]


@pytest.mark.real_server
def test_promtool_accepts_every_form(world: World, tmp_path: Path) -> None:
    """A report of a domain, of a block, and the textfile with the names of dnsbl_exporter."""
    world.records |= {"shop.test": {"TXT": ["v=spf1 ip4:203.0.113.5 -all"], "MX": ["10 mx.shop.test."], "A": [IP]}}
    asking = ("--resolver", world.address, "--blocklists", str(tmp_path / "lists"), "-f", "prometheus")
    for words in (("check", "shop.test"), ("listings", "203.0.113.0/29"), ("listings", IP, "shop.test")):
        out = here(*words, *asking).out
        assert promtool(out) == "", out
        assert "reputation_build_info" in out
    configure(tmp_path, world, '[watch]\ntargets = ["203.0.113.0/29", "shop.test"]\nluzilla = true\n')
    watch(tmp_path, "--metrics", str(tmp_path / "all.prom"))
    text = (tmp_path / "all.prom").read_text()
    complaints = [line for line in promtool(text).splitlines() if "luzilla" not in line and "exited" not in line]
    assert complaints == [], text


@pytest.mark.real_server
def test_hostile_names_stay_labels(tmp_path: Path) -> None:
    """Quotes, backslashes and line ends in 200 names: promtool reads as many series as were made."""
    names = [f'a"b\\c\nd{{e}}{n}\u202e\x00é' for n in range(200)]
    targets = [MetricTarget(name=name, results=(_result(Outcome.PASS, name),), score=Score(None, {})) for name in names]
    text = exposition(targets, MetricRun(at=1.0, duration_s=1.0, success_at=None, lists=1))
    assert promtool(text) == ""
    assert sum(line.startswith("reputation_blocklist_check_success{") for line in text.split("\n")) == 200


def test_what_a_channel_did_not_take_is_counted(world: World, tmp_path: Path) -> None:
    """The warning is said once; the number stays until the channel is back."""
    file = tmp_path / "r.prom"
    configure(tmp_path, world, f'[watch]\ntargets = ["{IP}"]\nmetrics = "{file}"\nconfirmations = 1\n'
              '[[watch.channel]]\nname = "hook"\nurl = "http://127.0.0.1:9/"\n')  # fmt: skip
    watch(tmp_path)
    assert samples(file.read_text())['reputation_alarms_waiting{channel="hook"}'] == 0
    world.list(IP, "ip.test")
    for _ in range(2):
        watch(tmp_path)
        assert samples(file.read_text())['reputation_alarms_waiting{channel="hook"}'] == 1
    assert promtool(file.read_text()) == ""


def test_the_last_success_stays_when_nobody_answers(world: World, tmp_path: Path) -> None:
    """An alert on its age needs the sample on the very day on which it matters."""
    file, name = tmp_path / "r.prom", "reputation_last_success_timestamp_seconds"
    configure(tmp_path, world, f'[watch]\ntargets = ["{IP}"]\nmetrics = "{file}"\nstate = "{tmp_path / "w.sqlite"}"\n')
    world.blind |= {"ip.test", "other.test"}
    watch(tmp_path)
    assert name not in samples(file.read_text())
    world.blind.clear()
    watch(tmp_path)
    success = samples(file.read_text())[name]
    world.blind |= {"ip.test", "other.test"}
    watch(tmp_path)
    now = samples(file.read_text())
    assert now[name] == success < now["reputation_last_run_timestamp_seconds"]


def _result(outcome: Outcome, target: str, zone: str = "ip.test") -> Result:
    state = {Outcome.PASS: "clean", Outcome.FAIL: "listed"}.get(outcome, "refused")
    return Result(
        check="blocklist-listing", area=Area.LISTING, target=target, outcome=outcome, message=say("x"),
        cause=Cause.REFUSED if outcome is Outcome.UNKNOWN else None, details={"zone": zone, "state": state},
    )  # fmt: skip


def test_an_answer_never_becomes_a_label() -> None:
    """Addresses that only SPF named count for the domain; the series are the same whatever was answered."""
    seen = []
    for outcome in (Outcome.PASS, Outcome.FAIL):
        results = tuple(_result(outcome, ip) for ip in ("198.51.100.1", "198.51.100.2"))
        text = exposition([MetricTarget(name="shop.test", results=results, score=Score(None, {}))], RUN)
        seen.append(set(samples(text)))
        assert "198.51.100" not in text
    assert seen[0] == seen[1]


def test_a_pair_of_name_and_labels_appears_once() -> None:
    """Several addresses behind one target, and the same target twice."""
    results = (_result(Outcome.PASS, "a"), _result(Outcome.UNKNOWN, "b"), _result(Outcome.FAIL, "c"))
    target = MetricTarget(name="shop.test", results=results, score=Score(None, {}))
    lines = [line.rpartition(" ")[0] for line in exposition([target, target], RUN).splitlines() if line[0] != "#"]
    assert len(lines) == len(set(lines))


def test_the_endpoint_serves_metrics_and_health(world: World, tmp_path: Path) -> None:
    """A watch that serves: the address is said on stderr, and nothing but the two paths is there."""
    configure(tmp_path, world, f'[watch]\ntargets = ["{IP}"]\n')
    words = [sys.executable, "-m", "reputation", "watch", "--config", "reputation.toml", "--serve", "127.0.0.1:0",
             "--interval", "3600", "--metrics", "done.prom"]  # fmt: skip
    with subprocess.Popen(words, cwd=tmp_path, stderr=subprocess.PIPE, text=True,
                          env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}) as process:  # fmt: skip
        assert process.stderr is not None
        try:
            found = re.search(r"127\.0\.0\.1:\d+", process.stderr.readline())
            assert found
            address = f"http://{found.group()}"
            assert fetched(f"{address}/healthz") == (200, "ok\n")
            assert fetched(f"{address}/elsewhere")[0] == 404
            while not (tmp_path / "done.prom").exists() and process.poll() is None:
                fetched(f"{address}/healthz")
            status, text = fetched(f"{address}/metrics")
        finally:
            process.terminate()
    assert status == 200 and samples(text)["reputation_blocklists_configured"] == 2


def test_health_ends_when_no_round_does(tmp_path: Path) -> None:
    """A server whose watchman missed its rounds says so."""
    with metrics_server("127.0.0.1:0", -40.0) as server:
        assert server.answer("/healthz")[0] == 503
        assert fetched(f"http://{server.address}/metrics?x=1") == (200, "")


@pytest.mark.parametrize("address", ["here", "127.0.0.1", "127.0.0.1:x", "127.0.0.1:99999", ":1", "192.0.2.1:9"])
def test_an_address_that_cannot_be_served_is_one_sentence(world: World, tmp_path: Path, address: str) -> None:
    """Exit 2 before anything is asked."""
    configure(tmp_path, world, f'[watch]\ntargets = ["{IP}"]\n')
    ended = watch(tmp_path, "--serve", address)
    assert (ended.code, ended.out) == (2, "") and "--serve" in ended.err


def fetched(url: str) -> tuple[int, str]:
    """Status and body."""
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, ""


def test_metrics_of_a_saved_report_are_the_same(world: World, tmp_path: Path) -> None:
    """`report` makes metrics out of a saved result."""
    saved = tmp_path / "saved.json"
    here("listings", IP, "--resolver", world.address, "--blocklists", str(tmp_path / "lists"), "-f", f"json={saved}")
    assert json.loads(saved.read_text())["schema_version"] == 1
    text = here("report", str(saved), "-f", "prometheus").out
    assert samples(text)[f'reputation_blocklist_listed{{target="{IP}",kind="ip",list="ip.test"}}'] == 0


def test_a_flood_of_visitors_is_bounded(tmp_path: Path) -> None:
    """100 connections that say nothing: few threads, and served again as soon as they are gone."""
    import socket
    import threading

    before = threading.active_count()
    with metrics_server("127.0.0.1:0", 60.0) as server:
        host, _, port = server.address.rpartition(":")
        visitors = [socket.create_connection((host, int(port)), timeout=5) for _ in range(100)]
        assert threading.active_count() - before <= 25
        for visitor in visitors:
            visitor.close()
        status = 0
        while status != 200:  # the threads of those who left end one after the other
            try:
                status = fetched(f"http://{server.address}/healthz")[0]
            except OSError:
                continue
