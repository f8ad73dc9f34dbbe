"""A real Postfix on loopback that makes real bounces, and the sinks that it talks to."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import smtplib
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.servers import closed_port, free_port, needs

SENDER = "me@dsn.test"
_START_SECONDS = 20.0
_MASTER = """\
127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 1 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
local unix - n n - - local
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""
_MAIN = """\
compatibility_level = 3.6
queue_directory = {kit}/spool
data_directory = {kit}/data
mail_spool_directory = {kit}/mail
daemon_directory = {daemons}
command_directory = /usr/sbin
myhostname = mx.kit.test
mydestination = kit.test
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
alias_maps =
alias_database =
local_recipient_maps =
smtpd_relay_restrictions = permit_mynetworks, reject
smtp_dns_support_level = {lookups}
maillog_file = {kit}/log/mail.log
maillog_file_prefixes = {kit}
transport_maps = inline:{{ {{ sink.test = smtp:[127.0.0.1]:{sink} }}, {{ dsn.test = smtp:[127.0.0.1]:{inbox} }}, {{ closed.test = smtp:[127.0.0.1]:{closed} }} }}
bounce_queue_lifetime = 4s
maximal_queue_lifetime = 4s
minimal_backoff_time = 1s
maximal_backoff_time = 1s
queue_run_delay = 1s
mailbox_size_limit = 0
message_size_limit = 1000000
"""  # noqa: E501


@dataclass
class Sink:
    """An SMTP server that answers what the local part says: 550_5.1.1_user_unknown@sink.test."""

    received: list[bytes] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 - the name is aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        local = address.partition("@")[0]
        if local[:1] in "45" and local[:3].isdigit():
            return local.replace("_", " ")
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        local = (envelope.rcpt_tos or [""])[0].partition("@")[0]
        if local.startswith("data_"):
            return local.removeprefix("data_").replace("_", " ")
        self.received.append(bytes(envelope.content or b""))
        return "250 OK"


@contextmanager
def sink(size_limit: int) -> Iterator[tuple[Sink, int]]:
    """A running sink and its port; it refuses messages above `size_limit` bytes."""
    handler = Sink()
    port = free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port, data_size_limit=size_limit)
    controller.start()
    try:
        yield handler, port
    finally:
        controller.stop()


@dataclass
class Postfix:
    """A running Postfix. `inbox` collects what it returns to SENDER."""

    port: int
    inbox: Sink
    log: Path

    def send(self, recipient: str, size: int = 200) -> None:
        """Hands a message to Postfix by SMTP."""
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = SENDER, recipient, "price list 2026"
        message.set_content("x" * 70 + "\n" if size < 100 else ("x" * 70 + "\n") * (size // 71))
        with smtplib.SMTP("127.0.0.1", self.port, timeout=10) as server:
            server.sendmail(SENDER, [recipient], message.as_bytes())

    def wait_for(self, count: int, seconds: float = 40.0) -> list[bytes]:
        """The returned messages, once there are `count` of them."""
        end = time.monotonic() + seconds
        while len(self.inbox.received) < count and time.monotonic() < end:
            time.sleep(0.05)
        return list(self.inbox.received)


@contextmanager
def postfix(kit: Path, *, lookups: str = "disabled") -> Iterator[Postfix]:
    """Postfix in the foreground from its own folder; skips without the binary or without root (in CI it fails).

    With `lookups` "enabled" it asks the name server of /etc/resolv.conf where the mail of a domain goes.
    """
    binary = needs("postfix")
    if os.geteuid() != 0:
        if os.environ.get("CI") == "true":
            pytest.fail("postfix starts only as root")
        pytest.skip("postfix starts only as root")
    with sink(20_000) as (_, sink_port), sink(10_000_000) as (inbox, inbox_port):
        port = free_port()
        ports = {"sink": sink_port, "inbox": inbox_port, "closed": closed_port().rpartition(":")[2]}
        _configure(kit, port, {**ports, "lookups": lookups})
        process = subprocess.Popen(
            [binary, "-c", str(kit / "etc"), "start-fg"], stdin=subprocess.DEVNULL,
            stdout=(kit / "out.txt").open("wb"), stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            _wait_until_it_answers(port, kit)
            yield Postfix(port, inbox, kit / "log" / "mail.log")
        finally:
            _stop(kit, process)


def _configure(kit: Path, port: int, values: dict[str, Any]) -> None:
    for folder in ("etc", "spool", "data", "mail", "log"):
        (kit / folder).mkdir()
    kit.chmod(0o755)
    for parent in kit.parents:
        if str(parent).startswith("/tmp/"):
            parent.chmod(0o755)
    (kit / "mail").chmod(0o777)
    user = pwd.getpwnam("postfix")
    os.chown(kit / "data", user.pw_uid, user.pw_gid)
    daemons = next(d for d in ("/usr/lib/postfix/sbin", "/usr/libexec/postfix") if Path(d).exists())
    (kit / "etc" / "main.cf").write_text(_MAIN.format(kit=kit, daemons=daemons, **values))
    (kit / "etc" / "master.cf").write_text(_MASTER.format(port=port))
    source = Path("/etc/postfix/dynamicmaps.cf")
    if source.exists():
        shutil.copy(source, kit / "etc" / "dynamicmaps.cf")


def _wait_until_it_answers(port: int, kit: Path) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end:
        try:
            with smtplib.SMTP("127.0.0.1", port, timeout=2):
                return
        except (OSError, smtplib.SMTPException):
            time.sleep(0.05)
    pytest.fail(f"postfix did not answer: {(kit / 'out.txt').read_text()[-1500:]}")


def _stop(kit: Path, process: subprocess.Popen[bytes]) -> None:
    pid_file = kit / "spool" / "pid" / "master.pid"
    if pid_file.exists():
        with contextlib.suppress(ProcessLookupError):
            os.kill(int(pid_file.read_text()), signal.SIGTERM)
    else:
        process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
