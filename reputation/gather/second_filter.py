"""Asks a SpamAssassin (spamd) or rspamd on this machine for its opinion of a draft.

spamd speaks its own protocol (SPAMC/1.2, command SYMBOLS) on port 783; rspamd answers POST /checkv2 on port 11333. Only
loopback is asked: a draft is nobody else's business. Every failure is Unknown.
"""

from __future__ import annotations

import json
import math
import re
import socket
import time
from collections.abc import Callable
from typing import Any

from reputation.facts.second_filter import FilterOpinion
from reputation.model import Cause, Found, Observed, Unknown
from reputation.text import say

PORTS = {"spamassassin": 783, "rspamd": 11333}
_LIMIT = 1024 * 1024
_SPAM = re.compile(rb"Spam: (?:True|False|Yes|No) ; (-?[0-9.]{1,10}) / (-?[0-9.]{1,10})")


class LocalFilter:
    """A filter of one run, as `ask_filter`. The first draft that it leaves waiting is the last that it is given."""

    def __init__(self, name: str, port: int = 0, timeout: float = 20.0) -> None:
        self.name = name
        self._port, self._timeout = port, timeout
        self._gone: Unknown | None = None

    def opinion(self, raw: bytes) -> Observed[FilterOpinion]:
        """Its opinion of one draft; unknown at once where it was silent or not there before."""
        if self._gone is not None:
            return self._gone
        observed = ask_filter(self.name, raw, self._port, self._timeout)
        if isinstance(observed, Unknown) and observed.cause in (Cause.TIMEOUT, Cause.REFUSED):
            self._gone = observed._replace(detail=say("it was not asked again after an earlier draft"))
        return observed


def ask_filter(name: str, raw: bytes, port: int = 0, timeout: float = 20.0) -> Observed[FilterOpinion]:
    """The opinion of `name` ("spamassassin" or "rspamd"); `timeout` is in seconds, from the call to the last byte."""
    asked = port or PORTS[name]
    source = f"{name} 127.0.0.1:{asked}"
    speak, read = _TALK[name]
    try:
        opinion = read(_exchange(asked, speak(raw), timeout))
    except TimeoutError:
        return Unknown(Cause.TIMEOUT, source)
    except OSError:
        return Unknown(Cause.REFUSED, source)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        return Unknown(Cause.MALFORMED_ANSWER, source)
    return Found(opinion, source)


def _exchange(port: int, question: bytes, timeout: float) -> bytes:
    """All that is answered until the server closes. Our side stays open: rspamd drops a client that closes its half."""
    end = time.monotonic() + timeout
    answer = bytearray()
    with socket.create_connection(("127.0.0.1", port), timeout=timeout) as line:
        try:
            line.settimeout(_left(end))
            line.sendall(question)
            while len(answer) < _LIMIT:
                line.settimeout(_left(end))
                piece = line.recv(65_536)
                if not piece:
                    break
                answer += piece
        except ConnectionError as error:
            raise ValueError("it broke off") from error
    return bytes(answer)


def _left(end: float) -> float:
    """The seconds until `end`. TimeoutError when there are none, though the next byte may already be there."""
    seconds = end - time.monotonic()
    if seconds <= 0:
        raise TimeoutError
    return seconds


def _to_spamd(raw: bytes) -> bytes:
    return b"SYMBOLS SPAMC/1.2\r\nContent-length: %d\r\n\r\n" % len(raw) + raw


def _from_spamd(answer: bytes) -> FilterOpinion:
    match = _SPAM.search(answer)
    if match is None or not re.match(rb"SPAMD/[0-9.]{1,9} 0 ", answer):
        raise ValueError("no opinion in the answer")
    symbols = answer.partition(b"\r\n\r\n")[2].decode("ascii", "replace").strip()
    names = tuple(name.strip() for name in symbols.split(",") if name.strip())[:100]
    return FilterOpinion("SpamAssassin", _points(match[1]), _points(match[2]), names)


def _to_rspamd(raw: bytes) -> bytes:
    return b"POST /checkv2 HTTP/1.0\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n" % len(raw) + raw


def _from_rspamd(answer: bytes) -> FilterOpinion:
    if not re.match(rb"HTTP/[0-9.]{1,9} 200 ", answer):
        raise ValueError("no opinion in the answer")
    report = json.loads(answer.partition(b"\r\n\r\n")[2], parse_constant=_points)
    weights = {str(name): _points(row.get("score", 0)) for name, row in report["symbols"].items()}
    names = tuple(sorted((name for name in weights if weights[name] > 0), key=lambda name: -weights[name]))[:100]
    return FilterOpinion("rspamd", _points(report["score"]), _points(report["required_score"]), names)


def _points(written: Any) -> float:
    """A number, however it is written. ValueError for NaN and Infinity, which are no points, TypeError for the rest."""
    points = float(written)
    if not math.isfinite(points):
        raise ValueError(written)
    return points


_Talk = tuple[Callable[[bytes], bytes], Callable[[bytes], FilterOpinion]]
_TALK: dict[str, _Talk] = {"spamassassin": (_to_spamd, _from_spamd), "rspamd": (_to_rspamd, _from_rspamd)}
