"""The UDP sockets of one exchange: connected, so that the kernel drops what comes from anyone else."""

from __future__ import annotations

import os
import selectors
import socket
from array import array
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Final, NamedTuple

from reputation.gather.dns.system import Server

_RECEIVE_BUFFER: Final = 1 << 20
_IDS_AT_ONCE: Final = 4_096


class Waiting(NamedTuple):
    """A question under way: its number, its packed form, the packet with its id, whom it went to first, and when."""

    number: int
    question: bytes
    packet: bytes
    server: int
    started: float


class Channel:
    """One socket to one server, and the questions that wait on it by id."""

    __slots__ = ("address", "pending", "receive", "send", "server", "socket")

    def __init__(self, connected: socket.socket, server: int, address: Server) -> None:
        self.socket = connected
        self.server = server
        self.address = address
        self.send: Callable[[bytes], int] = connected.send
        self.receive: Callable[[int], bytes] = connected.recv
        self.pending: dict[int, Waiting] = {}

    def deliver(self, packet: bytes) -> OSError | None:
        """Send, once more when the first call only reported an older error; returns that. The timer does the rest."""
        error: OSError | None = None
        for _ in range(2):
            try:
                self.send(packet)
                break
            except OSError as caught:
                error = caught
        return error


class RandomIds:
    """16-bit message ids that nobody can predict (RFC 5452 section 9.2), drawn by the thousand."""

    def __init__(self) -> None:
        self._ids = array("H")

    def unused(self, taken: dict[int, Waiting]) -> int:
        """An id that is not in `taken`."""
        while True:
            if not self._ids:
                self._ids.frombytes(os.urandom(2 * _IDS_AT_ONCE))
            ident = self._ids.pop()
            if ident not in taken:
                return ident


class Channels:
    """`sockets` channels to each server that can be reached at all; a context manager that closes them."""

    def __init__(self, servers: Sequence[Server], sockets: int) -> None:
        self.selector = selectors.DefaultSelector()
        self.of_server: list[list[Channel]] = []
        self.all: list[Channel] = []
        for server in servers:
            opened = [c for c in (_open(server, len(self.of_server)) for _ in range(sockets)) if c]
            if opened:
                self.of_server.append(opened)
                self.all += opened
        for channel in self.all:
            self.selector.register(channel.socket, selectors.EVENT_READ, channel)

    def __enter__(self) -> Channels:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.selector.close()
        for channel in self.all:
            channel.socket.close()


def _open(server: Server, number: int) -> Channel | None:
    """A connected socket, or None where the system knows no way to the server."""
    family = socket.AF_INET6 if ":" in server.host else socket.AF_INET
    try:
        opened = socket.socket(family, socket.SOCK_DGRAM)
    except OSError:
        return None
    try:
        opened.setblocking(False)
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _RECEIVE_BUFFER)
        opened.connect((server.host, server.port))
    except OSError:
        opened.close()
        return None
    return Channel(opened, number, server)
