"""What every test gets: no socket leaves the machine, and the user's own folders stay untouched."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

_real_connect = socket.socket.connect
_real_sendto = socket.socket.sendto


def _allowed(address: Any) -> bool:
    if not isinstance(address, tuple):
        return True  # a unix socket
    host = str(address[0])
    return host.startswith("127.") or host in ("::1", "localhost", "0.0.0.0", "::")


def _guarded_connect(self: socket.socket, address: Any) -> None:
    if not _allowed(address):
        raise AssertionError(f"a test tried to leave the machine: {address}")
    _real_connect(self, address)


def _guarded_sendto(self: socket.socket, data: bytes, *rest: Any) -> int:
    if not _allowed(rest[-1]):
        raise AssertionError(f"a test tried to leave the machine: {rest[-1]}")
    return _real_sendto(self, data, *rest)


@pytest.fixture(autouse=True)
def isolated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Sockets reach loopback only; cache, configuration and state are the test's own; no key or colour leaks in."""
    monkeypatch.setattr(socket.socket, "connect", _guarded_connect)
    monkeypatch.setattr(socket.socket, "sendto", _guarded_sendto)
    for name in [n for n in os.environ if n.startswith(("REPUTATION_", "XDG_"))]:
        monkeypatch.delenv(name)
    for name in ("CONFIG", "CACHE", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / "home" / name.lower()))
    for name in ("CACHE_DIRECTORY", "STATE_DIRECTORY", "CONFIGURATION_DIRECTORY", "CREDENTIALS_DIRECTORY"):
        monkeypatch.delenv(name, raising=False)
    yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests with real servers come first, so that a worker does not end with the slow ones."""
    items.sort(key=lambda item: item.get_closest_marker("real_server") is None)
