"""The helpers that start servers: what is not installed skips with a reason, and fails where CI says so."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tests.servers import closed_port, free_port, needs, rbldnsd, silent_port


def test_a_missing_server_skips_and_in_ci_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no-such-server is not installed"):
        needs("no-such-server")
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="CI must not skip"):
        needs("no-such-server")


def test_ports_are_what_they_say() -> None:
    with silent_port() as silent, socket.create_connection(("127.0.0.1", int(silent.rpartition(":")[2])), 5):
        pass
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", int(closed_port().rpartition(":")[2])), 5)
    assert free_port() > 1024


@pytest.mark.real_server
def test_a_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    with (
        pytest.raises(RuntimeError, match=r"(?s)rbldnsd does not answer.*nonsense"),
        rbldnsd(tmp_path, {"bl.test:nonsense": ""}),
    ):
        pass


@pytest.mark.real_server
def test_a_server_ends_with_its_block(tmp_path: Path) -> None:
    with rbldnsd(tmp_path, {"bl.test:ip4set": "127.0.0.2\n"}) as server:
        assert server.process.poll() is None
    assert server.process.poll() is not None
