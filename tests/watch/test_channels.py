"""From the configuration to the receiver: one digest per run and channel, and no alarm lost on the way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from tests.cli.command_line import here
from tests.servers import free_port
from tests.watch.world import World, configure, running, watch

IP = "203.0.113.5"
CANARY = "canary-4711-secret"
AT_ONCE = "confirmations = 1\n"


class Receiver(ThreadingHTTPServer):
    """Keeps what came; `hold` keeps a sender waiting until `release` is set."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.got: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        self.status, self.answer = 200, b'{"errcode": 0, "code": 0}'
        self.hold, self.arrived, self.release = False, threading.Event(), threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook/{CANARY}"


class Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        server: Any = self.server
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        server.got.append((self.path, {k.lower(): v for k, v in self.headers.items()}, body))
        server.arrived.set()
        if server.hold:
            server.release.wait(30)
            return
        self.send_response(server.status)
        self.send_header("content-length", str(len(server.answer)))
        self.end_headers()
        self.wfile.write(server.answer)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A receiver on a free port."""
    server = Receiver()
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield server
    server.release.set()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Two lists on loopback; the address is on one of them."""
    with running(tmp_path) as world:
        world.list(IP, "ip.test")
        yield world


@pytest.mark.parametrize("kind", ["webhook", "dingtalk", "wecom", "feishu", "slack"])
def test_each_kind_gets_one_digest_per_run(world: World, receiver: Receiver, tmp_path: Path, kind: str) -> None:
    """Two listings in one message, and nothing in the next run."""
    world.list("203.0.113.6", "ip.test")
    (tmp_path / "hook").write_text(receiver.url + "\n")
    (tmp_path / "key").write_text("SEC" + CANARY)
    configure(
        tmp_path, world,
        f'[watch]\ntargets = ["{IP}", "203.0.113.6"]\n{AT_ONCE}[[watch.channel]]\nkind = "{kind}"\nkeyword = "watch"\n'
        f'url_file = "{tmp_path / "hook"}"\nsecret_file = "{tmp_path / "key"}"\n',
    )  # fmt: skip
    ended = watch(tmp_path, "-v")
    watch(tmp_path)
    assert len(receiver.got) == 1
    text = json.dumps(receiver.got[0][2], ensure_ascii=False)
    assert IP in text.replace("\\", "") and "203.0.113.6" in text.replace("\\", "")
    assert CANARY not in ended.out + ended.err


@pytest.mark.parametrize("way", ["env", "credential", "value"])
def test_an_address_may_come_from_elsewhere(
    world: World, receiver: Receiver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """The environment, the credentials of a service manager, or the configuration itself."""
    (tmp_path / "credentials").mkdir()
    (tmp_path / "credentials" / "hook").write_text(receiver.url)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path / "credentials"))
    monkeypatch.setenv("HOOK", receiver.url)
    line = {"env": 'url_env = "HOOK"', "credential": 'url_credential = "hook"', "value": f'url = "{receiver.url}"'}[way]
    configure(tmp_path, world, f'[watch]\ntargets = ["{IP}"]\n{AT_ONCE}[[watch.channel]]\n{line}\n')
    watch(tmp_path)
    assert receiver.got[0][2]["events"][0]["kind"] == "listed"


def test_a_test_alert_says_who_took_it(world: World, receiver: Receiver, tmp_path: Path) -> None:
    """One channel takes it, one does not."""
    configure(
        tmp_path, world,
        f'[[watch.channel]]\nname = "good"\nurl = "{receiver.url}"\n'
        '[[watch.channel]]\nname = "down"\nurl = "http://127.0.0.1:9/"\n',
    )  # fmt: skip
    ended = watch(tmp_path, "--test-alert")
    assert ended.code == 1 and "good: taken" in ended.out and "down: not taken" in ended.out
    assert len(receiver.got) == 1


def test_a_receiver_that_is_down_gets_the_alarm_later(world: World, receiver: Receiver, tmp_path: Path) -> None:
    """500 twice, then 200: each try carries the same id; the back-off is waited for, and cron hears of it once."""
    state = tmp_path / "w.sqlite"
    configure(tmp_path, world, f'[watch]\ntargets = ["{IP}"]\nstate = "{state}"\n{AT_ONCE}'
              f'[[watch.channel]]\nname = "hook"\nurl = "{receiver.url}"\n')  # fmt: skip
    receiver.status = 500
    assert "did not take the message: it answered with HTTP status 500" in watch(tmp_path).err
    watch(tmp_path)
    assert len(receiver.got) == 1
    let_time_pass(state)
    assert watch(tmp_path).err == ""
    let_time_pass(state)
    assert "HTTP status 500" in watch(tmp_path, "-v").err
    receiver.status = 200
    let_time_pass(state)
    watch(tmp_path)
    watch(tmp_path)
    assert len(receiver.got) == 4
    assert len({headers["webhook-id"] for _, headers, _ in receiver.got}) == 1


@pytest.mark.parametrize(
    ("url", "answer", "reason"),
    [
        ("http://127.0.0.1:9/", b"", "connection refused"),
        ("", b'{"errcode": 310000, "errmsg": "sign not match"}', "sign not match"),
        ("", b'{"errcode": 310000, "errmsg": "canary-4711-secret is no token"}', "it answered ..."),
        ("", b"<html>", "it answered <html>"),
    ],
)
def test_why_a_channel_did_not_take_it_is_said(
    world: World, receiver: Receiver, tmp_path: Path, url: str, answer: bytes, reason: str
) -> None:
    """A robot's own words are passed on, unless they repeat what is secret."""
    receiver.answer = answer
    configure(tmp_path, world, f'[[watch.channel]]\nkind = "dingtalk"\nurl = "{url or receiver.url}"\n')
    ended = watch(tmp_path, "--test-alert")
    assert ended.code == 1 and "not taken: " in ended.out and reason in ended.out
    assert CANARY not in ended.out + ended.err


def let_time_pass(state: Path) -> None:
    """As if the back-off were over."""
    import sqlite3

    with sqlite3.connect(state) as db:
        db.execute("UPDATE outbox SET next_try = 0")
    db.close()


def test_an_alarm_survives_a_kill_between_writing_and_sending(world: World, receiver: Receiver, tmp_path: Path) -> None:
    """Killed while the receiver holds the line, the next run sends it again with the same id, and prints nothing."""
    state = tmp_path / "w.sqlite"
    configure(tmp_path, world, f'[watch]\ntargets = ["{IP}"]\nstate = "{state}"\n{AT_ONCE}'
              f'[[watch.channel]]\nurl = "{receiver.url}"\n')  # fmt: skip
    receiver.hold = True
    words = [sys.executable, "-m", "reputation", "watch", "--config", "reputation.toml"]
    with subprocess.Popen(words, cwd=tmp_path, stdout=subprocess.DEVNULL,
                          env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}) as process:  # fmt: skip
        assert receiver.arrived.wait(30)
        process.send_signal(signal.SIGKILL)
    receiver.hold = False
    receiver.release.set()
    watch(tmp_path)
    watch(tmp_path)
    assert len(receiver.got) == 2
    assert receiver.got[0][1]["webhook-id"] == receiver.got[1][1]["webhook-id"]


class Mailbox:
    """Keeps what is delivered to it; recipients in `unknown` do not exist."""

    def __init__(self) -> None:
        self.got: list[tuple[bool, list[str], Message]] = []
        self.unknown: set[str] = set()

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if address in self.unknown:
            return "550 5.1.1 no such user"
        envelope.rcpt_tos.append(address)
        return "250 fine"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        message = message_from_bytes(envelope.content, policy=default)
        self.got.append((session.ssl is not None, envelope.rcpt_tos, message))
        return "250 kept"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for localhost and its key, made for this run."""
    folder = tmp_path_factory.mktemp("tls")
    key, cert = folder / "key.pem", folder / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
         "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(cert)],
        check=True, capture_output=True,
    )  # fmt: skip
    return cert, key


def mail_channel(port: int, security: str, more: str = "") -> str:
    """A channel of the kind mail."""
    return (
        f'[[watch.channel]]\nname = "mail"\nkind = "mail"\nhost = "localhost"\nport = {port}\n'
        f'security = "{security}"\nfrom = "watch@shop.test"\nto = ["ops@shop.test", "boss@shop.test"]\n{more}\n'
    )  # fmt: skip


@pytest.mark.parametrize("security", ["none", "starttls"])
def test_mail_arrives_by_smtp(world: World, tmp_path: Path, certificate: tuple[Path, Path], security: str) -> None:
    """Both recipients, an automatic message, the Chinese subject readable, encrypted where asked."""
    import ssl

    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*certificate)
    box = Mailbox()
    secure = security == "starttls"
    tls = context if secure else None
    controller = Controller(box, hostname="127.0.0.1", port=(port := free_port()), tls_context=tls,
                            require_starttls=secure)  # fmt: skip
    controller.start()
    try:
        channel = mail_channel(port, security, f'ca_file = "{certificate[0]}"')
        configure(tmp_path, world, f'[watch]\ntargets = ["{IP}"]\n{AT_ONCE}{channel}')
        watch(tmp_path, "--lang", "zh")
        watch(tmp_path, "--lang", "zh")
    finally:
        controller.stop()
    ((encrypted, recipients, message),) = box.got
    assert encrypted is secure
    assert recipients == ["ops@shop.test", "boss@shop.test"]
    assert message["Auto-Submitted"] == "auto-generated" and message["From"] == "watch@shop.test"
    assert "1" in message["Subject"] and IP in message.get_content()  # type: ignore[attr-defined]


def test_a_mail_that_one_recipient_has_is_not_sent_again_for_the_other(world: World, tmp_path: Path) -> None:
    """Who has left the company is named once, and nobody gets the same alarm every hour."""
    box, state = Mailbox(), tmp_path / "w.sqlite"
    box.unknown = {"boss@shop.test"}
    controller = Controller(box, hostname="127.0.0.1", port=(port := free_port()))
    controller.start()
    try:
        configure(tmp_path, world, f'[watch]\ntargets = ["{IP}"]\nstate = "{state}"\n{AT_ONCE}'
                  f'{mail_channel(port, "none")}')  # fmt: skip
        first = watch(tmp_path).err
        let_time_pass(state)
        assert watch(tmp_path).err == ""
        box.unknown.add("ops@shop.test")
        refused = watch(tmp_path, "--test-alert")
    finally:
        controller.stop()
    assert "took the message, but the mail server refused boss@shop.test with 550" in first
    assert [recipients for _, recipients, _ in box.got] == [["ops@shop.test"]]
    assert refused.code == 1 and "not taken: the mail server refused ops@shop.test" in refused.out


def test_mail_to_a_server_without_a_trusted_certificate_is_not_sent(
    world: World, tmp_path: Path, certificate: tuple[Path, Path]
) -> None:
    """Rather late than readable by anybody."""
    import ssl

    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*certificate)
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=(port := free_port()), tls_context=context)
    controller.start()
    try:
        configure(tmp_path, world, f'[watch]\ntargets = ["{IP}"]\n{AT_ONCE}{mail_channel(port, "starttls")}')
        ended = watch(tmp_path)
    finally:
        controller.stop()
    assert box.got == [] and "its certificate is not trusted" in ended.err and IP in ended.out


def test_no_secret_is_kept_or_printed(world: World, receiver: Receiver, tmp_path: Path) -> None:
    """Not in the state, not on any stream, not with -vv, not in `config show`."""
    (tmp_path / "hook").write_text(receiver.url)
    configure(tmp_path, world, f'[watch]\ntargets = ["{IP}"]\nstate = "{tmp_path / "s" / "w.sqlite"}"\n{AT_ONCE}'
              f'[[watch.channel]]\nurl_file = "{tmp_path / "hook"}"\nsecret = "{CANARY}"\n')  # fmt: skip
    receiver.status = 500
    config = str(tmp_path / "reputation.toml")
    runs = [watch(tmp_path, "-vv"), watch(tmp_path, "--test-alert", "-vv"), here("config", "show", "--config", config)]
    written = "".join(run.out + run.err for run in runs)
    assert CANARY not in written
    assert all(CANARY.encode() not in file.read_bytes() for file in (tmp_path / "s").iterdir())


def test_anything_else_goes_by_apprise(world: World, receiver: Receiver, tmp_path: Path) -> None:
    """A JSON address of apprise that leads to the receiver."""
    pytest.importorskip("apprise")
    url = receiver.url.replace("http://", "json://")
    configure(tmp_path, world, f'[watch]\ntargets = ["{IP}"]\n{AT_ONCE}'
              f'[[watch.channel]]\nkind = "apprise"\nurl = "{url}"\n')  # fmt: skip
    assert watch(tmp_path).err == ""
    assert IP in json.dumps(receiver.got[0][2])
