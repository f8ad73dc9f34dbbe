"""One bounded fetch over HTTPS of a page that somebody else names: MTA-STS policies and the like.

What is asked for is a stranger's choice, so nothing of it is trusted: the host is resolved once and refused unless
every address is global, the connection goes to the very address that was checked, no redirect is followed, nothing is
unpacked, and size and time have an end by our own clock.
"""

from __future__ import annotations

import http.client
import io
import re
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final, TypeAlias
from urllib.parse import urlsplit

from reputation.gather.lookup import Lookup
from reputation.model import Absent, Cause, Found, Observed, Unknown
from reputation.records.answer import Question
from reputation.text import Text, say

IPAddress: TypeAlias = "IPv4Address | IPv6Address"
_HOST: Final = re.compile(
    r"(?=.{4,253}\Z)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?"
)
_CARRIERS: Final = tuple(map(IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96")))
# Of the special registries of IANA what the standard library takes for global, at least before 3.11.10 (CVE-2024-4032).
_SPECIAL: Final = tuple(map(ip_network, ("192.0.0.0/24", "192.88.99.0/24", "2001::/23", "3fff::/20", "5f00::/16")))
_AGENT: Final = "reputation (https policy fetch)"
_CHUNK: Final = 16_384


def is_open_internet(address: IPAddress) -> bool:
    """Global in every reading: addresses that carry an IPv4 address inside are never accepted."""
    if isinstance(address, IPv6Address):
        carries_another = address.ipv4_mapped or any(address in network for network in _CARRIERS)
        if carries_another or address.is_site_local:
            return False
    if any(address in network for network in _SPECIAL):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchRules:
    """The bounds. `timeout` is in seconds for everything together; `permitted` lets tests reach their own server."""

    most_bytes: int = 65_536
    timeout: float = 5.0
    port: int = 443
    context: Callable[[], ssl.SSLContext] = ssl.create_default_context
    permitted: Callable[[IPAddress], bool] = is_open_internet


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back. `problem` says why it cannot be used although somebody answered; then `body` is empty."""

    status: int
    content_type: str = ""
    body: bytes = b""
    problem: Text | None = None


def fetch(url: str, lookup: Lookup, rules: FetchRules | None = None) -> Observed[Fetched]:
    """The page at `url`. Absent when the host does not exist; Unknown when it cannot be reached. Never raises."""
    bounds = rules or FetchRules()
    ends = time.monotonic() + bounds.timeout
    parts = _parts(url)
    if parts is None:
        return Unknown(Cause.REFUSED, url[:200], say("only https addresses with a host name are fetched"))
    host, path = parts
    addresses = _addresses(host, lookup)
    if not isinstance(addresses, Found):
        return addresses
    if not all(bounds.permitted(address) for address in addresses.value):
        return Unknown(Cause.REFUSED, url, say("{host} has an address that is not on the open Internet", host=host))
    try:
        return Found(_get(host, path, addresses.value[0], bounds, ends), url)
    except TimeoutError:
        return Unknown(Cause.TIMEOUT, url)
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Unknown(Cause.MALFORMED_ANSWER, url, say("{host} could not be read ({kind})", host=host, kind=type(error).__name__))  # fmt: skip  # noqa: E501


def _parts(url: str) -> tuple[str, str] | None:
    """(host, path) of an address that may be fetched at all; host literals in any spelling are none."""
    try:
        split = urlsplit(url)
        port = split.port
    except ValueError:
        return None
    host = (split.hostname or "").removesuffix(".")
    plain = split.scheme == "https" and port in (None, 443) and "@" not in split.netloc
    path = (split.path or "/") + (f"?{split.query}" if split.query else "")
    if not plain or not _HOST.fullmatch(host) or not re.fullmatch(r"/[!-~]*", path):
        return None
    return host, path


def _addresses(host: str, lookup: Lookup) -> Observed[tuple[IPAddress, ...]]:
    """Every address of the host: one bad one spoils it, so both kinds must be known."""
    observed = lookup.ask_many([Question(host, "A"), Question(host, "AAAA")])
    found: list[IPAddress] = []
    for answer in observed:
        if isinstance(answer, Unknown):
            return answer
        if isinstance(answer, Found):
            found += [ip_address(text) for text in answer.value.strings()]
    return Found(tuple(found), f"A {host}") if found else Absent(f"A {host}")


def _get(host: str, path: str, address: IPAddress, rules: FetchRules, ends: float) -> Fetched:
    try:
        with socket.create_connection((str(address), rules.port), timeout=_left(ends)) as plain:
            plain.settimeout(_left(ends))  # the handshake has what the connection left
            with rules.context().wrap_socket(plain, server_hostname=host) as secure:
                return _exchange(_Timed(secure, ends), host, path, rules.most_bytes)
    except ssl.SSLCertVerificationError:
        return Fetched(0, problem=say("its certificate is not valid for {host}", host=host))


def _exchange(connection: _Timed, host: str, path: str, most: int) -> Fetched:
    lines = (f"GET {path} HTTP/1.1", f"Host: {host}", f"User-Agent: {_AGENT}", "Accept-Encoding: identity")
    connection.send("\r\n".join((*lines, "Connection: close", "", "")).encode("ascii"))
    response = http.client.HTTPResponse(connection)  # type: ignore[arg-type]
    response.begin()
    content_type = (response.getheader("Content-Type") or "")[:100]
    if response.status != http.HTTPStatus.OK:
        return Fetched(
            response.status, content_type, problem=say("the server answered {status}", status=response.status)
        )
    if (response.getheader("Content-Encoding") or "identity").strip().lower() != "identity":
        return Fetched(response.status, content_type, problem=say("the server packed the page although it must not"))
    body = response.read(most + 1)
    if len(body) > most:
        return Fetched(response.status, content_type, problem=say("the page is larger than {most} bytes", most=most))
    return Fetched(response.status, content_type, body)


def _left(ends: float) -> float:
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


class _Timed(io.RawIOBase):
    """A connection whose every read ends with the whole, however slowly the other side drips."""

    def __init__(self, connection: ssl.SSLSocket, ends: float) -> None:
        self._connection, self._ends = connection, ends

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """As the socket's, with what is left of the time."""
        self._connection.settimeout(_left(self._ends))
        return self._connection.recv_into(buffer)

    def send(self, data: bytes) -> None:
        """Everything at once."""
        self._connection.settimeout(_left(self._ends))
        self._connection.sendall(data)

    def makefile(self, _mode: str) -> io.BufferedReader:
        """What http.client reads from."""
        return io.BufferedReader(self, _CHUNK)
