"""Real bounces of Exim, whose Status field says 5.0.0 for everything.

Debian does not install Exim beside Postfix, so its package is unpacked for the test. EXIM4 may name another binary.
"""

from __future__ import annotations

import smtplib
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from reputation import diagnose
from tests.bounces.exim_binary import exim_command
from tests.bounces.mail_servers import SENDER, Sink, sink
from tests.servers import free_port

CASES = {
    "550_5.1.1_user_unknown@sink.test": ("hard", "address"),
    "552_5.2.2_mailbox_full@sink.test": ("soft", "mailbox-full"),
    "421_4.7.0_too_many_messages@sink.test": ("soft", "rate"),
    "data_554_5.6.0_message_considered_spam@sink.test": ("block", "content"),
    "550_unknown_user@sink.test": ("hard", "address"),
    "nobody@local.test": ("hard", "address"),
    "anna@gone.test": ("hard", "domain"),
}
_CONFIG = """\
exim_path = {binary}
exim_user = nobody
exim_group = nogroup
daemon_smtp_ports = {port}
local_interfaces = <; 127.0.0.1
spool_directory = {kit}/spool
log_file_path = {kit}/log/%slog
pid_file_path = {kit}/exim.pid
primary_hostname = out.exim.test
acl_smtp_rcpt = all
keep_environment = LD_LIBRARY_PATH
begin acl
all:
  accept hosts = 127.0.0.1
begin routers
unknown:
  driver = redirect
  domains = local.test
  allow_fail
  data = :fail: unknown user
gone:
  driver = redirect
  domains = gone.test
  allow_fail
  data = :fail: Unrouteable address
back:
  driver = manualroute
  domains = dsn.test
  route_list = * 127.0.0.1
  transport = back
  self = send
far:
  driver = manualroute
  domains = sink.test
  route_list = * 127.0.0.1
  transport = far
  self = send
begin transports
far:
  driver = smtp
  port = {far}
  allow_localhost
back:
  driver = smtp
  port = {back}
  allow_localhost
begin retry
* * F,2s,1s
"""


@contextmanager
def exim(kit: Path) -> Iterator[tuple[int, Sink]]:
    """A running Exim: its port, and the sink that its bounces come back to."""
    start, binary = exim_command(kit / "unpacked")
    for folder in ("spool", "log"):
        (kit / folder).mkdir()
        (kit / folder).chmod(0o777)
    for parent in (kit, *kit.parents):
        if str(parent).startswith("/tmp/"):
            parent.chmod(0o755)
    with sink(20_000) as (_, far), sink(10_000_000) as (inbox, back):
        port = free_port()
        (kit / "exim.conf").write_text(_CONFIG.format(binary=binary, port=port, kit=kit, far=far, back=back))
        command = [*start, "-C", str(kit / "exim.conf"), "-bdf", "-q1s"]
        with (kit / "out.txt").open("wb") as out:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
        try:
            _wait_until_it_answers(port)
            yield port, inbox
        finally:
            process.terminate()
            process.wait(10)


def _wait_until_it_answers(port: int) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        try:
            smtplib.SMTP("127.0.0.1", port, timeout=2).quit()
            return
        except OSError:
            time.sleep(0.05)
    pytest.fail("exim did not answer")


@pytest.mark.real_server
def test_real_bounces_of_exim_are_understood(tmp_path: Path) -> None:
    with exim(tmp_path) as (port, inbox):
        for recipient in CASES:
            with smtplib.SMTP("127.0.0.1", port, timeout=10) as server:
                server.sendmail(SENDER, [recipient], f"From: {SENDER}\r\nSubject: price list\r\n\r\nhello\r\n")
        end = time.monotonic() + 40
        while len(inbox.received) < len(CASES) and time.monotonic() < end:
            time.sleep(0.05)
    found = {r.recipient: (r.verdict, r.reason) for raw in inbox.received for r in diagnose(raw).recipients}
    assert found == CASES
