"""The same question by TCP, for an answer that did not fit (RFC 7766), with an end to the waiting."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from reputation.gather.dns.channels import Waiting
from reputation.gather.dns.system import Server
from reputation.records.wire import answers_question

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

_MAX_CONNECTIONS: Final = 16
_MAX_ANSWERS: Final = 4  # foreign answers on one connection before it is given up


class TcpQuestions:
    """The questions of one exchange that are asked by TCP, beside the loop, in threads that end by themselves."""

    def __init__(self) -> None:
        self._pool: ThreadPoolExecutor | None = None
        self._futures: dict[int, Future[bytes | None]] = {}

    def __contains__(self, number: int) -> bool:
        return number in self._futures

    def ask(self, server: Server, waiting: Waiting, until: float) -> None:
        """Ask what `waiting` asked, of `server`."""
        from concurrent.futures import ThreadPoolExecutor  # 5 ms of import that few runs need

        if self._pool is None:
            self._pool = ThreadPoolExecutor(_MAX_CONNECTIONS)
        asked = self._pool.submit(ask_by_tcp, server, waiting.packet, waiting.question, until)
        self._futures[waiting.number] = asked

    def collect(self) -> Mapping[int, bytes | None]:
        """All answers by question number; waits for those under way."""
        answers = {number: future.result() for number, future in self._futures.items()}
        if self._pool is not None:
            self._pool.shutdown()
        return answers


def ask_by_tcp(server: Server, packet: bytes, question: bytes, until: float) -> bytes | None:
    """The answer to `packet`, or None when none came before `until` (time.monotonic)."""
    try:
        with socket.create_connection((server.host, server.port), _left(until)) as stream:
            stream.settimeout(_left(until))
            stream.sendall(len(packet).to_bytes(2, "big") + packet)
            for data in _messages(stream, until):
                if data[:2] == packet[:2] and answers_question(data, question):
                    return data
    except OSError:  # refused, reset, timed out
        return None
    return None


def _messages(stream: socket.socket, until: float) -> Iterator[bytes]:
    for _ in range(_MAX_ANSWERS):
        length = int.from_bytes(_read(stream, 2, until), "big")
        yield _read(stream, length, until)


def _read(stream: socket.socket, length: int, until: float) -> bytes:
    out = bytearray()
    while len(out) < length:
        stream.settimeout(_left(until))
        piece = stream.recv(length - len(out))
        if not piece:
            raise ConnectionResetError("closed in the middle of an answer")
        out += piece
    return bytes(out)


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError("the time for this question is over")
    return left
