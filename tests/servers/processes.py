"""Starting a server process, waiting for its first answer, and stopping it."""

from __future__ import annotations

import os
import random
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import dns.exception
import dns.message
import dns.query
import pytest

_SBIN = ("/usr/sbin", "/usr/local/sbin", "/sbin")
_START_SECONDS = 20.0


@dataclass
class Server:
    """A server that answers. `folder` holds its files; `log` is what it has written so far."""

    name: str
    port: int
    folder: Path
    process: subprocess.Popen[bytes]

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        return (self.folder / f"{self.name}.log").read_text("utf-8", "replace")

    def stop(self) -> None:
        """SIGTERM, then up to 10 seconds; stopping twice is fine."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def needs(binary: str) -> str:
    """The path of `binary`; skips the test without it, or fails it where CI=true."""
    found = shutil.which(binary, path=os.pathsep.join([os.environ.get("PATH", ""), *_SBIN]))
    if found:
        return found
    reason = f"{binary} is not installed"
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(f"{reason}, and CI must not skip", pytrace=False)
    pytest.skip(reason)


def bound_pair() -> tuple[socket.socket, socket.socket]:
    """A UDP and a TCP socket on one port of 127.0.0.1, below the ports that the system hands out to clients."""
    for _ in range(200):
        port = random.randrange(10_000, 32_000)
        udp, tcp = (socket.socket(socket.AF_INET, kind) for kind in (socket.SOCK_DGRAM, socket.SOCK_STREAM))
        try:
            udp.bind(("127.0.0.1", port))
            tcp.bind(("127.0.0.1", port))
            return udp, tcp
        except OSError:
            udp.close()
            tcp.close()
    raise RuntimeError("no free port")


def free_port() -> int:
    """A port above 1024 of 127.0.0.1 that neither UDP nor TCP uses now."""
    udp, tcp = bound_pair()
    with udp, tcp:
        return int(udp.getsockname()[1])


@contextmanager
def silent_port() -> Iterator[str]:
    """The address of a server that takes every question, by UDP and by TCP, and says nothing."""
    udp, tcp = bound_pair()
    with udp, tcp:
        tcp.listen(64)
        yield f"127.0.0.1:{udp.getsockname()[1]}"


def closed_port() -> str:
    """The address of a server that is down."""
    return f"127.0.0.1:{free_port()}"


@contextmanager
def running(name: str, folder: Path, port: int, command: Sequence[str], question: tuple[str, str]) -> Iterator[Server]:
    """The process of `command` from its first answer to `question` (name, type) until the end of the block."""
    folder.chmod(0o777)
    with (folder / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=subprocess.STDOUT)
    server = Server(name, port, folder, process)
    try:
        _wait(server, question)
        yield server
    finally:
        server.stop()


def _wait(server: Server, question: tuple[str, str]) -> None:
    message = dns.message.make_query(*question)
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until:
        if server.process.poll() is not None:
            break
        try:
            dns.query.udp(message, "127.0.0.1", timeout=0.1, port=server.port)
            return
        except (dns.exception.DNSException, OSError):
            time.sleep(0.01)
    raise RuntimeError(f"{server.name} does not answer {question}:\n{server.log}")


def readable(folder: Path) -> Path:
    """A fresh folder that a server without privileges can read and write, below `folder`."""
    for parent in [folder, *folder.parents][:4]:
        if parent.stat().st_uid == os.getuid() and parent != Path("/"):
            parent.chmod(parent.stat().st_mode | 0o055)
    made = folder / f"server-{len(list(folder.glob('server-*')))}"
    made.mkdir()
    made.chmod(0o777)
    return made
