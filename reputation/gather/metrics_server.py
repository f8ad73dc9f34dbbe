"""A small HTTP server for Prometheus: /metrics and /healthz, nothing else, on the address that the user names."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

from reputation.bad_input import BadInput
from reputation.text import say
from reputation.whole_number import whole_number

_IDLE_S: Final = 10.0
_VISITORS: Final = 20
_MISSED_ROUNDS: Final = 2.0


class MetricsServer:
    """What is served. `interval_s` is the time between two rounds: who misses two of them is not healthy."""

    def __init__(self, address: str, interval_s: float) -> None:
        self.address, self._interval_s = address, interval_s
        self._text, self._at = "", 0.0
        self._begun = time.monotonic()

    def show(self, text: str) -> None:
        """Serve this from now on."""
        self._text, self._at = text, time.monotonic()

    def answer(self, path: str) -> tuple[int, str]:
        """Status and body for a path."""
        if path == "/metrics":
            return 200, self._text
        if path == "/healthz":
            waiting = time.monotonic() - (self._at or self._begun)
            return (503, "stale\n") if waiting > _MISSED_ROUNDS * self._interval_s + 60 else (200, "ok\n")
        return 404, "not found\n"


@contextmanager
def metrics_server(address: str, interval_s: float) -> Iterator[MetricsServer]:
    """Serves until the end of the block. Raises BadInput for an address that cannot be used."""
    host, port = _parsed(address)
    served = MetricsServer(address, interval_s)
    try:
        server = _Server((host, port), type("Handler", (_Handler,), {"served": served}))
    except (OSError, OverflowError) as error:
        problem = getattr(error, "strerror", None) or str(error)
        raise BadInput(say("--serve {address}: {problem}", address=address, problem=problem)) from None
    served.address = f"{host}:{server.server_port}"
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.2,), daemon=True).start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()


def _parsed(address: str) -> tuple[str, int]:
    host, colon, port = address.rpartition(":")
    number = whole_number(port, 0, 65_535)
    if not colon or not host or number is None:
        raise BadInput(say("--serve {address}: expected HOST:PORT, such as 127.0.0.1:9211", address=address))
    return host.strip("[]"), number


class _Server(ThreadingHTTPServer):
    """At most so many visitors at a time; who comes on top is turned away at once."""

    request_queue_size = 128

    def __init__(self, *given: Any) -> None:
        self._places = threading.BoundedSemaphore(_VISITORS)
        super().__init__(*given)

    def process_request(self, request: Any, client_address: Any) -> None:
        """One visitor in a thread of its own."""
        if self._places.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answers, and gives the place back."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._places.release()


class _Handler(BaseHTTPRequestHandler):
    served: MetricsServer
    timeout = _IDLE_S
    server_version, sys_version = "reputation", ""

    def do_GET(self) -> None:
        """One page."""
        status, body = self.served.answer(self.path.partition("?")[0])
        data = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Silent: no address of a visitor is kept."""
