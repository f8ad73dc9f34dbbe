"""A name server in a thread that sends what no real one would: forged, broken, late and endless answers.

    def replies(query: Query):
        yield Reply(forged(query))                 # at once
        yield Reply(answer(query, a("127.0.0.2")), after=0.05)

    with odd_server(replies) as server:
        Resolver([server.address]) ...
        server.asked                               # [Query(name, rdtype, tcp), ...] in order

`replies` is called for each question, by UDP and by TCP (`query.tcp`); no Reply is silence.
"""

from __future__ import annotations

import heapq
import selectors
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

from tests.servers.processes import bound_pair


class Query(NamedTuple):
    """One question: lower-case name without the final dot, type number, how it came, and its bytes."""

    name: str
    rdtype: int
    tcp: bool
    packet: bytes

    @property
    def question(self) -> bytes:
        """The question section as it came."""
        return self.packet[12 : 12 + len(self.name) + 2 + 4]


class Reply(NamedTuple):
    """A message to send `after` seconds; `elsewhere`: from another port than the one that was asked."""

    data: bytes
    after: float = 0.0
    elsewhere: bool = False


Replies = Callable[[Query], Iterable[Reply]]


def record(rdtype: int, rdata: bytes, owner: bytes = b"\xc0\x0c", ttl: int = 60) -> bytes:
    """One resource record; its owner is the name asked."""
    return owner + struct.pack("!HHIH", rdtype, 1, ttl, len(rdata)) + rdata


def a(address: str) -> bytes:
    """An A record of the name asked."""
    return record(1, socket.inet_aton(address))


def txt(*strings: bytes) -> bytes:
    """A TXT record of the name asked."""
    return record(16, b"".join(bytes((len(s),)) + s for s in strings))


def name(text: str) -> bytes:
    """A name, not compressed."""
    return b"".join(bytes((len(p),)) + p.encode() for p in text.split(".") if p) + b"\x00"


def answer(query: Query, *records: bytes, code: int = 0, truncated: bool = False) -> bytes:
    """A message from a recursive server with `records` in its answer section."""
    flags = 0x8180 | (0x0200 if truncated else 0) | code
    return query.packet[:2] + struct.pack("!HHHHH", flags, 1, len(records), 0, 0) + query.question + b"".join(records)


def wrong_id(data: bytes) -> bytes:
    """`data` under another id."""
    return bytes((data[0] ^ 1, data[1] ^ 0x80)) + data[2:]


def wrong_question(data: bytes) -> bytes:
    """`data` about another name of the same length."""
    out = bytearray(data)
    out[13] ^= 1
    return bytes(out)


@dataclass
class OddServer:
    """Where it listens and what it was asked."""

    port: int
    asked: list[Query] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"


@contextmanager
def odd_server(replies: Replies) -> Iterator[OddServer]:
    """A server that answers with `replies` until the end of the block."""
    udp, tcp = bound_pair()
    elsewhere = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    wake, waker = socket.socketpair()
    with udp, elsewhere, tcp, wake, waker:
        udp.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
        elsewhere.bind(("127.0.0.1", 0))
        tcp.listen(64)
        server = OddServer(udp.getsockname()[1])
        loop = _Loop(server, replies, udp, elsewhere)
        thread = threading.Thread(target=loop.run, args=(tcp, wake), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            waker.send(b"x")
            thread.join(10)
            loop.close()


class _Loop:
    def __init__(self, server: OddServer, replies: Replies, udp: socket.socket, elsewhere: socket.socket) -> None:
        self._server, self._replies, self._udp, self._elsewhere = server, replies, udp, elsewhere
        self._later: list[tuple[float, int, Callable[[], object]]] = []
        self._count = 0
        self._streams: dict[socket.socket, bytes] = {}
        self._selector = selectors.DefaultSelector()

    def run(self, tcp: socket.socket, wake: socket.socket) -> None:
        for watched in (self._udp, tcp, wake):
            self._selector.register(watched, selectors.EVENT_READ)
        while True:
            pause = None if not self._later else max(0.0, self._later[0][0] - time.monotonic())
            for key, _ in self._selector.select(pause):
                if key.fileobj is wake:
                    return
                self._read(key.fileobj, tcp)
            while self._later and self._later[0][0] <= time.monotonic():
                self._try(heapq.heappop(self._later)[2])

    def close(self) -> None:
        self._selector.close()
        for stream in self._streams:
            stream.close()

    def _read(self, ready: object, tcp: socket.socket) -> None:
        if ready is self._udp:
            packet, client = self._udp.recvfrom(4096)
            for reply in self._asked(packet, False):
                sender = self._elsewhere if reply.elsewhere else self._udp
                self._send(reply, lambda r=reply, s=sender: s.sendto(r.data, client))
        elif ready is tcp:
            stream, _ = tcp.accept()
            self._streams[stream] = b""
            self._selector.register(stream, selectors.EVENT_READ)
        else:
            assert isinstance(ready, socket.socket)
            self._read_stream(ready)

    def _read_stream(self, stream: socket.socket) -> None:
        try:
            piece = stream.recv(4096)
        except OSError:
            piece = b""
        if not piece:
            self._selector.unregister(stream)
            del self._streams[stream]
            stream.close()
            return
        buffer = self._streams[stream] + piece
        while len(buffer) >= 2 and len(buffer) >= 2 + int.from_bytes(buffer[:2], "big"):
            size = 2 + int.from_bytes(buffer[:2], "big")
            packet, buffer = buffer[2:size], buffer[size:]
            for reply in self._asked(packet, True):
                data = len(reply.data).to_bytes(2, "big") + reply.data
                self._send(reply, lambda d=data: stream.sendall(d))
        self._streams[stream] = buffer

    def _asked(self, packet: bytes, tcp: bool) -> Iterable[Reply]:
        labels, position = [], 12
        while packet[position]:
            labels.append(packet[position + 1 : position + 1 + packet[position]].decode("latin-1").lower())
            position += packet[position] + 1
        query = Query(".".join(labels), int.from_bytes(packet[position + 1 : position + 3], "big"), tcp, packet)
        self._server.asked.append(query)
        return list(self._replies(query))

    def _send(self, reply: Reply, action: Callable[[], object]) -> None:
        if not reply.after:
            self._try(action)
            return
        self._count += 1
        heapq.heappush(self._later, (time.monotonic() + reply.after, self._count, action))

    @staticmethod
    def _try(action: Callable[[], object]) -> None:
        try:
            action()
        except OSError:
            return
