"""The mail filters spamd and rspamd on loopback: local rules, no network, no Bayes.

with spamd(folder) as port: ...
with rspamd(folder) as port: ...
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.servers.processes import Server, free_port, needs, readable

_START_SECONDS = 60.0
_SPAMD_LOCAL = "dns_available no\nskip_rbl_checks 1\nuse_bayes 0\n"
_RSPAMD = """options {{
  pidfile = "{folder}/rspamd.pid"; cache_file = "{folder}/symbols.cache"; tempdir = "{folder}";
  filters = "chartable,dkim,regexp";
  dns {{ nameserver = ["127.0.0.1:{closed}"]; timeout = 0.1; retransmits = 1; }}
}}
logging {{ type = "console"; level = "error"; }}
worker "normal" {{ bind_socket = "127.0.0.1:{port}"; count = 1; }}
actions {{ reject = 15; add_header = 6; greylist = 4; }}
.include "/etc/rspamd/groups.conf"
lua = "/usr/share/rspamd/rules/rspamd.lua"
regexp {{}}
"""


@contextmanager
def spamd(folder: Path) -> Iterator[int]:
    """The port of SpamAssassin's server with Debian's rules."""
    binary, home, port = needs("spamd"), readable(folder), free_port()
    shutil.copytree("/etc/spamassassin", home / "etc")
    (home / "etc" / "local.cf").write_text(_SPAMD_LOCAL, "utf-8")
    command = [binary, "-x", "-L", f"--listen=127.0.0.1:{port}", "--max-children=1", "--min-children=1"]
    command += ["--syslog=stderr", "-C", "/usr/share/spamassassin", f"--siteconfigpath={home}/etc", "-H", str(home)]
    with _serving("spamd", home, port, command):
        yield port


@contextmanager
def rspamd(folder: Path) -> Iterator[int]:
    """The port of rspamd's worker with Debian's rules."""
    binary, home, port = needs("rspamd"), readable(folder), free_port()
    (home / "rspamd.conf").write_text(_RSPAMD.format(folder=home, port=port, closed=free_port()), "utf-8")
    variables = [f"--var={name}={home}" for name in ("DBDIR", "RUNDIR", "LOGDIR")]
    with _serving("rspamd", home, port, [binary, "-f", "-i", "-c", str(home / "rspamd.conf"), *variables]):
        yield port


@contextmanager
def _serving(name: str, home: Path, port: int, command: Sequence[str]) -> Iterator[None]:
    """The process of `command` from the first connection that it takes until the end of the block."""
    with (home / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=home, stdout=log, stderr=subprocess.STDOUT)
    server = Server(name, port, home, process)
    try:
        _wait(server)
        yield
    finally:
        server.stop()


def _wait(server: Server) -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and server.process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", server.port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"{server.name} does not listen:\n{server.log}")
