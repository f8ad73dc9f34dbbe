"""The bounded fetch against a real HTTPS server on loopback with a certificate authority of its own."""

from __future__ import annotations

import gzip
import ipaddress
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from reputation.gather.http import Fetched, FetchRules, fetch, is_open_internet
from reputation.model import Absent, Cause, Found, Observed, Unknown
from tests.fakes import FakeZone
from tests.servers.https import Authority, Play, https_server

HOST = "mta-sts.example.com"
URL = f"https://{HOST}/.well-known/mta-sts.txt"
LOOPBACK = FakeZone({HOST: {"A": ["127.0.0.1"]}})
NAMES_OF_NOWHERE = [
    "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0x7f.1", "localhost", "localhost.", "[::1]",
    "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:0:0:1]", "[64:ff9b::7f00:1]", "127.0.0.1.", "user@127.0.0.1",
    "example.com@127.0.0.1", "127.0.0.1:443", "example.com:8443", "example.com:0", "1", "0", "0.0.0.0",
    "①②⑦.0.0.1", "example。com", "exa mple.com", "example.com\r\nX: y", "", ".", "-.com", "com", "_", "a..b",
]  # fmt: skip
ADDRESSES_OF_NOWHERE = [
    "127.0.0.1", "127.255.255.255", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "192.0.0.1", "198.18.0.1", "203.0.113.5", "224.0.0.1", "240.0.0.1", "255.255.255.255",
    "::1", "::", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::808:808",
    "2002:7f00:1::1", "2001:0:1::1", "fe80::1", "fc00::1", "fd12::1", "fec0::1", "ff02::1", "2001:db8::1", "100::1",
]  # fmt: skip


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """One root for all."""
    return Authority(tmp_path_factory.mktemp("authority"))


@contextmanager
def serving(authority: Authority, play: Play) -> Iterator[int]:
    """The port of a server that is HOST by its certificate."""
    with https_server(authority.issue(HOST), play) as port:
        yield port


def rules(authority: Authority, port: int, timeout: float = 5.0) -> FetchRules:
    """As in life, but loopback is permitted and our own authority trusted."""
    return FetchRules(
        port=port,
        timeout=timeout,
        permitted=lambda address: address.is_loopback,
        context=authority.context,
    )


def got(authority: Authority, answering: Play, timeout: float = 5.0) -> Observed[Fetched]:
    """What the fetch makes of a server."""
    with serving(authority, answering) as port:
        return fetch(URL, LOOPBACK, rules(authority, port, timeout))


def saying(head: str, body: bytes = b"") -> Play:
    """A server that answers with this."""
    return lambda connection: connection.sendall(head.replace("\n", "\r\n").encode() + b"\r\n\r\n" + body)


def test_a_page_comes_whole(authority: Authority) -> None:
    """Plain and chunked."""
    page = got(authority, saying("HTTP/1.1 200 OK\nContent-Type: text/plain\nContent-Length: 5", b"hello"))
    assert page == Found(Fetched(200, "text/plain", b"hello"), URL)
    page = got(authority, saying("HTTP/1.1 200 OK\nTransfer-Encoding: chunked", b"3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n"))
    assert isinstance(page, Found)
    assert page.value.body == b"hello"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("HTTP/1.1 404 Not Found", b"x"),
        ("HTTP/1.1 301 Moved\nLocation: http://127.0.0.1/", b""),
        ("HTTP/1.1 200 OK\nContent-Encoding: gzip", gzip.compress(b"a" * 1000)),
        ("HTTP/1.1 200 OK", b"a" * 70_000),
        ("HTTP/1.1 200 OK\nContent-Length: 999999999", b"a" * 70_000),
    ],
    ids=["404", "a redirect", "packed", "too large", "too large by its own word"],
)
def test_a_page_that_cannot_be_used_says_why(authority: Authority, head: str, body: bytes) -> None:
    """Nothing is followed, unpacked or read beyond the bound."""
    page = got(authority, saying(head, body))
    assert isinstance(page, Found)
    assert page.value.problem is not None
    assert page.value.body == b""


def test_a_stranger_certificate_is_named(authority: Authority) -> None:
    """The usual trust store does not know our authority."""
    with serving(authority, saying("HTTP/1.1 200 OK", b"x")) as port:
        page = fetch(URL, LOOPBACK, FetchRules(port=port, permitted=lambda address: True))
    assert isinstance(page, Found)
    assert "certificate" in str(page.value.problem)


@pytest.mark.parametrize("head", [b"HTTP/1.1 200 OK\r\n\r\n", b""], ids=["an endless body", "an endless head"])
def test_a_dripping_server_is_left_in_time(authority: Authority, head: bytes) -> None:
    """One byte after the other, for ever: our own clock ends it."""
    stop = threading.Event()

    def drip(connection: ssl.SSLSocket) -> None:
        connection.sendall(head)
        while not stop.wait(0.05):
            connection.sendall(b"a")

    begun = time.monotonic()
    page = got(authority, drip, timeout=0.6)
    stop.set()
    assert isinstance(page, Unknown)
    assert page.cause is Cause.TIMEOUT
    assert time.monotonic() - begun < 5


def test_an_endless_stream_is_cut_at_its_bound(authority: Authority) -> None:
    """As fast as it can."""

    def pour(connection: ssl.SSLSocket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            connection.sendall(b"a" * 16_384)

    page = got(authority, pour)
    assert isinstance(page, Found)
    assert "larger" in str(page.value.problem)


def test_garbage_is_unknown(authority: Authority) -> None:
    """Whatever is no HTTP."""
    page = got(authority, saying("\x00\x01garbage"))
    assert isinstance(page, Unknown)
    assert page.cause is Cause.MALFORMED_ANSWER


@pytest.mark.parametrize("host", NAMES_OF_NOWHERE)
def test_no_spelling_of_an_address_is_resolved_or_reached(authority: Authority, host: str) -> None:
    """Refused before any question; the server that listens on loopback hears nothing."""
    heard: list[int] = []
    zone = FakeZone({"localhost": {"A": ["127.0.0.1"]}})
    with serving(authority, lambda connection: heard.append(1)) as port:
        page = fetch(f"https://{host}/x", zone, FetchRules(port=port))
    assert isinstance(page, Unknown)
    assert (page.cause, zone.asked, heard) == (Cause.REFUSED, [], [])


@pytest.mark.parametrize("address", ADDRESSES_OF_NOWHERE)
def test_no_address_that_is_not_on_the_open_internet_is_reached(authority: Authority, address: str) -> None:
    """Also when a good address stands beside it."""
    heard: list[int] = []
    kind = "A" if "." in address and ":" not in address else "AAAA"
    table = {"A": ["8.8.8.8"], "AAAA": ["2606:4700::1111"]}
    table[kind] = [*table[kind], address]
    with serving(authority, lambda connection: heard.append(1)) as port:
        page = fetch(URL, FakeZone({HOST: table}), FetchRules(port=port))
    assert isinstance(page, Unknown)
    assert (page.cause, heard) == (Cause.REFUSED, [])
    assert not is_open_internet(ipaddress.ip_address(address))


def test_a_name_that_answers_otherwise_the_second_time_is_asked_once(authority: Authority) -> None:
    """The connection goes to the address that was checked: rebinding changes nothing."""
    zone = FakeZone({HOST: {"A": ["127.0.0.1"]}})
    with serving(authority, saying("HTTP/1.1 200 OK", b"x")) as port:
        fetch(URL, zone, rules(authority, port))
    assert len(zone.asked) == 2


@pytest.mark.parametrize(
    "url", [f"http://{HOST}/", f"ftp://{HOST}/", f"file://{HOST}/", "//x", f"https://{HOST}/\r\nA: b"]
)
def test_only_plain_https_is_fetched(url: str) -> None:
    """Refused with a sentence."""
    page = fetch(url, LOOPBACK, FetchRules(permitted=lambda address: True))
    assert isinstance(page, Unknown)
    assert page.cause is Cause.REFUSED


def test_a_host_that_does_not_exist_is_absent() -> None:
    """And one that was not answered is unknown."""
    assert isinstance(fetch(URL, FakeZone({}), FetchRules()), Absent)
    silent = fetch(URL, FakeZone({HOST: Cause.SERVFAIL}), FetchRules())
    assert isinstance(silent, Unknown)
    assert silent.cause is Cause.SERVFAIL
