"""The opinion of another filter: read when it answers, unknown in every other case."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from reputation.checks.second_filter import filter_result
from reputation.gather.second_filter import ask_filter
from reputation.model import Cause, Found, Outcome, Unknown

SPAMD = b"SPAMD/1.1 0 EX_OK\r\nContent-length: 30\r\nSpam: True ; 7.2 / 5.0\r\n\r\nDEAR_FRIEND,MISSING_SUBJECT\r\n"
RSPAMD = (
    b"HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n"
    b'{"score": 3.5, "required_score": 15.0, "symbols": {"A": {"score": 1.0}, "B": {"score": 2.5}, "C": {"score": -1}}}'
)


@contextmanager
def _server(answer: bytes) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            line, _ = listener.accept()
            with line:
                while line.recv(65_536):
                    pass
                line.sendall(answer)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield int(listener.getsockname()[1])
        thread.join(5)


@pytest.mark.parametrize(
    ("name", "answer", "points", "symbols"),
    [("spamassassin", SPAMD, 7.2, ("DEAR_FRIEND", "MISSING_SUBJECT")), ("rspamd", RSPAMD, 3.5, ("B", "A"))],
)
def test_reads_the_opinion(name: str, answer: bytes, points: float, symbols: tuple[str, ...]) -> None:
    with _server(answer) as port:
        observed = ask_filter(name, b"Subject: x\n\ny", port)
    assert isinstance(observed, Found)
    assert (observed.value.points, observed.value.symbols) == (points, symbols)
    assert filter_result(name, "a.eml", observed).outcome is Outcome.INFO


@pytest.mark.parametrize("name", ["spamassassin", "rspamd"])
@pytest.mark.parametrize("answer", [b"", b"nonsense", b"HTTP/1.0 200 OK\r\n\r\n[]", b'x\r\n\r\n{"score": "a"}'])
def test_nonsense_is_unknown(name: str, answer: bytes) -> None:
    with _server(answer) as port:
        observed = ask_filter(name, b"x", port)
    assert isinstance(observed, Unknown)
    assert observed.cause is Cause.MALFORMED_ANSWER


def test_an_absent_server_is_unknown_and_never_a_verdict() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = int(listener.getsockname()[1])
    observed = ask_filter("spamassassin", b"x", port, timeout=2)
    assert isinstance(observed, Unknown)
    assert filter_result("spamassassin", "a.eml", observed).outcome is Outcome.UNKNOWN
